import type { Range } from '../facts/model.ts'
import type { WrittenOneByOne } from '../flow/loops/written-one-by-one.ts'
import type { Analysis } from '../operations/analysis.ts'
import { droppedAnswer } from './bound-answer.ts'
import type { Edit, Proposal } from './edit.ts'
import { freeName, nameInBlock } from './free-name.ts'
import { MOST_ATTEMPTS, sentInBatches } from './retry-loop.ts'
import { isDeclaredIn, namesRead } from './round-key.ts'
import { givenRequest } from './sent-call.ts'
import { sentOtherwise } from './sent-otherwise.ts'
import {
  contains,
  indentOf,
  removeLines,
  replace,
  textAt,
  wholeLines,
  withoutIndent,
} from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { tableKey } from './table-key.ts'
import { toldApart } from './told-apart.ts'
import type { ToldApart } from './told-apart.ts'
import { areValuesMade } from './values-made.ts'
import { memberNamed, writtenRequest } from './written-request.ts'
import type { Property, WrittenRequest } from './written-request.ts'
import { writtenRound } from './written-round.ts'
import type { WrittenRound } from './written-round.ts'

/**
 * A put or delete for each element of a list as batches that are sent behind the loop. None where two rounds may write the same
 * item and the code does not show its key, where a round waits for something else, or may end the function.
 */
export function writeInBatches(
  each: WrittenOneByOne,
  analysis: Analysis,
): readonly Proposal<'writeInBatches'>[] {
  const file: SourceFile = analysis
  const { occurrence, write } = each
  const round = writtenRound(file, each)
  const written = round && writtenRequest(file, write.request, occurrence)
  const name = write.kind === 'Put' ? 'Item' : 'Key'
  const holder = written && memberNamed(written, name)
  if (!round || !holder || !written.members.every(({ key }) => key === 'TableName' || key === name))
    return []
  const table = tableKey(file, written)
  const sent = sentOtherwise(file, [occurrence], 'BatchWrite')
  const names = sent && table && namesOfCode(round, sent.before + table.code)
  const isTableKnownBehind =
    table !== null &&
    (namesRead(table.code) ?? round.names).every(
      (read) => !round.names.includes(read) && !isDeclaredIn(file, read, round.body),
    )
  const entry = entryOf(file, each, holder, written)
  if (!sent || !names || !isTableKnownBehind || entry === null) return []
  const key = toldApart(each, holder, round, analysis)
  if (key === null) return []
  const end = /;[ \t]*(?:\r?\n|$)/.test(textAt(file, round.statement)) ? ';' : ''
  const command = givenRequest(file, occurrence)?.command?.declaration ?? null
  const plan = { file, round, entry, key, names, end, command }
  const edit = round.kind === 'map' ? mapped(plan) : looped(plan)
  if (edit === null) return []
  const { list, collected } = edit
  const lines = sentInBatches(
    file,
    {
      kind: 'BatchWriteItem',
      sent,
      entries: (piece) => `${table.property}: ${piece}`,
      list,
      names: { start: names.start, answer: names.answer },
      each: [],
    },
    end,
  )
  const { statement, lineEnd, indent } = round
  const behind = lines.map((line) => `${lineEnd}${indent}${line}`).join('')
  return [
    {
      messageId: 'writeInBatches',
      data: {
        attempts: String(MOST_ATTEMPTS),
        repeated: key.kind === 'distinct' ? '' : ', of several with one key the last only',
      },
      edits: [replace(file, statement, collected + behind), ...sent.edits],
    },
  ]
}

interface Names {
  readonly requests: string
  readonly byKey: string
  readonly start: string
  readonly answer: string
}

/** Names for what is new; null where the function has another use for all that would do. */
function namesOfCode({ around }: WrittenRound, block: string): Names | null {
  const requests = freeName(around, ['requests', 'writes', 'writeRequests', 'putRequests'])
  const byKey = freeName(around, ['byKey', 'requestsByKey', 'lastByKey'])
  if (!requests || !byKey) return null
  const start = nameInBlock(around, block, ['start', 'offset', 'from', 'chunkStart'])
  const answer = nameInBlock(around, block, ['answer', 'response', 'result', 'batch'])
  return { requests, byKey, start, answer }
}

/** What a batch holds for a round, line by line. */
function entryOf(
  file: SourceFile,
  { write, occurrence }: WrittenOneByOne,
  { key, valueAt }: Property,
  { at }: WrittenRequest,
): readonly string[] | null {
  const sent = givenRequest(file, occurrence)
  if (!sent) return null
  const kind = write.kind === 'Put' ? 'PutRequest' : 'DeleteRequest'
  const own = textAt(file, sent.request.at)
  const isHeld = !contains(sent.request.at, at)
  if (isHeld && !/^[\w$]+$/.test(own)) return null
  const value = isHeld ? [`${own}.${key}`] : withoutIndent(file, valueAt)
  if (value.some((line) => line.split('`').length % 2 === 0)) return null
  const [first = '', ...others] = value
  const last = others.pop()
  if (last === undefined) {
    const member = first === key ? key : `${key}: ${first}`
    return [`{ ${kind}: { ${member} } }`]
  }
  const unit = indentOf(file)
  const inner = [`${key}: ${first}`, ...others, `${last},`].map((line) => `${unit}${unit}${line}`)
  return ['{', `${unit}${kind}: {`, ...inner, `${unit}},`, '}']
}

