import type { Unprocessed } from '../flow/loops/unprocessed.ts'
import { callOf } from '../project/module.ts'
import { boundAnswer, droppedAnswer, isReadAs } from './bound-answer.ts'
import type { BoundAnswer, DroppedAnswer } from './bound-answer.ts'
import type { Edit, Proposal } from './edit.ts'
import { freeName } from './free-name.ts'
import { sentCall } from './sent-call.ts'
import type { SentCall } from './sent-call.ts'
import { MOST_ATTEMPTS, leftOf, loopOfRetries } from './retry-loop.ts'
import type { SentAgain } from './retry-loop.ts'
import { contains, indentedAs, replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { propertiesOf } from './written-request.ts'

/**
 * The loop behind a batch whose unprocessed entries nobody looks at. None where the call is no statement of its own, such as
 * `await …` or `const answer = await …`, or where more is read of a BatchGetItem's answer than its Responses.
 */
export function sendAgain(
  { occurrence, kind: fault }: Unprocessed,
  file: SourceFile,
): readonly Proposal<'sendAgain'>[] {
  const { trail, spelling } = occurrence
  const [step, ...below] = trail
  const { kind } = spelling
  if (fault !== 'ignored' || !step || below.length > 0 || step.frame.module !== file.module)
    return []
  if (spelling.callback !== null || (kind !== 'BatchWriteItem' && kind !== 'BatchGetItem'))
    return []
  const call = sentCall(file, occurrence)
  const send = call && sendingLeft(file, call, kind)
  if (!send || freeName(file, ['attempt']) === null) return []
  const facts = callOf(file.module, step.call)
  const bound = boundAnswer(file, facts.at)
  const edit = bound
    ? behindBound(file, bound, { kind, send })
    : behindDropped(file, droppedAnswer(file, facts), { kind, send })
  if (edit === null) return []
  return [{ messageId: 'sendAgain', data: { attempts: String(MOST_ATTEMPTS) }, edits: [edit] }]
}

interface Sent {
  readonly kind: SentAgain['kind']
  /** The code that sends what an answer left. */
  readonly send: (answer: string) => string
}

/** The same call with what an answer left; null where its request is neither written there nor a plain name. */
function sendingLeft(
  file: SourceFile,
  { before, request, after }: SentCall,
  kind: SentAgain['kind'],
): Sent['send'] | null {
  const own = textAt(file, request.at)
  const members = propertiesOf(file, request.value)
  // What a formatter put on lines of their own is short now.
  const [head, foot] = [before.replace(/\(\s+/g, '('), after.replace(/,?\s*\n\s*/g, '')]
  if (/^[\w$.]+$/.test(own))
    return (answer) => `${head}{ ...${own}, ${leftOf(kind, answer)} }${foot}`
  const isWritten = members?.every(({ at }) => contains(request.at, at)) === true
  if (!isWritten || /\/[/*]|`/.test(before + after)) return null
  const others = members.filter(({ key }) => key !== 'RequestItems')
  if (others.length === members.length) return null
  const texts = others.map(({ at }) => textAt(file, at))
  return (answer) => `${head}{ ${[leftOf(kind, answer), ...texts].join(', ')} }${foot}`
}

function behindDropped(
  file: SourceFile,
  dropped: DroppedAnswer | null,
  { kind, send }: Sent,
): Edit | null {
  const answer = freeName(file, ['answer', 'response', 'result', 'batch'])
  if (dropped === null || answer === null) return null
  const loop = loopOfRetries(file, { kind, answer, send: send(answer), each: [] }, dropped.end)
  return withLines(file, dropped, [`let ${answer} = ${textAt(file, dropped.statement)}`, ...loop])
}

function behindBound(file: SourceFile, bound: BoundAnswer, { kind, send }: Sent): Edit | null {
  const { target, statement, end } = bound
  const whole = textAt(file, statement)
  const value = whole.slice(whole.indexOf('await', whole.indexOf(target) + target.length))
  const isName = /^[A-Za-z_$][\w$]*$/.test(target)
  if (kind === 'BatchWriteItem') {
    if (!isName) return null
    const loop = loopOfRetries(file, { kind, answer: target, send: send(target), each: [] }, end)
    return withLines(file, bound, [`let ${target} = ${value}`, ...loop])
  }
  const answer = freeName(file, ['page', 'answer', 'batch'])
  const isAlone = /^\{\s*Responses\s*\}$/.test(target)
  const all = isAlone ? 'Responses' : freeName(file, ['responses', 'found', 'allResponses'])
  if (answer === null || all === null || !isReadAs(file, bound, ['Responses'])) return null
  if (freeName(file, ['table']) === null || freeName(file, ['items']) === null) return null
  const each = [
    `for (const [table, items] of Object.entries(${answer}.Responses ?? {})) {`,
    `  ${all}[table] = [...(${all}[table] ?? []), ...items]${end}`,
    '}',
  ]
  return withLines(file, bound, [
    `let ${answer} = ${value}`,
    `const ${all} = { ...${answer}.Responses }${end}`,
    ...loopOfRetries(file, { kind, answer, send: send(answer), each }, end),
    ...(isAlone ? [] : [`const ${target} = { Responses: ${all} }${end}`]),
  ])
}

function withLines(
  file: SourceFile,
  { statement, indent, lineEnd }: DroppedAnswer,
  lines: readonly string[],
): Edit {
  return replace(file, statement, indentedAs(file, lines).join(`${lineEnd}${indent}`))
}
