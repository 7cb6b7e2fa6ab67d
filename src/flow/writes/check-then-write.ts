import { assignments, resolvePath } from '../../expressions/index.ts'
import { expressionOf, memberOfRequest, namesOf, termOfMember } from '../../operations/request.ts'
import { conditionsBeside, writesOf } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import { memberOf } from '../../project/member.ts'
import type { Module } from '../../project/module.ts'
import { inferKeys } from '../../tables/inferred.ts'
import { levelOf } from './answering.ts'
import { createsItem, piecesOf } from './creating.ts'
import { decidedBefore } from '../guards/decided.ts'
import { isDeletedIn } from './deleted.ts'
import { isLater } from '../guards/later.ts'
import { asksForKey, indexOf } from '../reads/asked.ts'
import { lookedForBy } from './looked-for.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { isOnlyTested } from '../reads/only-tested.ts'
import { toldBy } from '../guards/presence.ts'
import { isSettledBefore, racesIn, readsBefore } from './races.ts'
import type { RaceAt } from './races.ts'
import { readModifyWriteBetween } from './read-modify-write.ts'
import type { WriteAt } from './written.ts'
import { isOfSameTable, isSameItem } from '../values/same-item.ts'
import { together } from '../guards/told.ts'
import type { Told } from '../guards/told.ts'
import { writtenBy } from './written.ts'

/** An item is written because a read found it, or found none, and nothing notices when that changes in between. */
export interface CheckThenWrite extends RaceAt {
  /**
   * `created`: there was no item with this key; `claimed`: no item with these attributes was found; `changed`: the item
   * was there; `appended`: a list of the item had no such element.
   */
  readonly kind: 'created' | 'claimed' | 'changed' | 'appended'
  /** Attributes by which it was looked for, or that lead to the list; none where it was asked for by its key. */
  readonly attributes: readonly string[]
}

/** The writes of a module that rest on an existence test alone, each once. */
export function checksThenWritesIn(module: Module): readonly CheckThenWrite[] {
  return racesIn(module, (occurrence, occurrences) =>
    writesOf(occurrence.spelling).flatMap((write) => {
      if (write.kind === 'Delete' || isConditional(occurrence, write.request)) return []
      const at: WriteAt = { occurrence, write, written: writtenBy(write) }
      const reads = readsBefore(occurrence, occurrences)
      const found = reads.flatMap((read) => checkBetween(read, at, occurrences) ?? [])
      const [first] = found.filter(
        (check) => !isOwnedByReadModifyWrite(check, at, reads, occurrences),
      )
      return first ? [first] : []
    }),
  )
}

/** Whether a write has a condition, or something in its transaction has one, or may have. */
function isConditional(occurrence: Occurrence, request: WriteAt['write']['request']): boolean {
  return (
    memberOfRequest(request, 'ConditionExpression').state !== 'absent' ||
    memberOfRequest(request, 'Expected').state !== 'absent' ||
    conditionsBeside(occurrence.spelling)
  )
}

function checkBetween(
  read: Occurrence,
  at: WriteAt,
  occurrences: readonly Occurrence[],
): CheckThenWrite | null {
  const { occurrence, write, written } = at
  if (!isOfSameTable(read, write)) return null
  const all = decidedBefore(occurrence, read).flatMap((decided) => toldBy(decided, read) ?? [])
  if (all.length === 0 || isSettledBefore(read, occurrence, occurrences)) return null
  const level = levelOf(occurrence, written, write.kind === 'Put')
  const found = { read, occurrence, write, level, attributes: [] }
  const list = isSameItem(read, write) ? searchedList(all, write) : null
  if (list !== null) return { ...found, kind: 'appended', attributes: [list] }
  const told = toldOfItem(all)
  if (told === null) return null
  if (isSameItem(read, write) && (read.spelling.kind === 'GetItem' || asksForKey(read))) {
    const others = occurrences.filter((other) => other !== occurrence)
    if (told.presence === 'absent')
      return isIdempotent(at) || isCached(read, at) || isToggled(read, others)
        ? null
        : { ...found, kind: 'created' }
    return createsItem(write) && mayBeGone(read, at) && !isCreated(read, others)
      ? { ...found, kind: 'changed' }
      : null
  }
  if (told.presence === 'present') return null
  const attributes = lookedForBy(read, at, told.picked)
  if (attributes.length === 0) return null
  return asksForKey(read) || isOneOfPartition(read, at, told)
    ? { ...found, kind: 'created' }
    : { ...found, kind: 'claimed', attributes }
}

/**
 * A Query asks for the partition, and the item's sort key is always the same: no other can be in it, and the condition
 * that there is no such item is all it takes.
 */
