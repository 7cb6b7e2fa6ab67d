import type { CallFacts, Range } from '../facts/model.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import type { TornWrite } from '../flow/writes/torn-writes.ts'
import { memberOfRequest, requestOf } from '../operations/request.ts'
import { writesOf } from '../operations/writes.ts'
import { callOf, functionOf } from '../project/module.ts'
import { droppedAnswer } from './bound-answer.ts'
import type { DroppedAnswer } from './bound-answer.ts'
import type { Edit, Proposal } from './edit.ts'
import { givenRequest } from './sent-call.ts'
import { sentOtherwise } from './sent-otherwise.ts'
import {
  contains,
  hasLongTemplate,
  indentOf,
  removeLines,
  replace,
  textAt,
  wholeLines,
  withoutIndent,
} from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { areValuesMade, makesOnlyValues } from './values-made.ts'
import { memberNamed, writtenRequest } from './written-request.ts'

/** Members of a write that it may have in a transaction as well. */
const TAKEN = new Set([
  'TableName',
  'Item',
  'Key',
  'UpdateExpression',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValuesOnConditionCheckFailure',
])

/**
 * Two writes that follow one another as one transaction. None where the two may be of one item, which no transaction takes,
 * where anything but values is made between the two, where somebody takes what one of them gives, or where the function
 * looks for the failed condition of a single write.
 */
export function inOneTransaction(
  { first, second, areTwoItems }: TornWrite,
  file: SourceFile,
): readonly Proposal<'writeTogether'>[] {
  const both = [first, second].map((occurrence) => alone(file, occurrence))
  const [a, b] = both
  if (!areTwoItems || !a || !b) return []
  const statement = statementsOf(file, a, b)
  const sent = sentOtherwise(file, [first, second], 'TransactWrite')
  if (statement === null || sent === null || looksForFailure(file, a.call)) return []
  const { indent, lineEnd, end } = statement.last
  const unit = indentOf(file)
  const lines = [
    `await ${sent.before}{`,
    `${unit}TransactItems: [`,
    ...[a, b].flatMap((one) => entryOf(file, one)).map((line) => `${unit}${unit}${line}`),
    `${unit}],`,
    `}${sent.after}${end}`,
  ]
  const text = lines.join(`${lineEnd}${indent}`)
  const isConditional = [a, b].some(({ condition }) => condition !== 'absent')
  return [
    {
      messageId: 'writeTogether',
      data: {
        error: isConditional
          ? '; a condition that fails is then a TransactionCanceledException'
          : '',
      },
      edits: [...statement.edits, replace(file, statement.last.statement, text), ...sent.edits],
    },
  ]
}

/** A write whose call and request are written here. */
interface Alone {
  readonly call: CallFacts
  readonly kind: string
  /** The request, or the name of the variable that holds it. */
  readonly request: Range
  /** What declares its command, where that has a name. */
  readonly command: Range | null
  readonly condition: 'absent' | 'known' | 'unknown'
}

function alone(file: SourceFile, occurrence: Occurrence): Alone | null {
  const { trail, spelling } = occurrence
  const [step, ...below] = trail
  if (!step || below.length > 0 || step.frame.module !== file.module) return null
  const request = requestOf(spelling.request)
  const written = writtenRequest(file, request, occurrence)
  const sent = givenRequest(file, occurrence)
  const [write] = writesOf(spelling)
  if (!written || !sent || !write || !written.members.every(({ key }) => TAKEN.has(key)))
    return null
  const isHeld = !contains(sent.request.at, written.at)
  if (isHeld && isAnnotated(file, written.at)) return null
  if (write.kind === 'Update' && memberNamed(written, 'UpdateExpression') === null) return null
  if (hasLongTemplate(textAt(file, sent.request.at))) return null
  return {
    call: callOf(file.module, step.call),
    kind: write.kind,
    request: sent.request.at,
    command: sent.command?.declaration ?? null,
    condition: memberOfRequest(request, 'ConditionExpression').state,
  }
}

