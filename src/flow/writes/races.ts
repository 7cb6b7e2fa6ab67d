import type { FunctionId } from '../../facts/model.ts'
import type { Write } from '../../operations/writes.ts'
import { writesOf } from '../../operations/writes.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { isRead } from '../../requests/operation-kind.ts'
import { areExclusive } from '../paths/exclusive.ts'
import { occurrencesIn, seenFrom } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { isSameItem } from '../values/same-item.ts'
import { sourcesOf } from '../values/sources.ts'

/** A write that rests on a read, while nothing notices what happens between the two. */
export interface RaceAt {
  readonly read: Occurrence
  readonly occurrence: Occurrence
  readonly write: Write
  /** The trail's step at which a report stands: the write's own call, or the call of the wrapper that it fills in. */
  readonly level: number
}

/** What is found of one operation, among all that its function comes to. */
export type FindRaces<Found extends RaceAt> = (
  occurrence: Occurrence,
  occurrences: readonly Occurrence[],
) => readonly Found[]

/** The races of a module, one at each place, at the lowest function that holds both ends. */
export function racesIn<Found extends RaceAt>(
  module: Module,
  find: FindRaces<Found>,
): readonly Found[] {
  const races = new Map<string, Found>()
  const seen = new Set<string>()
  const ids: FunctionId[] = module.facts.functions.map((_, id) => id)
  for (const id of ids) {
    const occurrences = occurrencesIn(freeFrame(module, id))
    if (!occurrences.some((o) => isRead(o.spelling.kind))) continue
    for (const occurrence of occurrences) {
      for (const found of find(occurrence, occurrences)) {
        const race = seenIn(module, found)
        const place = race.occurrence.trail[race.level]
        if (!place || isFoundBelow(race, find)) continue
        const key = `${place.frame.module.facts.file}:${String(place.call)}`
        const pair = `${key}:${String(race.read.call)}`
        if (seen.has(pair)) continue
        seen.add(pair)
        if (!races.has(key)) races.set(key, race)
      }
    }
  }
  return [...races.values()]
}

/**
 * A write that is fixed in another file is no mistake there: the call by which this one comes to it answers for the two,
 * the last that stands in the module. Where that call hands over the item, what it calls decides, and answers.
 */
function seenIn<Found extends RaceAt>(module: Module, race: Found): Found {
  const { trail } = race.occurrence
  const level = trail.findLastIndex(
    ({ frame }, index) => index <= race.level && frame.module === module,
  )
  return level < 0 || level === race.level || isHandedItem(race, level) ? race : { ...race, level }
}

function isHandedItem({ read, occurrence }: RaceAt, level: number): boolean {
  const step = occurrence.trail[level]
  if (!step) return false
  const { frame, call } = step
  return callOf(frame.module, call).arguments.some(({ value }) =>
    sourcesOf(evaluate({ frame, value })).some(
      (source) =>
        source.frame === read.frame &&
        source.call === read.call &&
        source.about === null &&
        source.path.length === 0,
    ),
  )
}

/** Whether a function further down holds both ends and shows the same: then it answers for it, whoever calls it. */
function isFoundBelow<Found extends RaceAt>(
  { read, occurrence }: RaceAt,
  find: FindRaces<Found>,
): boolean {
  const { trail } = occurrence
  for (let level = 1; level < trail.length; level += 1) {
    const [above, step] = [trail[level - 1], trail[level]]
    if (!step || above?.call !== read.trail[level - 1]?.call || !read.trail[level]) return false
    const below = seenFrom(occurrence, level)
    if (
      below &&
      find(below, occurrencesIn(freeFrame(step.frame.module, step.frame.function))).length > 0
    )
      return true
  }
  return false
}

/** The reads that a run may come to before an operation, and with it. */
export function readsBefore(
  occurrence: Occurrence,
  occurrences: readonly Occurrence[],
): readonly Occurrence[] {
  return occurrences
    .slice(0, occurrences.indexOf(occurrence))
    .filter((read) => isRead(read.spelling.kind) && !areExclusive(read, occurrence))
}

/** The item was written between the two: what was tested no longer stands, and that write answered for the test. */
export function isSettledBefore(
  read: Occurrence,
  occurrence: Occurrence,
  occurrences: readonly Occurrence[],
): boolean {
  const between = occurrences.slice(occurrences.indexOf(read) + 1, occurrences.indexOf(occurrence))
  return between.some(
    (o) =>
      writesOf(o.spelling).some((write) => isSameItem(read, write)) && !areExclusive(o, occurrence),
  )
}
