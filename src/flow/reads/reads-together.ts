import { isRequest } from '../../frameworks/framework.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { readOf } from '../../operations/writes.ts'
import { canonical } from '../../project/canonical.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, valueOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Term } from '../../project/term.ts'
import { isRead } from '../../requests/operation-kind.ts'
import { areExclusive } from '../paths/exclusive.ts'
import { callsOf, occurrencesIn, seenFrom } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import type { Reach } from '../paths/reach.ts'

/** Two reads of one run, of tables that are known to be two. */
export interface ReadPair {
  readonly first: Occurrence
  readonly second: Occurrence
}

/** What is found of a pair of reads, and the way from the request that leads to them. */
export interface ReadTogether<Found> extends ReadPair {
  readonly found: Found
  readonly reach: Reach
}

/** How many reads of one function are compared with one another. */
const MOST_COMPARED = 40

/**
 * What `find` makes of the pairs of reads that functions of a file send in one run, for a request, to two tables: each second
 * read once, with the nearest first one, at the lowest function that shows it.
 */
export function readsTogetherIn<Found>(
  { module, reachability }: Analysis,
  find: (pair: ReadPair) => Found | null,
): readonly ReadTogether<Found>[] {
  const found = new Map<string, ReadTogether<Found>>()
  module.facts.functions.forEach((_, id) => {
    const free = freeFrame(module, id)
    const reads = occurrencesIn(free).filter(readsOneTable).slice(0, MOST_COMPARED)
    if (reads.length < 2) return
    reads.forEach((second, index) => {
      const key = callsOf(second.trail.slice(0, 1))
      for (const first of reads.slice(0, index).reverse()) {
        if (found.has(key)) return
        const told = foundOf({ first, second }, find)
        if (told === null || isFoundBelow({ first, second }, find)) continue
        const reach = reachability.from(free)
        if (reach === null || !isRequest(reach.entry.trigger)) return
        found.set(key, { first, second, found: told, reach })
      }
    })
  })
  return [...found.values()]
}

function foundOf<Found>(pair: ReadPair, find: (pair: ReadPair) => Found | null): Found | null {
  const { first, second } = pair
  const [a, b] = [readOf(first.spelling).table, readOf(second.spelling).table]
  if (a === null || b === null || !areTwoTables(a, b) || areExclusive(first, second)) return null
  return find(pair)
}

/** Both lie below one call, and the function that is called there shows the same, whoever calls it. */
function isFoundBelow({ first, second }: ReadPair, find: (pair: ReadPair) => unknown): boolean {
  if (first.trail[0]?.call !== second.trail[0]?.call) return false
  const [a, b] = [seenFrom(first, 1), seenFrom(second, 1)]
  if (a === null || b === null) return false
  const below = { first: a, second: b }
  return foundOf(below, find) !== null || isFoundBelow(below, find)
}

function readsOneTable({ spelling }: Occurrence): boolean {
  return isRead(spelling.kind) && readOf(spelling).table !== null
}

/**
 * Whether two names are known to be of two tables: each is a text, a variable of the environment or another name from outside
 * the project, and none of the one is among those of the other.
 */
function areTwoTables(a: Term, b: Term): boolean {
  const [first, second] = [namesOf(a), namesOf(b)]
  return first !== null && second !== null && first.every((name) => !second.includes(name))
}

/** Each name that a table may have, spelled so that two are equal only where they may be of one table; null where not known. */
function namesOf(term: Term): readonly string[] | null {
  const names: string[] = []
  for (const option of alternatives(term)) {
    if (option.kind === 'literal' && (option.value === undefined || option.value === '')) continue
    if (option.kind !== 'literal' && option.kind !== 'external' && option.kind !== 'template')
      return null
    // What is put into two names may be what tells them apart, or not.
    if (option.kind === 'template')
      names.push(option.parts.map((part) => (part.kind === 'text' ? part.text : '*')).join(''))
    else names.push(canonical(option))
  }
  return names.length > 0 ? names : null
}

/** Whether two reads are sent at the same time: neither needs what the other gives. */
export function areAtOnce({ first, second }: ReadPair): boolean {
  const [a, b] = [first.trail[0], second.trail[0]]
  if (!a || a.frame !== b?.frame) return false
  const { module } = a.frame
  const [x, y] = [callOf(module, a.call).at, callOf(module, b.call).at]
  return module.facts.calls.some(({ at, callee }) => {
    const called = valueOf(module, callee)
    return (
      called.kind === 'member' &&
      /^all(?:Settled)?$/.test(called.key) &&
      [x, y].every(({ start, end }) => at.start < start && end < at.end)
    )
  })
}
