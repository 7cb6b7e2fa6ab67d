import type { FunctionId } from '../facts/model.ts'
import { readOf, writesOf } from '../operations/writes.ts'
import type { Write } from '../operations/writes.ts'
import { freeFrame } from '../project/frame.ts'
import type { Module } from '../project/module.ts'
import { viewOf } from '../project/view.ts'
import { isRead } from '../requests/operation-kind.ts'
import { levelOf } from './answering.ts'
import { isGuarded } from './condition.ts'
import type { Race } from './condition.ts'
import { areExclusive } from './exclusive.ts'
import { occurrencesIn, seenFrom } from './occurrences.ts'
import type { Occurrence } from './occurrences.ts'
import { isCopyOf, isSameItem, isSibling } from './same-item.ts'
import { sourcesOf } from './sources.ts'
import type { Source } from './sources.ts'
import { testsBetween } from './tests.ts'
import { isRepeatable, writtenBy } from './written.ts'
import type { Written } from './written.ts'

/** A value read from an item comes back to it, or decides about it, and nothing notices a change in between. */
export interface ReadModifyWrite {
  /**
   * `derived`: a value computed from what was read is set; `copied`: the item read is put back changed; `tested`: a state
   * was tested and is then set, or the item deleted.
   */
  readonly kind: 'derived' | 'copied' | 'tested'
  readonly read: Occurrence
  readonly occurrence: Occurrence
  readonly write: Write
  readonly attributes: readonly string[]
  /** The trail's step at which a report stands: the write's own call, or the call of the wrapper that it fills in. */
  readonly level: number
}

/** The unguarded read-modify-writes of a module, each once, at the function that holds both ends. */
export function readModifyWritesIn(module: Module): readonly ReadModifyWrite[] {
  const found = new Map<string, ReadModifyWrite>()
  const seen = new Set<string>()
  const ids: FunctionId[] = module.facts.functions.map((_, id) => id)
  for (const id of ids) {
    const root = freeFrame(module, id)
    const occurrences = occurrencesIn(root)
    if (!occurrences.some((o) => isRead(o.spelling.kind))) continue
    for (const occurrence of occurrences) {
      for (const race of racesAt(occurrence, occurrences)) {
        const place = race.occurrence.trail[race.level]
        if (!place || isFoundBelow(race)) continue
        const key = `${place.frame.module.facts.file}:${String(place.call)}`
        const pair = `${key}:${String(race.read.call)}`
        if (seen.has(pair)) continue
        seen.add(pair)
        if (!found.has(key)) found.set(key, race)
      }
    }
  }
  return [...found.values()]
}

function racesAt(
  occurrence: Occurrence,
  occurrences: readonly Occurrence[],
): readonly ReadModifyWrite[] {
  const index = occurrences.indexOf(occurrence)
  return writesOf(occurrence.spelling).flatMap((write): readonly ReadModifyWrite[] => {
    const written = writtenBy(write)
    for (const read of occurrences.slice(0, index)) {
      if (!isRead(read.spelling.kind) || areExclusive(read, occurrence)) continue
      const race = raceBetween(read, occurrence, write, written, occurrences)
      if (race) return [race]
    }
    return []
  })
}

function raceBetween(
  read: Occurrence,
  occurrence: Occurrence,
  write: Write,
  written: Written,
  occurrences: readonly Occurrence[],
): ReadModifyWrite | null {
  if (!comesFrom(read, occurrence, write, written)) return null
  const isSame = isSameItem(read, write)
  if (!isSame && !isSibling(read, write)) return null
  const keys = keyAttributes(read, write)
  const derived = written.values.flatMap(({ attribute, term }) =>
    sourcesOf(term)
      .filter((s) => isOf(s, read) && (isSame ? isStateful : isComputedAnew)(s, attribute, keys))
      .map((s) => s.path[0] as string),
  )
  const isCopy = isSame && write.kind === 'Put' && write.item !== null && isCopyOf(write.item, read)
  const attributes = new Set(derived)
  if (isCopy || attributes.size > 0) {
    const race: Race = { read, write, attributes, sets: written.sets, isTest: false }
    if (isGuarded(race) !== false) return null
    return {
      kind: isCopy ? 'copied' : 'derived',
      read,
      occurrence,
      write,
      attributes: [...attributes],
      level: levelOf(occurrence, written, isCopy || write.kind === 'Put'),
    }
  }
  return isSame ? testedRace(read, occurrence, write, written, keys, occurrences) : null
}

