import type { CheckThenWrite } from '../flow/writes/check-then-write.ts'
import type { Analysis } from '../operations/analysis.ts'
import { tableOfRequest } from '../operations/describe.ts'
import { keyConditionOf } from '../operations/key-condition.ts'
import { readOf } from '../operations/writes.ts'
import type { Write } from '../operations/writes.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
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
  const { kind } = check
  if (kind === 'claimed' || kind === 'appended') return null
  const key = keyName(check, analysis)
  const isThere = kind !== 'created'
  const condition = key === null ? null : conditionOnKey(check, { key, isThere }, analysis)
  return condition && { messageId: isThere ? 'requireExistence' : 'requireAbsence', ...condition }
}

/** The item that a condition is put on. */
interface Conditioned {
  readonly write: Write
  readonly occurrence: Occurrence
}

/**
 * Lets a write happen only where there is an item with its key (or none). Null where the request is not written here.
 *
 * @param key an attribute of the key, which each item of the table has
 */
export function conditionOnKey(
  { write, occurrence }: Conditioned,
  { key, isThere }: { readonly key: string; readonly isThere: boolean },
  analysis: Analysis,
): Omit<Proposal, 'messageId'> | null {
  if (write.inBatch) return null
  const written = writtenRequest(analysis, write.request, occurrence)
  if (written === null) return null
  const added = newPlaceholders()
  const test = isThere ? 'attribute_exists' : 'attribute_not_exists'
  const condition = `${test}(${nameOf(written, key, added)})`
  const edits = extendRequest(analysis, written, {
    anchor: ANCHORS[write.kind],
    conditions: [condition],
    added,
  })
  if (edits === null) return null
  return {
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
