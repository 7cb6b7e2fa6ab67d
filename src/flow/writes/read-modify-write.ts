import { readOf, writesOf } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import type { Module } from '../../project/module.ts'
import { viewOf } from '../../project/view.ts'
import { levelOf } from './answering.ts'
import { isGuarded, isGuardedBeside } from '../guards/condition.ts'
import type { Race } from '../guards/condition.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { isSettledBefore, racesIn, readsBefore } from './races.ts'
import type { RaceAt } from './races.ts'
import { isCopyOf, isSameItem, isSibling } from '../values/same-item.ts'
import { sourcesOf } from '../values/sources.ts'
import type { Source } from '../values/sources.ts'
import { testsBetween } from '../guards/tests.ts'
import { isRepeatable, writtenBy } from './written.ts'
import type { WriteAt, Written } from './written.ts'

/** A value read from an item comes back to it, or decides about it, and nothing notices a change in between. */
export interface ReadModifyWrite extends RaceAt {
  /**
   * `derived`: a value computed from what was read is set; `copied`: the item read is put back changed; `tested`: a state
   * was tested and is then set, or the item deleted.
   */
  readonly kind: 'derived' | 'copied' | 'tested'
  readonly attributes: readonly string[]
}

/** The unguarded read-modify-writes of a module, each once, at the function that holds both ends. */
export function readModifyWritesIn(module: Module): readonly ReadModifyWrite[] {
  return racesIn(module, (occurrence, occurrences) =>
    writesOf(occurrence.spelling).flatMap((write) => {
      const written = writtenBy(write)
      for (const read of readsBefore(occurrence, occurrences)) {
        const race = readModifyWriteBetween(read, { occurrence, write, written }, occurrences)
        if (race) return [race]
      }
      return []
    }),
  )
}

/** What a write takes from a read, unguarded; null where it takes nothing. */
export function readModifyWriteBetween(
  read: Occurrence,
  { occurrence, write, written }: WriteAt,
  occurrences: readonly Occurrence[],
): ReadModifyWrite | null {
  if (!comesFrom(read, occurrence, write, written)) return null
  const isSame = isSameItem(read, write)
  if (!isSame && !isSibling(read, write)) return null
  const keys = keyAttributes(read, write)
  const derived = written.values.flatMap(({ attribute, term }) =>
    sourcesOf(term)
      .filter((s) => isOf(s, read) && (isSame ? isStateful : isReckonedAnew)(s, attribute, keys))
      .map((s) => s.path[0] as string),
  )
  const isCopy = isSame && write.kind === 'Put' && write.item !== null && isCopyOf(write.item, read)
  const attributes = new Set(derived)
  if (isCopy || attributes.size > 0) {
    const race: Race = {
      read,
      write,
      attributes,
      sets: written.sets,
      isTest: false,
      isSibling: !isSame,
    }
    if (isGuarded(race) !== false || isGuardedBeside(race, occurrence.spelling)) return null
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
      return (
        !test.asksWho && (test.literal !== null || test.kind === 'truthy' || test.kind === 'falsy')
      )
    if (!changed.has(test.attribute)) return false
    // Whether a list has an element, before one is appended, is a question of uniqueness.
    if (written.appended.includes(test.attribute)) return false
    // That there is a map to set a part of, DynamoDB asks itself.
    if (written.inside.has(test.attribute) && test.kind === 'truthy') return false
    return !isRepeatable(test, written)
  })
  if (telling.length === 0) return null
  const attributes = new Set(telling.map(({ attribute }) => attribute))
  const race: Race = {
    read,
    write,
    attributes,
    sets: written.sets,
    isTest: true,
    isSibling: false,
  }
  if (isGuarded(race) !== false || isGuardedBeside(race, occurrence.spelling)) return null
  return {
    kind: 'tested',
    read,
    occurrence,
    write,
    attributes: [...attributes],
    level: levelOf(occurrence, written, false),
  }
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
  return from === attribute || source.use !== 'copied'
}

/** An attribute of one item, from which the same attribute of its sibling is reckoned. What is only taken over is no race. */
function isReckonedAnew(source: Source, attribute: string, keys: ReadonlySet<string>): boolean {
  return (
    source.use === 'reckoned' &&
    source.path[0] === attribute &&
    source.about === null &&
    !keys.has(attribute)
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
