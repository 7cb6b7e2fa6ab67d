import type { CheckThenWrite } from '../flow/check-then-write.ts'
import type { Analysis } from '../operations/analysis.ts'
import { tableOfRequest } from '../operations/describe.ts'
import { keyConditionOf } from '../operations/key-condition.ts'
import { readOf } from '../operations/writes.ts'
import { viewOf } from '../project/view.ts'
import { inferKeys } from '../tables/inferred.ts'
import { failureOf } from './add-condition.ts'
import type { Proposal } from './edit.ts'
import { extendRequest, nameOf, newPlaceholders, writtenRequest } from './written-request.ts'

const ANCHORS = { Put: 'Item', Update: 'UpdateExpression', Delete: 'Key' } as const

/**
 * Lets a write happen only while the item is (or is not) there, as it was when it was read. Null where a condition cannot
 * say that: the item was looked for by something else than its key, or the request is not written here.
 *
 * @see Expressions.ConditionExpressions.html
 */
export function addExistenceCondition(
  check: CheckThenWrite,
  analysis: Analysis,
): Proposal<'requireAbsence' | 'requireExistence'> | null {
  const { kind, write, occurrence } = check
  if (kind === 'claimed' || kind === 'appended' || write.inBatch) return null
  const key = keyName(check, analysis)
  const written = writtenRequest(analysis, write.request, occurrence)
  if (key === null || written === null) return null
  const added = newPlaceholders()
  const test = kind === 'created' ? 'attribute_not_exists' : 'attribute_exists'
  const condition = `${test}(${nameOf(written, key, added)})`
  const edits = extendRequest(analysis, written, {
    anchor: ANCHORS[write.kind],
    conditions: [condition],
    added,
  })
  if (edits === null) return null
  return {
    messageId: kind === 'created' ? 'requireAbsence' : 'requireExistence',
    data: { condition: `${test}(${key})`, error: failureOf(write) },
    edits,
  }
}

/** The partition key of the item; where that is not known another attribute of its key, which says the same. */
function keyName({ read }: CheckThenWrite, analysis: Analysis): string | null {
  const { key, request, table } = readOf(read.spelling)
  const names =
    key === null
      ? (keyConditionOf(request)?.tests ?? []).map(({ attribute }) => attribute)
      : [...(viewOf(key)?.fields.keys() ?? [])]
  const [first = null] = names
  const known =
    tableOfRequest(request, analysis).schema?.partitionKey.name ??
    (table === null ? null : inferKeys(table, [analysis.module]).partitionKey)
  return known !== null && (names.length === 0 || names.includes(known)) ? known : first
}
