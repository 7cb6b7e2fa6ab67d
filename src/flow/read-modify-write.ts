import type { FunctionId } from '../facts/model.ts'
import { assignments, placeholdersIn, topAttribute } from '../expressions/index.ts'
import type { SetAction } from '../expressions/index.ts'
import { expressionOf, namesOf, requestOf, valueOfPlaceholder } from '../operations/request.ts'
import { readOf, writesOf } from '../operations/writes.ts'
import type { Write } from '../operations/writes.ts'
import { canonical } from '../project/canonical.ts'
import { freeFrame } from '../project/frame.ts'
import { callOf, functionOf, valueOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Frame, Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import { isRead } from '../requests/operation-kind.ts'
import { isGuarded } from './condition.ts'
import type { Race } from './condition.ts'
import { areExclusive } from './exclusive.ts'
import { occurrencesIn } from './occurrences.ts'
import type { Occurrence } from './occurrences.ts'
import { isFilledByCallers, isFromParameter } from './ownership.ts'
import { isCopyOf, isSameItem, isSibling } from './same-item.ts'
import { sourcesOf } from './sources.ts'
import type { Source } from './sources.ts'
import { testsBetween } from './tests.ts'

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

/** What a write sets, by attribute: the terms, and for an update the placeholder that brings each in. */
interface Written {
  readonly values: readonly {
    readonly attribute: string
    readonly term: Term
    readonly placeholder: string | null
  }[]
  readonly removed: readonly string[]
  readonly sets: ReadonlyMap<string, string | null>
}

function writtenBy(write: Write): Written {
  if (write.kind === 'Delete' || write.item === null)
    return { values: [], removed: [], sets: new Map() }
  if (write.kind === 'Put') {
    const fields = alternatives(write.item).flatMap((option) => [
      ...(viewOf(option)?.fields.values() ?? []),
    ])
    const values = fields.map((field) => ({
      attribute: field.key,
      term: field.term(),
      placeholder: null,
    }))
    return { values, removed: [], sets: new Map(values.map(({ attribute }) => [attribute, null])) }
  }
  const update = expressionOf(write.request, 'Update')
  if (update.state !== 'known') return { values: [], removed: [], sets: new Map() }
  const names = namesOf(write.request)
  const values: Written['values'][number][] = []
  const removed: string[] = []
  const sets = new Map<string, string | null>()
  for (const { tree } of update.texts) {
    for (const action of assignments(tree)) {
      const attribute = action.type === 'Hole' ? undefined : topAttribute(action.path, names)
      if (attribute === undefined || action.type === 'Hole') continue
      if (action.type === 'RemoveAction') removed.push(attribute)
      if (action.type !== 'SetAction') {
        sets.set(attribute, null)
        continue
      }
      const own = isAtomic(action)
        ? []
        : placeholdersIn(action.value).values.map(({ name }) => name)
      sets.set(attribute, own[0] ?? null)
      for (const placeholder of own) {
        const term = valueOfPlaceholder(write.request, placeholder)
        if (term !== null) values.push({ attribute, term, placeholder })
      }
    }
  }
  return { values, removed, sets }
}

/** `SET n = n + :d`, `list_append(n, :x)`, `if_not_exists(…)`: DynamoDB computes from what is there. */
function isAtomic(action: SetAction): boolean {
  return action.value.type === 'Arithmetic' || action.value.type === 'FunctionCall'
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
      level: levelOf(occurrence, write, written, isCopy || write.kind === 'Put'),
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
    level: levelOf(occurrence, write, written, false),
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

/** Setting `done` to true unless it is true already, removing what is there: a second time changes nothing. */
function isRepeatable(test: ReturnType<typeof testsBetween>[number], written: Written): boolean {
  if (written.removed.includes(test.attribute)) return test.kind === 'truthy'
  const values = written.values.filter(({ attribute }) => attribute === test.attribute)
  return (
    values.length > 0 &&
    values.every(({ term }) => {
      if (test.kind === 'unequal' && test.against !== null)
        return canonical(term) === canonical(test.against)
      if (term.kind !== 'literal') return false
      return (
        (test.kind === 'falsy' && term.value === true) ||
        (test.kind === 'truthy' && term.value === false)
      )
    })
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
    const inside = occurrencesIn(freeFrame(step.frame.module, step.frame.function))
    const calls = callsOf(trail.slice(level))
    const below = inside.find((candidate) => callsOf(candidate.trail) === calls)
    if (below && racesAt(below, inside).length > 0) return true
  }
  return false
}

function callsOf(trail: Occurrence['trail']): string {
  return trail.map(({ call }) => call).join('.')
}

/** The lowest step of the trail whose function leaves nothing that matters to its callers. */
function levelOf(
  occurrence: Occurrence,
  write: Write,
  written: Written,
  isWholeItem: boolean,
): number {
  const { trail } = occurrence
  for (let level = trail.length - 1; level > 0; level -= 1) {
    const step = trail[level]
    if (!step) break
    const root = freeFrame(step.frame.module, step.frame.function)
    if (isGivenInPlace(trail, level) || !isOpen(root, trail.slice(level), written, isWholeItem))
      return level
  }
  return 0
}

/** A function that is written where it is handed over, as in `.then((item) => …)`: nobody else can call it. */
function isGivenInPlace(trail: Occurrence['trail'], level: number): boolean {
  const step = trail[level]
  if (!step) return false
  const { module } = step.frame
  const { at } = functionOf(module, step.frame.function)
  return trail.slice(0, level).some(({ frame, call }) => {
    const around = callOf(frame.module, call).at
    return frame.module === module && around.start <= at.start && at.end <= around.end
  })
}

/** Whether, with nothing known of its callers, a function does not fix what the write sets. */
function isOpen(
  root: Frame,
  trail: Occurrence['trail'],
  written: Written,
  isWholeItem: boolean,
): boolean {
  const calls = callsOf(trail)
  const same = occurrencesIn(root).find((o) => callsOf(o.trail) === calls)
  if (!same) return true
  if (isFilledByCallers(same, root)) return true
  const placeholders = written.values.flatMap(({ placeholder }) => placeholder ?? [])
  const free = writesOf(same.spelling)
  return free.some((write) => {
    if (isWholeItem) return write.item !== null && isOpenItem(write.item, root)
    return placeholders.some((placeholder) => {
      const term = valueOfPlaceholder(requestOf(write.request.term), placeholder)
      return term !== null && isFromParameter(term, root)
    })
  })
}

/** What is given is put as it is, or with stamps of the function's own; one that changes it in place answers for it. */
function isOpenItem(item: Term, root: Frame): boolean {
  if (isFromParameter(item, root)) return true
  if (item.kind === 'object' && valueOf(item.ref.frame.module, item.ref.value).kind === 'set')
    return false
  return viewOf(item)?.spreads.some((spread) => isFromParameter(spread, root)) === true
}
