import { callOf, valueOf } from '../../project/module.ts'
import { isRead } from '../../requests/operation-kind.ts'
import type { EachElement } from './each-element.ts'
import { roundsOf } from './loops.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'

/** What else a round does for its element. */
export interface Besides {
  /** Other operations, reads left out. */
  readonly writes: readonly Occurrence[]
  /** It calls something for its effect alone: it sends a message, it waits. */
  readonly hasEffects: boolean
}

/** Calls as statements that only note something: in a log, a list, a count. */
const NOTES =
  /^(?:log|debug|info|warn|error|trace|push|unshift|add|set|delete|append|sort|reverse|assign|increment)$|logger$/i

/** What a round does for its element beside one operation. */
export function besidesOf({ occurrence, round }: EachElement): Besides {
  const { trail } = occurrence
  const [first] = trail
  const step = trail[round.level]
  if (!first || !step) return { writes: [], hasEffects: false }
  const isOfRound = (other: Occurrence): boolean =>
    roundsOf(other).some(
      ({ at }) =>
        at.module === round.at.module && at.start === round.at.start && at.end === round.at.end,
    )
  const inRound = occurrencesIn(first.frame).filter(isOfRound)
  const { module } = step.frame
  const leading = new Set(
    inRound.flatMap((other) =>
      other.trail.flatMap(({ frame, call }) =>
        frame.module === module ? [callOf(module, call)] : [],
      ),
    ),
  )
  const hasEffects = module.facts.calls.some((call) => {
    if (!call.discarded || call.function !== step.frame.function || leading.has(call)) return false
    if (call.at.start < round.at.start || call.at.end > round.at.end) return false
    const callee = valueOf(module, call.callee)
    if (callee.kind !== 'member') return true
    const of = valueOf(module, callee.of)
    // `documents.put(…).promise()` is one write.
    const isOfOperation = of.kind === 'call' && leading.has(callOf(module, of.call))
    return !isOfOperation && !NOTES.test(callee.key)
  })
  const writes = inRound.filter((other) => other.trail !== trail && !isRead(other.spelling.kind))
  return { writes, hasEffects }
}