interface Plan {
  readonly file: SourceFile
  readonly round: WrittenRound
  readonly entry: readonly string[]
  readonly key: ToldApart
  readonly names: Names
  readonly end: string
  /** What declares the command, where that has a name. */
  readonly command: Range | null
}

/** The loop, or what it maps, once it only collects what is to be written. */
interface Collected {
  /** The list of requests, by its name. */
  readonly list: string
  readonly collected: string
}

function looped({ file, round, entry, key, names, end, command }: Plan): Collected | null {
  const { statement, indent, lineEnd, call, body } = round
  const dropped = droppedAnswer(file, call)
  if (dropped === null || !waitsForNothingElse(file, round)) return null
  if (/\b(?:return|throw|yield)\b/.test(textAt(file, body))) return null
  const { requests, byKey } = names
  const taken = key.kind === 'distinct' ? `${requests}.push(` : `${byKey}.set(${key.code}, `
  const code = `${taken}${entry.join(`${lineEnd}${dropped.indent}`)})${dropped.end}`
  const unused = command === null ? [] : declarationGone(file, command, dropped.statement)
  if (unused === null) return null
  const loop = edited(file, round, [replace(file, dropped.statement, code), ...unused])
  const [before, behind] =
    key.kind === 'distinct'
      ? [`const ${requests} = []${end}`, []]
      : [`const ${byKey} = new Map()${end}`, [`const ${requests} = [...${byKey}.values()]${end}`]]
  if (!contains(statement, dropped.statement)) return null
  return { list: requests, collected: [before, loop, ...behind].join(`${lineEnd}${indent}`) }
}

/** Takes out the declaration of a command that is sent right behind it. */
function declarationGone(file: SourceFile, at: Range, sent: Range): readonly Edit[] | null {
  const lines = wholeLines(file, at)
  const isBefore = at.end <= sent.start && file.text.slice(at.end, sent.start).trim() === ''
  return lines && isBefore ? removeLines(file, [lines]) : null
}

function mapped({ file, round, entry, key, names, end, command }: Plan): Collected | null {
  const { statement, all, body, call, list, element, lineEnd, indent } = round
  const text = textAt(file, statement)
  if (
    all === null ||
    command !== null ||
    !text.startsWith('await') ||
    !waitsForNothingElse(file, round)
  )
    return null
  const unit = indentOf(file)
  const request = entry.join(`${lineEnd}${indent}`)
  const value = key.kind === 'distinct' ? request : `[${key.code}, ${request}]`
  const behind = /^(?:\s*\.promise\(\))?\s*;?\s*(\}?)$/.exec(file.text.slice(call.at.end, body.end))
  if (!behind) return null
  const before = file.text.slice(body.start, call.at.start)
  let made: string
  if (behind[1] === '') {
    if (!/^(?:await\s+)?$/.test(before)) return null
    made = key.kind === 'distinct' ? `(${value})` : value
  } else {
    const line = file.text.lastIndexOf('\n', call.at.start) + 1
    const [head] = /^[ \t]*(?:return\s+)?(?:await\s+)?$/.exec(
      file.text.slice(line, call.at.start),
    ) ?? [null]
    const declared = { start: body.start + 1, end: line }
    if (head === null || !areValuesMade(file, declared, call.function)) return null
    const own = /^[ \t]*/.exec(head)?.[0] ?? ''
    const lines = file.text
      .slice(body.start + 1, line)
      .trim()
      .split(/\r?\n/)
    const moved = lines.map((one) =>
      one.startsWith(own) ? one.slice(own.length) : one.trimStart(),
    )
    const inner = [...moved.filter((one) => one !== ''), `return ${value}${end}`]
    made = ['{', ...inner.map((one) => `${indent}${unit}${one}`), `${indent}}`].join(lineEnd)
  }
  const pairs = `${list}.map((${element}) => ${made})`
  const { requests } = names
  const requestsOf = key.kind === 'distinct' ? pairs : `[...new Map(${pairs}).values()]`
  return { list: requests, collected: `const ${requests} = ${requestsOf}${end}` }
}

function waitsForNothingElse(file: SourceFile, { body }: WrittenRound): boolean {
  return (textAt(file, body).match(/\bawait\b/g)?.length ?? 0) <= 1
}

function edited(
  file: SourceFile,
  { statement: { start, end } }: WrittenRound,
  edits: readonly Edit[],
): string {
  let text = textAt(file, { start, end })
  for (const edit of edits)
    text = text.slice(0, edit.at.start - start) + edit.text + text.slice(edit.at.end - start)
  return text
}
