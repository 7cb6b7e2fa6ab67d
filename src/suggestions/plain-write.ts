import type { Operation } from '../operations/operation.ts'
import { memberOfRequest } from '../operations/request.ts'
import type { Write } from '../operations/writes.ts'
import { callOf, functionOf, placeOf, valueOf } from '../project/module.ts'
import { droppedAnswer } from './bound-answer.ts'
import type { Proposal } from './edit.ts'
import { contains, movedTo, replace } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { spelledAs } from './spelled-as.ts'
import { memberNamed, writtenRequest } from './written-request.ts'

/** What tells that somebody waits for the errors of a transaction. */
const OF_TRANSACTIONS = /Transaction|CancellationReasons/

/**
 * A transaction of one write as that write. None where the transaction has a token or the like, where somebody takes its
 * answer, or where the file speaks of the errors that only transactions have.
 */
export function plainWrite(
  operation: Operation,
  { kind, request: inner }: Write,
  file: SourceFile,
): readonly Proposal<'writeAlone'>[] {
  const { occurrence, request } = operation
  const [step, ...below] = occurrence.trail
  if (!step || below.length > 0 || step.frame.module !== file.module) return []
  const call = callOf(file.module, step.call)
  const written = writtenRequest(file, request, occurrence)
  const items = written && memberNamed(written, 'TransactItems')
  if (!written || !items || written.members.length > 1 || droppedAnswer(file, call) === null)
    return []
  if (inner.term.kind !== 'object' || inner.term.ref.frame.module !== file.module) return []
  const { value } = inner.term.ref
  const at = placeOf(file.module, value)
  if (valueOf(file.module, value).kind !== 'object' || !contains(items.valueAt, at)) return []
  const spelling = spelledAs(`${kind}Item`, operation, file, written)
  if (spelling === null || isWaitedFor(file, step.call)) return []
  const isConditional = memberOfRequest(inner, 'ConditionExpression').state !== 'absent'
  const data = {
    write: kind,
    error: isConditional
      ? ' (a condition that fails is then a ConditionalCheckFailedException)'
      : '',
  }
  const edits = [...spelling, replace(file, written.at, movedTo(file, at, written.at.start))]
  return [{ messageId: 'writeAlone', data, edits }]
}

/** The function, or one around it, asks for errors of transactions; comments and the call itself do not count. */
function isWaitedFor(file: SourceFile, id: number): boolean {
  const { at, function: own } = callOf(file.module, id)
  const around = functionOf(file.module, own).at
  const text = file.text.slice(around.start, at.start) + file.text.slice(at.end, around.end)
  return OF_TRANSACTIONS.test(text.replace(/\bTransactWrite\w*/g, ''))
}
