import { isSeenAlike } from '../flow/values/alike.ts'
import { occurrencesIn, seenFrom } from '../flow/paths/occurrences.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import { freeFrame } from '../project/frame.ts'
import { functionOf } from '../project/module.ts'
import type { Place } from '../project/term.ts'
import type { Analysis } from './analysis.ts'

/** Something found in a request, as the function sees it that comes to the call. */
export interface Shown<Finding> {
  readonly finding: Finding
  readonly occurrence: Occurrence
}

/**
 * What is found in the requests that a file makes, each at the lowest function in which it shows: what shows already in
 * a function below, whoever calls that, is no matter of its callers.
 *
 * @param find what is wrong with one request
 * @param keyOf the same for one finding wherever it is seen from
 */
export function shownLowest<Finding>(
  { module }: Analysis,
  find: (occurrence: Occurrence) => readonly Finding[],
  keyOf: (finding: Finding) => string,
): readonly Shown<Finding>[] {
  const known = new Map<Occurrence, readonly Finding[]>()
  const findOnce = (occurrence: Occurrence): readonly Finding[] => {
    const found = known.get(occurrence) ?? find(occurrence)
    known.set(occurrence, found)
    return found
  }
  return module.facts.functions.flatMap((_, id) =>
    occurrencesIn(freeFrame(module, id)).flatMap((occurrence) => {
      if (isSeenAlike(occurrence)) return []
      const found = findOnce(occurrence)
      if (found.length === 0) return []
      const below = new Set(
        occurrence.trail.flatMap((_step, level) => {
          const inside = level === 0 ? null : seenFrom(occurrence, level)
          return inside === null ? [] : findOnce(inside).map(keyOf)
        }),
      )
      return found
        .filter((finding) => !below.has(keyOf(finding)))
        .map((finding) => ({ finding, occurrence }))
    }),
  )
}

/** Whether a place is in this file, and not within a function that the operation's owner calls. */
export function isAbove(at: Place, { trail }: Occurrence, { module }: Analysis): boolean {
  if (at.module !== module) return false
  const [first, ...below] = trail
  const isIn = (step: (typeof trail)[number]): boolean => {
    const own = functionOf(step.frame.module, step.frame.function)
    const isModule = own.parent === null
    return (
      !isModule && step.frame.module === module && own.at.start <= at.start && at.end <= own.at.end
    )
  }
  return (first !== undefined && isIn(first)) || !below.some(isIn)
}
