import type { CallId } from '../../facts/model.ts'
import { isHandedOutLater } from '../../project/containers.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, isBarren, keptBy } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Term } from '../../project/term.ts'
import { anyBelow } from './below.ts'
import { stepAt, stepsOf } from './steps.ts'
import type { Step } from './steps.ts'

/**
 * The calls in a run of a function that can come to an operation, in order. Which they are is asked once for a function,
 * with nothing known of its callers: a call that cannot, whoever calls, is never looked at again. Most calls cannot.
 */
export function leadingSteps(frame: Frame): readonly Step[] {
  const calls = leadsOf(freeFrame(frame.module, frame.function))
  return calls.map((call) => stepAt(frame, call))
}

/** Whether anything below a function can come to an operation at all. */
export const mayReachOperation = anyBelow(
  (free) => stepsOf(free).some(isPromising),
  (free) => stepsOf(free).flatMap(({ callees }) => callees),
)

const leadingIn = keptBy<Frame, readonly CallId[]>()

function leadsOf(free: Frame): readonly CallId[] {
  const leading = leadingIn(free.module.project)
  const seen = leading.get(free)
  if (seen) return seen
  const calls = stepsOf(free)
    .filter((step) => isPromising(step) || step.callees.some(mayReachOperation))
    .map(({ call }) => call)
  leading.set(free, calls)
  return calls
}

/** Whether a call speaks to DynamoDB, or may: it calls something that only a caller can say what it is. */
function isPromising({ frame, call, spellings }: Step): boolean {
  if (spellings.length > 0) return true
  const { callee: called } = callOf(frame.module, call)
  if (isBarren(frame.module, called)) return false
  const callee = evaluate({ frame, value: called })
  return alternatives(callee).some(
    (option) =>
      option.kind === 'unknown' ||
      (option.kind === 'part' && option.key === 'send') ||
      isHandedIn(option),
  )
}

function isHandedIn(term: Term): boolean {
  let inner: Term = term
  while (inner.kind === 'part' || inner.kind === 'item') inner = inner.of
  return inner.kind === 'parameter' || (inner !== term && isHandedOutLater(inner))
}
