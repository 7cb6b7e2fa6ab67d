import type { Analysis } from '../../operations/analysis.ts'
import { tableOfRequest } from '../../operations/describe.ts'
import { keyConditionOf } from '../../operations/key-condition.ts'
import { isLeftOut, memberOfRequest, requestOf } from '../../operations/request.ts'
import type { Request } from '../../operations/request.ts'
import type { Table } from '../../operations/table.ts'
import { givenBy } from '../../project/call.ts'
import { callOf, valueOf } from '../../project/module.ts'
import type { Place } from '../../project/term.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { itemTests } from './item-tests.ts'
import type { ItemTest } from './item-tests.ts'
import { usesOfResult } from './result-uses.ts'
import type { ListStep } from './result-uses.ts'
import { keysOf } from './sort-key-use.ts'
import { usesIn, valuesOfParameter } from '../values/uses.ts'

/**
 * Something that code does with the items of a Query, and that a key could do.
 * - `filtered`: it keeps those whose sort key is in a range, or equal to something.
 * - `sorted`: it sorts by the sort key, in whose order they come.
 * - `indexed`: it keeps those that an index has in one partition.
 * - `counted`: it takes their number, and nothing else of them.
 */
export interface ClientSide {
  readonly kind: 'filtered' | 'sorted' | 'indexed' | 'counted'
  /** Empty where they are counted. */
  readonly attribute: string
  readonly index: string | null
  readonly table: Table
  readonly request: Request
  /** The call of the list's method; null where it is the Query that could do better. */
  readonly at: Place | null
  /** What a filter holds the sort key against; null where it is no filter, or asks for something else, too. */
  readonly filter: KeyFilter | null
}

/** `list.filter((item) => item.key >= value)`. */
export interface KeyFilter {
  readonly step: ListStep
  readonly comparator: ItemTest['comparator']
  /** Where the value is written. */
  readonly value: Place
}

/** null where code does nothing that a known key could do, or nobody can tell. */
export function doneInCode(occurrence: Occurrence, analysis: Analysis): ClientSide | null {
  const { spelling, trail } = occurrence
  if (spelling.kind !== 'Query') return null
  const request = requestOf(spelling.request)
  if (!isLeftOut(request, 'Limit')) return null
  const condition = keyConditionOf(request)
  const table = tableOfRequest(request, analysis)
  const index = memberOfRequest(request, 'IndexName')
  if (condition?.partition == null || table.term === null || index.state === 'unknown') return null
  if (isOnlyCounted(occurrence, request))
    return { kind: 'counted', attribute: '', index: null, table, request, at: null, filter: null }
  const steps = stepsOf(occurrence)
  if (steps.length === 0) return null
  const modules = [analysis.module, ...trail.map(({ frame }) => frame.module)]
  const term = index.state === 'known' && !isLeftOut(request, 'IndexName') ? index.term : null
  const keys = keysOf(table, table.term, term, modules)
  for (const { step, isSort } of steps) {
    const at = { ...callOf(step.frame.module, step.call).calleeAt, module: step.frame.module }
    const found = { table, request, at, index: null, filter: null }
    if (isSort) {
      const attribute = sortedBy(step)
      if (attribute !== null && attribute === keys.sortKey)
        return { ...found, kind: 'sorted', attribute }
      continue
    }
    for (const { path, comparator, value, isAlone } of itemTests(step, occurrence)) {
      const [attribute = '', ...deeper] = path
      if (deeper.length > 0) continue
      if (attribute === keys.sortKey && condition.sort === null) {
        const filter = isAlone && step.method === 'filter' ? { step, comparator, value } : null
        return { ...found, kind: 'filtered', attribute, filter }
      }
      const fitting =
        comparator === '=' ? indexFor(attribute, table, condition.partition.attribute) : null
      if (fitting !== null) return { ...found, kind: 'indexed', attribute, index: fitting }
    }
  }
  return null
}

/** Whether all that is done with the items is to count them, and perhaps to ask whether there are any. */
function isOnlyCounted(occurrence: Occurrence, request: Request): boolean {
  const uses = usesOfResult(occurrence)
  return (
    uses.some(({ kind }) => kind === 'counted') &&
    uses.every(
      ({ kind, steps, isMerged }) =>
        (kind === 'counted' || kind === 'tested') && steps.length === 0 && !isMerged,
    ) &&
    ['Select', 'ProjectionExpression', 'AttributesToGet'].every(
      (name) => memberOfRequest(request, name).state === 'absent',
    )
  )
}

const PICKS = new Set(['filter', 'find', 'findLast', 'some'])

/** The filters and sorts of the items as they were read, each once; sorting items of several Queries is no matter of one. */
function stepsOf(
  occurrence: Occurrence,
): readonly { readonly step: ListStep; readonly isSort: boolean }[] {
  const found = new Map<number, { step: ListStep; isSort: boolean }>()
  for (const { steps, isMerged } of usesOfResult(occurrence)) {
    for (const step of steps) {
      if (step.method === 'map' || step.method === 'flatMap' || isMerged) break
      const isSort = step.method === 'sort' || step.method === 'toSorted'
      if (isSort || PICKS.has(step.method)) found.set(step.call, { step, isSort })
    }
  }
  return [...found.values()]
}

/** The one attribute of both items that a comparison function looks at. */
function sortedBy({ frame, call }: ListStep): string | null {
  const compare = givenBy(frame, call)[0]?.term()
  if (compare?.kind !== 'function') return null
  const { module, function: id } = compare
  const uses = usesIn(module)
  const [first, second] = [0, 1].map((index) => {
    const names = valuesOfParameter(module, id, index).flatMap((value) =>
      (uses.get(value) ?? []).map((use) => {
        const part = use.kind === 'value' ? valueOf(module, use.id) : null
        return part?.kind === 'member' ? part.key : ''
      }),
    )
    const [only, ...more] = new Set(names)
    return more.length === 0 ? only : undefined
  })
  return first !== undefined && first !== '' && first === second ? first : null
}

/** An index that holds just the items with one value of an attribute. */
function indexFor(attribute: string, { certain }: Table, asked: string): string | null {
  if (certain === null || attribute === asked) return null
  const found = certain.indexes.find(
    ({ partitionKey, sortKey, projection, morePartitionKeys = [] }) =>
      projection !== 'KEYS_ONLY' &&
      morePartitionKeys.length === 0 &&
      ((partitionKey.name === attribute && (sortKey === null || sortKey.name === asked)) ||
        (partitionKey.name === asked && sortKey?.name === attribute)),
  )
  return found?.name ?? null
}
