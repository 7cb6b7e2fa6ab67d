import { keyConditionOf } from '../../operations/key-condition.ts'
import { memberOfRequest } from '../../operations/request.ts'
import { readOf } from '../../operations/writes.ts'
import type { Occurrence } from '../paths/occurrences.ts'

/** Whether a Query asks a table for one item, by its whole key. */
export function asksForKey(read: Occurrence): boolean {
  return indexOf(read) === null && asksForBothKeys(read)
}

/** Whether a Query fixes both keys of a table or index: of an index it may give several items, but those of one thing. */
export function asksForBothKeys(read: Occurrence): boolean {
  if (read.spelling.kind !== 'Query') return false
  const tests = keyConditionOf(readOf(read.spelling).request)?.tests ?? []
  return tests.length === 2 && tests.every(({ operator }) => operator === '=')
}

/** The index that a read asks; null where it asks the table, undefined where that is not known. */
export function indexOf(read: Occurrence): string | null | undefined {
  const index = memberOfRequest(readOf(read.spelling).request, 'IndexName')
  if (index.state === 'absent') return null
  if (index.state === 'unknown') return undefined
  return index.term.kind === 'literal' ? String(index.term.value) : ''
}
