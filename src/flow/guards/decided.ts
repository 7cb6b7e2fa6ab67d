import type { CallId, FunctionFacts, Guard, Range } from '../../facts/model.ts'
import { callOf, functionOf } from '../../project/module.ts'
import type { Frame } from '../../project/term.ts'
import { guardsOf } from '../paths/occurrences.ts'
import type { FramedGuard, Occurrence } from '../paths/occurrences.ts'
import { mayReachOperation } from '../paths/leads.ts'
import { stepsOf } from '../paths/steps.ts'

/** Checks that call checks are followed this deep. */
const MOST_DEPTH = 3

/**
 * Everything that must have come out one way for a write to happen once a read was made: the branches it stands in, those
 * that were left early in between, and those on which a function called before it would have thrown.
 */
export function decidedBefore(write: Occurrence, read: Occurrence): readonly FramedGuard[] {
  return [...guardsOf(write), ...leftEarlyBetween(read, write), ...thrownBefore(write)]
}

/** Conditions on which a function called before the write would have thrown: `assertPending(order)`. */
export function thrownBefore(write: Occurrence): readonly FramedGuard[] {
  return write.trail.flatMap(({ frame, call }) =>
    stepsOf(frame)
      .filter((step) => step.call < call && isUnconditional(frame, step.call, call))
      .flatMap((step) => step.callees.flatMap((callee) => exitsOf(callee, 0))),
  )
}

/** The earlier call happens, and does not fail, whenever the later one happens. */
function isUnconditional(frame: Frame, earlier: CallId, later: CallId): boolean {
  const before = callOf(frame.module, earlier)
  const after = callOf(frame.module, later)
  return (
    before.guards.every((guard) =>
      after.guards.some((g) => g.branch === guard.branch && g.arm === guard.arm),
    ) && before.tries.every((id) => after.tries.includes(id) || failsOn(frame, id))
  )
}

/** Whether what a try catches leaves the function all the same. */
function failsOn({ module }: Frame, id: number): boolean {
  const at = module.facts.tries[id]?.at
  const branch = module.facts.branches.find(
    (b) => b.kind === 'catch' && b.at.start === at?.start && b.at.end === at.end,
  )
  return branch?.exits.includes(1) === true
}

/** The arms that a function's normal return rules out: those that throw, turned round, and what it calls in turn. */
export function exitsOf(frame: Frame, depth: number): readonly FramedGuard[] {
  const facts = functionOf(frame.module, frame.function)
  const own = facts.throws.flatMap(({ guards }) => {
    const guard = guards.at(-1)
    return guard ? [{ frame, guard: { branch: guard.branch, arm: 1 - guard.arm } }] : []
  })
  if (depth >= MOST_DEPTH || !mayReachOperation(frame)) return own
  const called = stepsOf(frame).filter(({ call }) => {
    const { guards, tries } = callOf(frame.module, call)
    return (
      guards.every((guard) => onlyThrows(facts, guard)) && tries.every((id) => failsOn(frame, id))
    )
  })
  return [
    ...own,
    ...called.flatMap(({ callees }) => callees.flatMap((callee) => exitsOf(callee, depth + 1))),
  ]
}

/** Whoever takes the other arm of a branch throws, so that whoever returns has come this way. */
function onlyThrows({ throws, returns }: FunctionFacts, { branch, arm }: Guard): boolean {
  const isOther = (guard: Guard | undefined): boolean =>
    guard?.branch === branch && guard.arm === 1 - arm
  return (
    throws.some(({ guards }) => isOther(guards.at(-1))) &&
    !returns.some(({ guards }) => guards.some(isOther))
  )
}

/**
 * Branches between a read and a write, in the function that holds both, of which one arm leaves it: a run that has read,
 * and goes on to the write, took the other. `if (email) { if (await taken(email)) return } …`
 */
function leftEarlyBetween(read: Occurrence, write: Occurrence): readonly FramedGuard[] {
  const level = write.trail.findIndex(({ call }, index) => call !== read.trail[index]?.call)
  const [first, last] = [read.trail[level], write.trail[level]]
  if (!last || first?.frame !== last.frame) return []
  const { frame } = last
  const { branches, loops } = frame.module.facts
  const from = callOf(frame.module, first.call).at
  const until = callOf(frame.module, last.call).at
  const holds = (outer: Range, inner: Range): boolean =>
    outer.start <= inner.start && inner.end <= outer.end
  return branches.flatMap(({ kind, function: id, at, exits }, branch) => {
    const [exit, ...more] = exits
    const isBetween = at.end > from.end && at.end <= until.start && id === frame.function
    if (kind !== 'if' || exit === undefined || more.length > 0 || !isBetween) return []
    const isAlwaysMet = branches.every(
      (other, index) => index === branch || !holds(other.at, at) || holds(other.at, from),
    )
    // What leaves a loop does not leave what comes after it.
    const isInLoop = loops.some((loop) => holds(loop.at, at) && !holds(loop.at, until))
    return isAlwaysMet && !isInLoop ? [{ frame, guard: { branch, arm: 1 - exit } }] : []
  })
}
