import { isLeftOut, requestOf } from '../../operations/request.ts'
import { readOf, writesOf } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import type { CallId, ValueId } from '../../facts/model.ts'
import { canonical } from '../../project/canonical.ts'
import { callOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { areExclusive } from '../paths/exclusive.ts'
import { freeFrame } from '../../project/frame.ts'
import { callsOf, occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { isSameItem } from '../values/same-item.ts'
import { partsOf } from '../values/uses.ts'

/** An item that is got right after it was written, in the same run. */
export interface ReadBack {
  readonly read: Occurrence
  /** The operation that wrote it, the last one before. */
  readonly occurrence: Occurrence
  readonly write: Write
  /** The read asks for the newest state, or may. */
  readonly isConsistent: boolean
}

/** The items that functions of a module read back, each at the lowest function that both writes and reads. */
export function readBacksIn(module: Module): readonly ReadBack[] {
  const found = new Map<string, ReadBack>()
  module.facts.functions.forEach((_, id) => {
    const occurrences = occurrencesIn(freeFrame(module, id))
    if (!occurrences.some(isGet)) return
    for (const read of occurrences) {
      const back = isGet(read) ? readBack(read, occurrences) : null
      if (back === null || isWithinOne(back)) continue
      const key = callsOf(read.trail.slice(0, 1))
      if (!found.has(key)) found.set(key, back)
    }
  })
  return [...found.values()]
}

function isGet({ spelling }: Occurrence): boolean {
  return spelling.kind === 'GetItem'
}

/** The last write of the item before it is read, where one run comes to both. */
function readBack(read: Occurrence, occurrences: readonly Occurrence[]): ReadBack | null {
  const before = occurrences.slice(0, occurrences.indexOf(read)).reverse()
  for (const occurrence of before) {
    const write = writesOf(occurrence.spelling).find((one) =>
      [read, ...before].some(
        (known) => isGet(known) && isSameKey(known, read) && isSameItem(known, one),
      ),
    )
    if (!write) continue
    if (isToldByOutcome(read, occurrence)) return null
    if (areExclusive(read, occurrence) || isAfterFailure(read, occurrence)) continue
    if (isPolled(read, occurrence)) return null
    // What is gone may well be looked for again.
    if (write.kind === 'Delete') return null
    const isConsistent = !isLeftOut(requestOf(read.spelling.request), 'ConsistentRead')
    // A transaction and a batch give nothing back, and such a read is the way to see what they wrote.
    return isConsistent && (write.inTransaction || write.inBatch)
      ? null
      : { read, occurrence, write, isConsistent }
  }
  return null
}

/** Two reads of one item: a copy of what the first gave has the key that the second asks for. */
function isSameKey(a: Occurrence, b: Occurrence): boolean {
  if (a === b) return true
  const [first, second] = [a, b].map(({ spelling }) => readOf(spelling))
  return [
    [first?.table, second?.table],
    [first?.key, second?.key],
  ].every(([x, y]) => x != null && y != null && canonical(x) === canonical(y))
}

/** Whether the item is only read where the outcome of the write was such: what it says is that nothing was written. */
function isToldByOutcome(read: Occurrence, write: Occurrence): boolean {
  const [at, from] = [read.trail[0], write.trail[0]]
  if (!at || !from) return false
  const { module } = at.frame
  return callOf(module, at.call).guards.some(({ branch }) => {
    const condition = module.facts.branches[branch]?.condition
    return condition != null && comesFromCall(module, condition, from.call, 0)
  })
}

/** Conditions are looked into this deep. */
const MOST_DEPTH = 6

function comesFromCall(module: Module, id: ValueId, call: CallId, depth: number): boolean {
  const value = valueOf(module, id)
  if (value.kind === 'call' && value.call === call) return true
  return (
    depth < MOST_DEPTH &&
    partsOf(value).some((part) => comesFromCall(module, part, call, depth + 1))
  )
}

/** The read stands in the catch of the try that protects the write: it is read because nothing was written. */
function isAfterFailure(read: Occurrence, write: Occurrence): boolean {
  const handlers = new Set(
    read.trail.flatMap(({ frame, call }) =>
      callOf(frame.module, call).handlers.map((id) => `${frame.module.facts.file}:${String(id)}`),
    ),
  )
  return write.trail.some(({ frame, call }) =>
    callOf(frame.module, call).tries.some((id) =>
      handlers.has(`${frame.module.facts.file}:${String(id)}`),
    ),
  )
}

/** Both lie below one call: the function that is called there answers for them. */
function isWithinOne({ read, occurrence }: ReadBack): boolean {
  return read.trail[0]?.call === occurrence.trail[0]?.call
}

/** Code that reads again and again waits for what somebody else writes. */
function isPolled(read: Occurrence, write: Occurrence): boolean {
  const around = new Set(loopsAround(write))
  return loopsAround(read).some((loop) => !around.has(loop))
}

function loopsAround({ trail }: Occurrence): readonly string[] {
  return trail.flatMap(({ frame, call }) =>
    callOf(frame.module, call).loops.map((id) => `${frame.module.facts.file}:${String(id)}`),
  )
}
