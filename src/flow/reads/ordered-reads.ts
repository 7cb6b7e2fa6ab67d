import { keyConditionOf } from '../../operations/key-condition.ts'
import { plainValue } from '../../operations/plain-value.ts'
import { memberOfRequest, requestOf, termOfMember } from '../../operations/request.ts'
import { canonical } from '../../project/canonical.ts'
import { freeFrame } from '../../project/frame.ts'
import type { Module } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { indexOf } from './asked.ts'

/** A Query that asks for a range of a sort key, or for its order. */
export interface OrderedRead {
  readonly occurrence: Occurrence
  /** What the partition key has to be; null where that is not known. */
  readonly partition: Term | null
  /** What the sort key has to be, begin with, or be held against. */
  readonly sort: Term | null
}

const RANGES = new Set(['<', '<=', '>', '>=', 'BETWEEN'])

/**
 * The Queries of some modules that read a table, or one of its indexes, by the order of a sort key: with a range of it, or
 * forwards or backwards on purpose.
 *
 * @param index the name of the index; null for the table itself
 */
export function orderedReadsOf(
  table: Term,
  index: string | null,
  sortKey: string,
  modules: readonly Module[],
): readonly OrderedRead[] {
  const name = canonical(table)
  return [...new Set(modules)].flatMap((module) =>
    module.facts.functions.flatMap((_, id) =>
      occurrencesIn(freeFrame(module, id)).flatMap((occurrence) => {
        const { spelling } = occurrence
        if (spelling.kind !== 'Query' || indexOf(occurrence) !== index) return []
        const asked = termOfMember(requestOf(spelling.request), 'TableName')
        if (asked === null || canonical(asked) !== name) return []
        return orderedRead(occurrence, sortKey) ?? []
      }),
    ),
  )
}

function orderedRead(occurrence: Occurrence, sortKey: string): OrderedRead | null {
  const { spelling } = occurrence
  const request = requestOf(spelling.request)
  const condition = keyConditionOf(request)
  const { partition = null, sort = null } = condition ?? {}
  if (condition === null || partition === null || sort?.operator === '=') return null
  if (sort !== null && sort.attribute !== sortKey) return null
  const isRange = sort !== null && RANGES.has(sort.operator)
  if (!isRange && memberOfRequest(request, 'ScanIndexForward').state === 'absent') return null
  const plain = (term: Term | null): Term | null => term && plainValue(term, spelling)
  return {
    occurrence,
    partition: plain(partition.value),
    sort: plain(sort?.value ?? null),
  }
}