/** A variable of the type of a single write's parameters does not fit into a transaction. */
function isAnnotated({ module }: SourceFile, at: Range): boolean {
  return module.facts.variables.some(
    (v) => v.type !== null && v.declaration !== null && contains(v.declaration, at),
  )
}

/** One entry of `TransactItems`, line by line. */
function entryOf(file: SourceFile, { kind, request }: Alone): readonly string[] {
  const [first = '', ...others] = withoutIndent(file, request)
  const last = others.pop()
  if (last === undefined) return [`{ ${kind}: ${first} },`]
  const unit = indentOf(file)
  const inner = [`${kind}: ${first}`, ...others, `${last},`]
  return ['{', ...inner.map((line) => `${unit}${line}`), '},']
}

interface Statements {
  /** What the transaction stands instead of. */
  readonly last: DroppedAnswer
  /** What takes the other write away. */
  readonly edits: readonly Edit[]
}

/** Two statements of one block, with nothing but values made between them, or `Promise.all` of the two calls. */
function statementsOf(file: SourceFile, a: Alone, b: Alone): Statements | null {
  if (!isUnderTheSame(a.call, b.call) || !makesOnlyValues(file, b.request)) return null
  const [first, last] = [droppedAnswer(file, a.call), droppedAnswer(file, b.call)]
  if (first === null && last === null) return bothAtOnce(file, a, b)
  if (!first || !last) return null
  const between = { start: first.statement.end, end: last.statement.start }
  const edits = taken(file, [a, b], first.statement)
  return edits && areValuesMade(file, between, a.call.function) ? { last, edits } : null
}

/** Takes out a statement, if there is one, and what declares the commands, with nothing but values made from there on. */
function taken(
  file: SourceFile,
  both: readonly Alone[],
  statement: Range | null,
  end = statement?.start,
): readonly Edit[] | null {
  const commands = both.flatMap(({ command }) => command ?? [])
  const start = Math.min(...commands.map((at) => at.start))
  const [one] = both
  const before = end !== undefined && start < end ? { start, end } : null
  if (!one || (before && !areValuesMade(file, before, one.call.function))) return null
  const lines = [...commands, ...(statement ? [statement] : [])].map((at) => wholeLines(file, at))
  return lines.every((line) => line !== null) ? removeLines(file, lines) : null
}

function bothAtOnce(file: SourceFile, a: Alone, b: Alone): Statements | null {
  const around = file.module.facts.calls.find(
    ({ at, calleeAt }) =>
      textAt(file, calleeAt) === 'all' && contains(at, a.call.at) && contains(at, b.call.at),
  )
  const last = around ? droppedAnswer(file, around) : null
  if (!around || last === null) return null
  const parts = [
    { start: around.at.start, end: a.call.at.start },
    { start: a.call.at.end, end: b.call.at.start },
    { start: b.call.at.end, end: around.at.end },
  ].map((at) =>
    textAt(file, at)
      .replaceAll(/\s+/g, '')
      .replace(/^\.promise\(\)/, ''),
  )
  const isPair = /^Promise\.all\(\[ , ,?\],?\)$/.test(parts.join(' '))
  const edits = taken(file, [a, b], null, last.statement.start)
  return isPair && edits ? { last, edits } : null
}

function isUnderTheSame(a: CallFacts, b: CallFacts): boolean {
  const under = (call: CallFacts): string =>
    JSON.stringify([call.function, call.guards, call.loops, call.tries, call.handlers])
  return under(a) === under(b)
}

/** Whoever asks for the failed condition of a single write would no longer find it: a transaction is cancelled as a whole. */
function looksForFailure(file: SourceFile, { function: own }: CallFacts): boolean {
  return textAt(file, functionOf(file.module, own).at).includes('ConditionalCheckFailed')
}
