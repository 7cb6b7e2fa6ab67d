import type { Analysis } from '../../operations/analysis.ts'
import { tableOfRequest } from '../../operations/describe.ts'
import { keyConditionOf } from '../../operations/key-condition.ts'
import type { KeyTest } from '../../operations/key-condition.ts'
import { plainValue } from '../../operations/plain-value.ts'
import { requestOf } from '../../operations/request.ts'
import { canonical } from '../../project/canonical.ts'
import { alternatives } from '../../project/term.ts'
import type { Term } from '../../project/term.ts'
import { beginningOf, itemsSeen } from '../../tables/kinds.ts'
import type { SeenItems } from '../../tables/kinds.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { timeOf } from '../values/epoch.ts'
import { isRandomId } from '../values/random-id.ts'

/**
 * Whether a Query finds one item at most, by what the project stores: each item that has the attribute it asks for was given
 * a random id of its own there.
 */
export function asksForRandomId(occurrence: Occurrence, analysis: Analysis): boolean {
  const asked = askedFor(occurrence, analysis)
  const values = asked?.items.flatMap((item) => item.get(asked.attribute) ?? []) ?? []
  return (
    values.length > 0 && values.every((value) => isRandomId(plainValue(value, occurrence.spelling)))
  )
}

/** Whether all items that the project stores under what a Query asks for are given a time at which they expire. */
export function asksForWhatExpires(occurrence: Occurrence, analysis: Analysis): boolean {
  const { spelling } = occurrence
  const asked = askedFor(occurrence, analysis)
  if (asked === null) return false
  const value = canonical(asked.value)
  const stored = asked.items.filter((item) => {
    const [own, sort] = [item.get(asked.attribute), item.get(asked.sort?.attribute ?? '')]
    if (own === undefined || canonical(plainValue(own, spelling)) !== value) return false
    return !isOfAnotherKind(asked.sort, sort && plainValue(sort, spelling))
  })
  return (
    stored.length > 0 &&
    stored.every((item) => [...item.values()].some((each) => isLater(plainValue(each, spelling))))
  )
}

/** Whether an item's sort key is surely none of those that `begins_with` asks for. */
function isOfAnotherKind(asked: KeyTest | null, sort: Term | undefined): boolean {
  const prefix = asked?.operator === 'begins_with' ? asked.value : null
  const beginning = sort && beginningOf(sort)
  if (prefix?.kind !== 'literal' || typeof prefix.value !== 'string' || !beginning) return false
  const [a, b] = [prefix.value, beginning.text]
  return !a.startsWith(b) && !b.startsWith(a)
}

/** `Math.floor(Date.now() / 1000) + seconds`: a point in time to come, as DynamoDB expires items by. */
function isLater(value: Term): boolean {
  return value.kind === 'derived' && value.operator === '+' && timeOf(value)?.unit === 'seconds'
}

interface Asked {
  readonly attribute: string
  readonly value: Term
  readonly sort: KeyTest | null
  /** What the project puts into the table. */
  readonly items: SeenItems['items']
}

function askedFor({ spelling, trail }: Occurrence, analysis: Analysis): Asked | null {
  if (spelling.kind !== 'Query') return null
  const request = requestOf(spelling.request)
  const { partition, sort } = keyConditionOf(request) ?? { partition: null, sort: null }
  const { term } = tableOfRequest(request, analysis)
  if (partition?.value == null || term === null) return null
  const modules = [analysis.module, ...trail.map(({ frame }) => frame.module)]
  const everywhere = [...modules, ...analysis.writersBeside(modules)]
  // `process.env.ORDERS ?? 'orders'`, which another file calls by its name.
  const items = [term, ...alternatives(term)].flatMap((named) => itemsSeen(named, everywhere).items)
  return {
    attribute: partition.attribute,
    value: plainValue(partition.value, spelling),
    sort,
    items,
  }
}
