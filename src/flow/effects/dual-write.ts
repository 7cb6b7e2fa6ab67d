import type { EffectKind } from '../../clients/effects/effect-library.ts'
import { isRequest } from '../../frameworks/framework.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { termOfMember } from '../../operations/request.ts'
import { writesOf } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import { canonical } from '../../project/canonical.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, functionOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Frame, Place } from '../../project/term.ts'
import type { CallId } from '../../facts/model.ts'
import { caughtBy } from '../paths/caught.ts'
import { effectsIn } from './effects.ts'
import type { EffectOccurrence, SideEffect } from './effects.ts'
import { haveExclusiveTrails } from '../paths/exclusive.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import type { Reach } from '../paths/reach.ts'
import { sharesValue } from '../values/shared-values.ts'

/** A write, and something else that is told of it by the same request, one after the other. */
export interface DualWrite {
  readonly write: Write
  readonly occurrence: Occurrence
  readonly effect: SideEffect
  /** Where the effect is called, or what leads to it, in the function that makes both. */
  readonly at: Place
  /** Where the write is. */
  readonly writtenAt: Place
  readonly reach: Reach
}

/** What is gone for good, or wrong for good, where it is not told. */
const LASTING: ReadonlySet<EffectKind> = new Set(['mail', 'message', 'search', 'cache'])

/** The effects of a file that tell of what was written just before, on a request path. */
export function dualWritesIn({ module, reachability }: Analysis): readonly DualWrite[] {
  return module.facts.functions.flatMap((_, id) => {
    const free = freeFrame(module, id)
    const written = occurrencesIn(free).filter(({ spelling }) => writesOf(spelling).length > 0)
    if (written.length === 0) return []
    const found = new Map<CallId, Omit<DualWrite, 'reach'>>()
    for (const effect of effectsIn(free)) {
      const call = effect.trail[0]?.call
      if (call === undefined || found.has(call) || !LASTING.has(effect.effect.kind)) continue
      const dual = toldOf(effect, written, free)
      if (dual !== null) found.set(call, dual)
    }
    const reach = found.size > 0 ? reachability.from(free) : null
    if (reach === null || !isRequest(reach.entry.trigger)) return []
    return [...found.values()].map((dual) => ({ ...dual, reach }))
  })
}

/** The last write before an effect that this tells of; null where it tells of none, or where its failure is looked after. */
function toldOf(
  told: EffectOccurrence,
  written: readonly Occurrence[],
  free: Frame,
): Omit<DualWrite, 'reach'> | null {
  const { calls } = functionOf(free.module, free.function)
  const placeOf = ({ trail }: Pick<Occurrence, 'trail'>): number =>
    calls.indexOf(trail[0]?.call ?? -1)
  const mine = placeOf(told)
  const before = written
    .filter((each) => placeOf(each) < mine && !haveExclusiveTrails(each, told))
    .reverse()
  for (const occurrence of before) {
    const write = writesOf(occurrence.spelling).find((each) => isToldOf(told, each, occurrence))
    if (!write) continue
    const isLookedAfter =
      isHandled(told, occurrence) ||
      written.some((each) => placeOf(each) > mine && isMark(each, write, told))
    if (isLookedAfter) return null
    return {
      write,
      occurrence,
      effect: told.effect,
      at: firstPlace(told, free.module),
      writtenAt: firstPlace(occurrence, free.module),
    }
  }
  return null
}

function firstPlace({ trail }: Pick<Occurrence, 'trail'>, module: Module): Place {
  return { ...callOf(module, trail[0]?.call ?? 0).calleeAt, module }
}

/** Whether an effect is handed something of an item that is written. */
function isToldOf(
  { effect }: EffectOccurrence,
  write: Write,
  { frame, call }: Occurrence,
): boolean {
  const values = termOfMember(write.request, 'ExpressionAttributeValues')
  const item = [write.item, values].flatMap((term) => term ?? [])
  return sharesValue(
    effect.given.map(({ term }) => term()),
    item,
    { frame, call },
  )
}

/**
 * Whether code looks after an effect that fails: in a catch clause around it and not around the write, which does anything
 * but throw again. A search index that was not told stays wrong, however well that is logged, unless something is written.
 */
function isHandled({ effect, trail }: EffectOccurrence, written: Occurrence): boolean {
  const around = new Set(
    written.trail.flatMap(({ frame: { module }, call }) =>
      callOf(module, call).tries.map((id) => `${module.facts.file}:${String(id)}`),
    ),
  )
  const last = trail.at(-1)
  if (last && isCalledBack(last.frame.module, last.call)) return true
  return trail.some(({ frame, call }) => {
    const { module } = frame
    if (isCaughtAsPromise(module, call)) return true
    return callOf(module, call).tries.some((id) => {
      const caught = caughtBy(module, id)
      if (caught === null || caught.throws || around.has(`${module.facts.file}:${String(id)}`))
        return false
      return effect.kind !== 'search' || writesInHandler(frame, id)
    })
  })
}

/** The function that SDK v2 calls back is given the error. */
function isCalledBack(module: Module, call: CallId): boolean {
  const { arguments: given } = callOf(module, call)
  const last = given.at(-1)
  return last !== undefined && valueOf(module, last.value).kind === 'function'
}

/** `send(…).catch(…)`. */
function isCaughtAsPromise(module: Module, call: CallId): boolean {
  return module.facts.calls.some(({ callee }) => {
    const node = valueOf(module, callee)
    if (node.kind !== 'member' || node.key !== 'catch') return false
    const of = valueOf(module, node.of)
    return of.kind === 'call' && of.call === call
  })
}

function writesInHandler(frame: Frame, id: number): boolean {
  return occurrencesIn(frame).some(
    ({ trail, spelling }) =>
      writesOf(spelling).length > 0 &&
      trail.some((step) => callOf(step.frame.module, step.call).handlers.includes(id)),
  )
}

/** Whether a later write says of the same item that it was told of: what is not so marked can be told of again. */
function isMark(later: Occurrence, write: Write, told: EffectOccurrence): boolean {
  if (haveExclusiveTrails(later, told) || write.table === null || write.item === null) return false
  const [table, key] = [canonical(write.table), write.item]
  return writesOf(later.spelling).some(
    (each) =>
      each.table !== null &&
      each.item !== null &&
      canonical(each.table) === table &&
      (canonical(each.item) === canonical(key) || sharesValue([each.item], [key], null)),
  )
}
