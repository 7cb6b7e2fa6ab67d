import { freeFrame } from '../../project/frame.ts'
import type { Module } from '../../project/module.ts'
import type { Frame } from '../../project/term.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { usesOfResult } from './result-uses.ts'

/**
 * Whether all that is known to call a function that hands on a list takes the first of it, or asks whether there is any:
 * then nothing is missing on the first page, whatever the list is called.
 *
 * @param occurrence the read, seen from the function that hands it on
 * @param modules those in which callers are looked for
 */
export function isTakenInPart(occurrence: Occurrence, modules: readonly Module[]): boolean {
  const [top] = occurrence.trail
  if (!top) return false
  const seen = modules.flatMap((module) =>
    module.facts.functions.flatMap((_, id): readonly Occurrence[] =>
      occurrencesIn(freeFrame(module, id)).filter((other) => passes(other, occurrence, top.frame)),
    ),
  )
  if (seen.length === 0) return false
  return seen.every((other) => {
    const uses = usesOfResult(other)
    const [caller] = other.trail
    const isHandedOn = uses.some(({ kind, frame }) => kind === 'listed' && frame === caller?.frame)
    if (isHandedOn)
      return seen.some(
        (further) => further !== other && passes(further, other, caller?.frame ?? null),
      )
    const inCaller = uses.filter(({ frame }) => isAtOrAbove(frame, other, top.frame))
    return (
      inCaller.length > 0 && inCaller.every(({ kind }) => kind === 'first' || kind === 'tested')
    )
  })
}

/** Whether an operation is come to through a function, below the one that it is seen from. */
function passes(
  { trail, call, frame }: Occurrence,
  read: Occurrence,
  through: Frame | null,
): boolean {
  return (
    call === read.call &&
    frame.module === read.frame.module &&
    trail.some(
      (step, level) =>
        level > 0 &&
        step.frame.module === through?.module &&
        step.frame.function === through.function,
    )
  )
}

/** Whether a use is none of the function that hands on the list, nor of what it calls on the way to the read. */
function isAtOrAbove(frame: Frame, { trail }: Occurrence, through: Frame): boolean {
  const level = trail.findIndex(
    (step) => step.frame.module === through.module && step.frame.function === through.function,
  )
  return !isBelow(
    frame,
    trail.slice(level).map((step) => step.frame),
  )
}

/** Whether a function runs in one of some runs, or was called from there. */
export function isBelow(frame: Frame, runs: readonly Frame[]): boolean {
  return runs.includes(frame) || (frame.caller !== null && isBelow(frame.caller.frame, runs))
}
