import { assignments } from '../../expressions/index.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { tableOfRequest } from '../../operations/describe.ts'
import { expressionOf } from '../../operations/request.ts'
import { writesOf } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import { isRequest } from '../../frameworks/framework.ts'
import { canonical } from '../../project/canonical.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf } from '../../project/module.ts'
import type { Frame, Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import type { View } from '../../project/view.ts'
import { inferKeys } from '../../tables/inferred.ts'
import { roundsOf } from '../loops/loops.ts'
import { variesWith } from '../loops/varies.ts'
import { caughtBy } from '../paths/caught.ts'
import { areExclusive } from '../paths/exclusive.ts'
import { callsOf, occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { holdsTime, randomIn } from '../values/random-ids.ts'
import { areTwoItems } from '../values/two-items.ts'
import type { KeyedWrite } from '../values/two-items.ts'
import { isOneChange } from './one-change.ts'

/** Two writes of one run that belong together, the second of which may fail alone. */
export interface TornWrite {
  /**
   * `mirrored`: one relation, kept from both of its ends; `counted`: an item, and a number of such items elsewhere;
   * `made`: two items that hold one id which is made for the first of them; `rows`: an item, and others put in a loop under
   * the id that is made for it; `copied`: one change of two items, carried out on each.
   */
  readonly kind: 'mirrored' | 'counted' | 'made' | 'rows' | 'copied'
  readonly first: Occurrence
  readonly second: Occurrence
  /** Whether the two are surely of two items: a transaction takes no item twice. */
  readonly areTwoItems: boolean
}

/** How many operations of one function are compared with one another. */
const MOST_COMPARED = 40

/**
 * The writes of a file that only make sense together and are sent one after the other, at the lowest function that sends
 * both.
 */
export function tornWritesIn(analysis: Analysis): readonly TornWrite[] {
  const { module, reachability } = analysis
  const found = new Map<string, TornWrite>()
  module.facts.functions.forEach((_, id) => {
    const free = freeFrame(module, id)
    const writes = occurrencesIn(free).filter(isOneWrite).slice(0, MOST_COMPARED)
    const isUndone = (write: Occurrence): boolean => undoes(writes, write)
    if (writes.length < 2) return
    writes.forEach((second, index) => {
      for (const first of writes.slice(0, index)) {
        const key = callsOf(second.trail.slice(0, 1))
        if (found.has(key) || !isInTurn(first, second)) continue
        const isPair = [first, second].every((write) => isOnce(write) && !isLooped(write))
        const kind = isPair ? kindOf(first, second) : repeated(first, second)
        if (kind === null || (kind !== 'mirrored' && kind !== 'counted' && isUndone(second)))
          continue
        // The item and the first that goes with it are told; its rows are the same matter.
        if (kind === 'rows' && [...found.values()].some((torn) => torn.first === first)) continue
        const areTwo = areTwoItems(keyedWrite(first, analysis), keyedWrite(second, analysis))
        // An item that is changed twice is a matter of its own.
        if (kind === 'copied' && !areTwo && !areOfTwoTables(first, second)) continue
        const reach = reachability.from(free)
        if (reach === null || !isRequest(reach.entry.trigger)) return
        found.set(key, { kind, first, second, areTwoItems: areTwo })
      }
    })
  })
  return [...found.values()]
}

function isOneWrite({ spelling: { kind } }: Occurrence): boolean {
  return kind === 'PutItem' || kind === 'UpdateItem' || kind === 'DeleteItem'
}

/** Whether one run sends both, each once, and neither to make up for the failure of the other. */
function isInTurn(first: Occurrence, second: Occurrence): boolean {
  const [a, b] = [first.trail[0], second.trail[0]]
  if (!a || !b || a.call === b.call || areExclusive(first, second)) return false
  // Of the rounds of one loop, each is a run of its own.
  const [one, other] = [a, b].map(({ frame, call }) => callOf(frame.module, call).loops)
  const isRound = one?.length === 0 || other?.length === 0
  return [first, second].every(({ trail }) =>
    trail.every(({ frame, call }, level) => {
      const { loops, handlers } = callOf(frame.module, call)
      return handlers.length === 0 && (level > 0 || loops.length === 0 || isRound)
    }),
  )
}

function isLooped({ trail: [step] }: Occurrence): boolean {
  return step !== undefined && callOf(step.frame.module, step.call).loops.length > 0
}

/** A loop that sends the same again is a retry. */
function isOnce(write: Occurrence): boolean {
  return !roundsOf(write).some((round) => variesWith(write, round))
}

function kindOf(first: Occurrence, second: Occurrence): TornWrite['kind'] | null {
  const [a] = writesOf(first.spelling)
  const [b] = writesOf(second.spelling)
  if (!a || !b || a.item === null || b.item === null) return null
  if (isMirrored(a, first, b, second)) return 'mirrored'
  // What is noted after a counter was raised is a log of it.
  if (isCounted(a, first, b)) return 'counted'
  if (isMade(first, second)) return 'made'
  return isCopied(first, second) ? 'copied' : null
}

/** What belongs together of a write and of one that is carried out for each element of a list. */
function repeated(first: Occurrence, second: Occurrence): TornWrite['kind'] | null {
  const [rows, others] = [first, second].map((write) =>
    roundsOf(write).filter((round) => variesWith(write, round)),
  )
  if (rows?.length !== 0 || others?.length !== 1) return null
  if (isMade(first, second) && isRow(first, second)) return 'rows'
  return isCopied(first, second) ? 'copied' : null
}

/** The key of the second begins with the id that is made for the first. */
function isRow(first: Occurrence, second: Occurrence): boolean {
  const [a, b] = [writesOf(first.spelling)[0], writesOf(second.spelling)[0]]
  if (!a || !b) return false
  const [ids, others] = [idsMadeFor(a, first), idsMadeFor(b, second)]
  return [...ids.key].some((id) => others.key.has(id))
}

/** Two updates of one change, neither of which is tried by the way. */
function isCopied(first: Occurrence, second: Occurrence): boolean {
  const [a, b] = [writesOf(first.spelling)[0], writesOf(second.spelling)[0]]
  return !!a && !!b && isOneChange(a, b) && isUnderSameTries(first, second)
}

/** Both are put in one go, and an id that is made for the key of one stands in the other, too. */
function isMade(first: Occurrence, second: Occurrence): boolean {
  const [a, b] = [writesOf(first.spelling)[0], writesOf(second.spelling)[0]]
  if (a?.kind !== 'Put' || b?.kind !== 'Put' || !isUnderSameTries(first, second)) return false
  const [ids, others] = [idsMadeFor(a, first), idsMadeFor(b, second)]
  const isShared = (id: string): boolean => ids.all.has(id) && others.all.has(id)
  if (others.hasTime || !ids.isOneOfMany || !others.isOneOfMany) return false
  return [...ids.key, ...others.key].some(isShared)
}

interface IdsMade {
  /** Random ids of the run that are part of the key, and those in the whole item. */
  readonly key: ReadonlySet<string>
  readonly all: ReadonlySet<string>
  /** Its key has the time in it, as a log's entry has. */
  readonly hasTime: boolean
  /** Its key varies; one that does not is of an item that only points to the newest of others. */
  readonly isOneOfMany: boolean
}

const known = new WeakMap<Occurrence, IdsMade>()

function idsMadeFor(write: Write, occurrence: Occurrence): IdsMade {
  const seen = known.get(occurrence) ?? idsMade(write, occurrence)
  known.set(occurrence, seen)
  return seen
}

function idsMade(write: Write, { frame }: Occurrence): IdsMade {
  const fields = viewOfItem(write)?.fields
  const key = keyNames(write, frame).flatMap((name) => fields?.get(name)?.term() ?? [])
  return {
    key: new Set(key.flatMap((term) => randomIn(term))),
    all: new Set(fieldsOf(write).flatMap((term) => randomIn(term))),
    hasTime: key.some(holdsTime),
    isOneOfMany: key.some((term) => variablesIn(term).length > 0),
  }
}

/** A write in a `try` of its own, or whose error a helper keeps, may fail as far as the code is concerned. */
function isUnderSameTries(first: Occurrence, second: Occurrence): boolean {
  const [a = [], b = []] = [first, second].map(({ trail: [step] }) =>
    step ? callOf(step.frame.module, step.call).tries : [],
  )
  const isTold = ({ trail }: Occurrence): boolean =>
    trail
      .slice(1)
      .every(({ frame, call }) =>
        callOf(frame.module, call).tries.every(
          (id) => caughtBy(frame.module, id)?.throws !== false,
        ),
      )
  return a.join() === b.join() && isTold(first) && isTold(second)
}

/** A write in the catch clause of a `try` around it makes up for its failure. */
function undoes(writes: readonly Occurrence[], { trail }: Occurrence): boolean {
  const [step] = trail
  const tries = step ? callOf(step.frame.module, step.call).tries : []
  return writes.some(({ trail: [other] }) => {
    const handlers = other ? callOf(other.frame.module, other.call).handlers : []
    return handlers.some((id) => tries.includes(id))
  })
}

/** Both put or both delete, and the keys are made of the same two values, the other way round. */
function isMirrored(a: Write, first: Occurrence, b: Write, second: Occurrence): boolean {
  if (a.kind !== b.kind || a.kind === 'Update' || !isSameTable(a, b)) return false
  const [x, y] = [keyValues(a, first), keyValues(b, second)]
  if (x === null || y === null || x.length !== 2 || y.length !== 2) return false
  const [[p, q], [r, s]] = [x, y] as [[string[], string[]], [string[], string[]]]
  if (p.length === 0 || q.length === 0 || isEqual(p, q)) return false
  return isEqual(p, s) && isEqual(q, r)
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && [...a].sort().join('|') === [...b].sort().join('|')
}

/** One puts or deletes an item, the other adds to a number of another item, whose key the first names. */
function isCounted(item: Write, occurrence: Occurrence, counter: Write): boolean {
  if (item.kind === 'Update' || counter.kind !== 'Update' || !counts(counter)) return false
  const key = viewOfItem(counter)
  if (key === null || key.fields.size === 0 || isItself(item, counter)) return false
  const named = [...key.fields.values()].flatMap((field) => variablesIn(field.term()))
  const own = new Set(
    item.kind === 'Put'
      ? fieldsOf(item).flatMap(variablesIn)
      : (keyValues(item, occurrence) ?? []).flat(),
  )
  return named.length > 0 && named.every((value) => own.has(value))
}

/** What was put, or may just have been, is counted in itself. */
function isItself(item: Write, counter: Write): boolean {
  if (!isSameTable(item, counter)) return false
  const own = viewOfItem(item)?.fields
  return [...(viewOfItem(counter)?.fields.values() ?? [])].every((field) => {
    const same = own?.get(field.key)
    return same !== undefined && canonical(same.term()) === canonical(field.term())
  })
}

/** The properties of what is written; null where that is not known. */
function viewOfItem({ item }: Write): View | null {
  return item === null ? null : viewOf(item)
}

function fieldsOf(write: Write): readonly Term[] {
  return [...(viewOfItem(write)?.fields.values() ?? [])].map((field) => field.term())
}

/** How much else an update may note of an item that it counts for: when that was, what came last. */
const MOST_BESIDE = 3

/** An Update that adds to a number and does little more: no record with a version of its own. */
function counts({ request }: Write): boolean {
  const update = expressionOf(request, 'Update')
  if (update.state !== 'known') return false
  return update.texts.some(({ tree }) => {
    const actions = assignments(tree)
    const counting = actions.filter(
      (action) =>
        action.type === 'AddAction' ||
        (action.type === 'SetAction' && action.value.type === 'Arithmetic'),
    )
    return counting.length > 0 && actions.length - counting.length <= MOST_BESIDE
  })
}

function areOfTwoTables(first: Occurrence, second: Occurrence): boolean {
  const [a, b] = [first, second].map(({ spelling }) => writesOf(spelling)[0]?.table ?? null)
  return a != null && b != null && canonical(a) !== canonical(b)
}

function isSameTable(a: Write, b: Write): boolean {
  return a.table !== null && b.table !== null && canonical(a.table) === canonical(b.table)
}

/** The values that partition and sort key are made of; null where the key is not known. */
function keyValues(write: Write, { frame }: Occurrence): string[][] | null {
  const view = viewOfItem(write)
  if (view === null) return null
  if (write.kind !== 'Put')
    return [...view.fields.values()].map((field) => variablesIn(field.term()))
  const fields = keyNames(write, frame).map((name) => view.fields.get(name))
  return fields.length > 0 && fields.every((field) => field !== undefined)
    ? fields.map((field) => variablesIn(field.term()))
    : null
}

/** The attributes of a table's key; where the code does not say, the first two of the item, which mostly are. */
function keyNames({ table, item }: Write, { module }: Frame): readonly string[] {
  const view = item === null ? null : viewOf(item)
  if (table === null || view === null) return []
  const known = inferKeys(table, [module])
  return known.partitionKey !== null && known.sortKey !== null
    ? [known.partitionKey, known.sortKey]
    : [...view.fields.keys()].slice(0, 2)
}

function keyedWrite({ spelling, frame }: Occurrence, analysis: Analysis): KeyedWrite {
  // Only what has such a write is compared.
  const write = writesOf(spelling)[0] as Write
  const table = tableOfRequest(write.request, analysis)
  const { certain } = table
  const defined = certain ? [certain.partitionKey.name, certain.sortKey?.name ?? []].flat() : null
  return { write, table, spelling, keyNames: defined ?? keyNames(write, frame) }
}

/** What varies in a value, each as the one spelling of it: `a` of `USER#${a}`. */
function variablesIn(term: Term): string[] {
  switch (term.kind) {
    case 'literal':
    case 'external':
      return []
    case 'template':
      return term.parts.flatMap((part) =>
        part.kind === 'value'
          ? variablesIn(evaluate({ frame: term.ref.frame, value: part.value }))
          : [],
      )
    case 'derived':
      return term.from.flatMap(variablesIn)
    case 'object':
      return [...(viewOf(term)?.fields.values() ?? [])].flatMap((field) =>
        variablesIn(field.term()),
      )
    default:
      return [canonical(term)]
  }
}
