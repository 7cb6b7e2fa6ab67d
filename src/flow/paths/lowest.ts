import { freeFrame } from '../../project/frame.ts'
import { functionOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Place } from '../../project/term.ts'
import { placeOfTrail } from '../../operations/operation.ts'
import { occurrencesIn, seenFrom } from './occurrences.ts'
import type { Occurrence } from './occurrences.ts'

/** Something that was found of an operation, seen from the lowest function in which it shows. */
export interface Lowest<Found> {
  readonly occurrence: Occurrence
  readonly found: Found
}

/**
 * What `find` makes of each operation that the functions of a module come to. Where a function and one that calls it
 * both show it, it belongs to the one that is called.
 */
export function lowestOf<Found>(
  module: Module,
  find: (occurrence: Occurrence) => Found | null,
): readonly Lowest<Found>[] {
  const known = new Map<Occurrence, Found | null>()
  const findOnce = (occurrence: Occurrence): Found | null => {
    const seen = known.get(occurrence)
    if (seen !== undefined) return seen
    const found = find(occurrence)
    known.set(occurrence, found)
    return found
  }
  const isFoundBelow = (occurrence: Occurrence): boolean => {
    // What a function in between calls may not be known without its caller; what that comes to may.
    return occurrence.trail.slice(1).some((_, index) => {
      const below = seenFrom(occurrence, index + 1)
      return below !== null && findOnce(below) !== null
    })
  }
  return module.facts.functions.flatMap((_, id) =>
    occurrencesIn(freeFrame(module, id)).flatMap((occurrence): readonly Lowest<Found>[] => {
      const found = findOnce(occurrence)
      return found === null || isFoundBelow(occurrence) ? [] : [{ occurrence, found }]
    }),
  )
}

/** Something of which an operation may have several, each written at a place of its own. */
export type Owned<Found> = Found & {
  readonly occurrence: Occurrence
  /** Where the function says it that the operation is seen from. */
  readonly owner: Place
}

/** What `find` makes of each operation of a module, one by one, as {@link lowestOf} does. */
export function eachOfLowest<Found extends { readonly at: Place }>(
  module: Module,
  find: (occurrence: Occurrence) => readonly Found[],
): readonly Owned<Found>[] {
  const lowest = lowestOf(module, (occurrence) => {
    const found = find(occurrence)
    return found.length === 0 ? null : found
  })
  return lowest.flatMap(({ occurrence, found }) =>
    found.map((one) => ({
      ...one,
      occurrence,
      owner: placeInOwner({ occurrence, found }, one.at),
    })),
  )
}

/** A place in the function that an operation is seen from, or else the call there that leads to it. */
export function placeInOwner({ occurrence }: Lowest<unknown>, at: Place): Place {
  const [first] = occurrence.trail
  if (!first) return at
  if (occurrence.trail.length === 1 && at.module === first.frame.module) return at
  const owner = functionOf(first.frame.module, first.frame.function).at
  const isInside =
    at.module === first.frame.module && at.start >= owner.start && at.end <= owner.end
  return isInside ? at : placeOfTrail(occurrence, 0)
}