function isOneOfPartition(read: Occurrence, { occurrence, write }: WriteAt, told: Told): boolean {
  const module = occurrence.trail[0]?.frame.module
  if (read.spelling.kind !== 'Query' || indexOf(read) !== null || !module) return false
  if (write.table === null || write.item === null || told.picked?.length !== 0) return false
  const { sortKey } = inferKeys(write.table, [module])
  return sortKey !== null && memberOf(write.item, sortKey)?.kind === 'literal'
}

/** What is found is used as it is, and what is put expires: anybody may fill such a cache. */
function isCached(read: Occurrence, { write, written }: WriteAt): boolean {
  return (
    write.kind === 'Put' && written.values.some(({ term }) => isLater(term)) && !isOnlyTested(read)
  )
}

/** The code puts the item where it is not there: that one can be missing is reckoned with. */
function isCreated(read: Occurrence, others: readonly Occurrence[]): boolean {
  return others.some(
    (other) =>
      writesOf(other.spelling).some((w) => w.kind !== 'Delete' && isSameItem(read, w)) &&
      toldBetween(read, other)?.presence === 'absent',
  )
}

/** The code deletes the item where it is there: it is switched on and off, and on twice is on. */
function isToggled(read: Occurrence, others: readonly Occurrence[]): boolean {
  return others.some(
    (other) =>
      writesOf(other.spelling).some((w) => w.kind === 'Delete' && isSameItem(read, w)) &&
      toldBetween(read, other)?.presence === 'present',
  )
}

function toldBetween(read: Occurrence, write: Occurrence): Told | null {
  return toldOfItem(decidedBefore(write, read).flatMap((decided) => toldBy(decided, read) ?? []))
}

/** What was decided of the item, and not of anything in it; null where nothing was, or one thing and its opposite. */
function toldOfItem(all: readonly Told[]): Told | null {
  const ofItem = all.filter(({ list }) => list === null)
  const [first] = ofItem
  if (!first || ofItem.some(({ presence }) => presence !== first.presence)) return null
  return ofItem.reduce(together)
}

/** A list of the item in which something was not found, and to which the write appends; null where there is none. */
function searchedList(all: readonly Told[], { kind, request }: Write): string | null {
  const update = kind === 'Update' ? expressionOf(request, 'Update') : null
  if (update?.state !== 'known') return null
  const names = namesOf(request)
  const appended = update.texts.flatMap(({ tree }) =>
    assignments(tree).flatMap((action) => {
      const isAppended =
        action.type === 'SetAction' &&
        action.value.type === 'FunctionCall' &&
        action.value.name === 'list_append'
      const path = isAppended ? resolvePath(action.path, names) : undefined
      return path === undefined ? [] : [path.join('.')]
    }),
  )
  const searched = all.flatMap(({ presence, list }) =>
    presence === 'absent' && list !== null ? [list.join('.')] : [],
  )
  return searched.find((list) => appended.includes(list)) ?? null
}

/**
 * Whether the item may be gone when it is written: the code deletes such items, or reads for nothing but to ask whether
 * it is there. Where it is read for more, and nobody is known to delete it, that it was found is no more than expected.
 */
function mayBeGone(read: Occurrence, { occurrence, write }: WriteAt): boolean {
  const modules = [...read.trail, ...occurrence.trail].map(({ frame }) => frame.module)
  return isOnlyTested(read) || isDeletedIn(new Set(modules), write)
}

/** Only what is not there yet is set, or at least it is reckoned with that the item is there by then. */
function isIdempotent({ write }: WriteAt): boolean {
  if (write.kind === 'Put') return false
  const update = expressionOf(write.request, 'Update')
  const term = termOfMember(write.request, 'UpdateExpression')
  // Where the text is put together at run time, its pieces tell.
  if (term !== null && piecesOf(term).some((piece) => piece.includes('if_not_exists'))) return true
  if (update.state !== 'known') return false
  return update.texts.every(({ tree }) => {
    const actions = assignments(tree)
    return actions.some(setsIfMissing) || actions.every((action) => action.type === 'AddAction')
  })
}

function setsIfMissing(action: ReturnType<typeof assignments>[number]): boolean {
  return (
    action.type === 'SetAction' &&
    action.value.type === 'FunctionCall' &&
    action.value.name === 'if_not_exists'
  )
}

/** The value written derives from the value read: that is the other rule's to say. */
function isOwnedByReadModifyWrite(
  { kind, read }: CheckThenWrite,
  at: WriteAt,
  reads: readonly Occurrence[],
  occurrences: readonly Occurrence[],
): boolean {
  const others = kind === 'changed' ? reads : [read]
  return others.some((other) => readModifyWriteBetween(other, at, occurrences) !== null)
}