function testedRace(
  read: Occurrence,
  occurrence: Occurrence,
  write: Write,
  written: Written,
  keys: ReadonlySet<string>,
  occurrences: readonly Occurrence[],
): ReadModifyWrite | null {
  if (write.kind === 'Put') return null
  const changed = new Set([...written.sets.keys(), ...written.removed])
  const tests = testsBetween(read, occurrence).filter(({ attribute }) => !keys.has(attribute))
  // What has expired stays expired.
  if (tests.some(({ kind }) => kind === 'clock' || (kind === 'order' && write.kind === 'Delete')))
    return null
  if (isSettledBefore(read, occurrence, occurrences)) return null
  const telling = tests.filter((test) => {
    if (write.kind === 'Delete')
      return test.literal !== null || test.kind === 'truthy' || test.kind === 'falsy'
    if (!changed.has(test.attribute)) return false
    return !isRepeatable(test, written)
  })
  if (telling.length === 0) return null
  const attributes = new Set(telling.map(({ attribute }) => attribute))
  if (isGuarded({ read, write, attributes, sets: written.sets, isTest: true }) !== false)
    return null
  return {
    kind: 'tested',
    read,
    occurrence,
    write,
    attributes: [...attributes],
    level: levelOf(occurrence, written, false),
  }
}

/** The item was written between the two: what was tested no longer stands, and that write answered for the test. */
function isSettledBefore(
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

/** Whether anything of the read can be in the write at all: the cheap question, asked first. */
function comesFrom(
  read: Occurrence,
  occurrence: Occurrence,
  write: Write,
  written: Written,
): boolean {
  if (write.item !== null && sourcesOf(write.item).some((s) => isOf(s, read))) return true
  if (written.values.some(({ term }) => sourcesOf(term).some((s) => isOf(s, read)))) return true
  return write.kind !== 'Put' && testsBetween(read, occurrence).length > 0
}

function isOf(source: Source, read: Occurrence): boolean {
  return source.frame === read.frame && source.call === read.call
}

/** An attribute of the item that can change: not its key, and not another attribute merely carried over. */
function isStateful(source: Source, attribute: string, keys: ReadonlySet<string>): boolean {
  const [from] = source.path
  if (from === undefined || source.about !== null || keys.has(from) || keys.has(attribute))
    return false
  return from === attribute || !source.copied
}

/** An attribute of one item, from which the same attribute of its sibling is computed. */
function isComputedAnew(source: Source, attribute: string, keys: ReadonlySet<string>): boolean {
  return (
    !source.copied && source.path[0] === attribute && source.about === null && !keys.has(attribute)
  )
}

/** The attributes that make up the item's key, as its requests spell it. */
function keyAttributes(read: Occurrence, write: Write): ReadonlySet<string> {
  const keys = new Set<string>()
  const { key } = readOf(read.spelling)
  for (const term of [key, write.kind === 'Put' ? null : write.item]) {
    for (const name of term === null ? [] : (viewOf(term)?.fields.keys() ?? [])) keys.add(name)
  }
  return keys
}

/** Whether a function further down holds both ends and shows the same: then it answers for it, whoever calls it. */
function isFoundBelow({ read, occurrence }: ReadModifyWrite): boolean {
  const { trail } = occurrence
  for (let level = 1; level < trail.length; level += 1) {
    const [above, step] = [trail[level - 1], trail[level]]
    if (!step || above?.call !== read.trail[level - 1]?.call || !read.trail[level]) return false
    const below = seenFrom(occurrence, level)
    if (
      below &&
      racesAt(below, occurrencesIn(freeFrame(step.frame.module, step.frame.function))).length > 0
    )
      return true
  }
  return false
}
