import type { CallId } from '../../facts/model.ts'
import { isHandedOutLater } from '../../project/containers.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, isBarren, keptBy } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Term } from '../../project/term.ts'
import { anyBelow } from './below.ts'
import { stepAt, stepsOf } from './steps.ts'

/** How many runs of other functions are looked into from one. */
const MOST_RUNS = 300

/** A function that is called, and the ones between it and the run that it was looked for in, outermost first; as free frames. */
export interface BoundCall {
  readonly callee: Frame
  readonly between: readonly Frame[]
}

/**
 * What is called below a run of a function only because of what that run was given: `service.list()` comes to
 * `this.repository.findAll()`, and only who made the service knows which repository that is.
 */
export function boundCallsIn(run: Frame): readonly BoundCall[] {
  const found: BoundCall[] = []
  const seen = new Set<Frame>()
  const waiting: { readonly at: Frame; readonly between: readonly Frame[] }[] = [
    { at: run, between: [] },
  ]
  for (let next = waiting.shift(); next && seen.size < MOST_RUNS; next = waiting.shift()) {
    const { at, between } = next
    const free = freeFrame(at.module, at.function)
    if (at === free || seen.has(at)) continue
    seen.add(at)
    const way = [...between, free]
    for (const call of openCalls(free)) {
      for (const callee of stepAt(at, call, 'bound').callees) {
        found.push({ callee: freeFrame(callee.module, callee.function), between: way })
        waiting.push({ at: callee, between: way })
      }
    }
  }
  return found
}

const openIn = keptBy<Frame, readonly CallId[]>()

/** The calls of a function of which only its callers, or who made its object, can say what is called, there or further down. */
function openCalls(free: Frame): readonly CallId[] {
  const known = openIn(free.module.project)
  const seen = known.get(free)
  if (seen) return seen
  const calls = stepsOf(free)
    .filter((step) => isOpen(free, step.call) || step.callees.some(hasOpenBelow))
    .map(({ call }) => call)
  known.set(free, calls)
  return calls
}

const hasOpenBelow = anyBelow(
  (free) => stepsOf(free).some(({ call }) => isOpen(free, call)),
  (free) => stepsOf(free).flatMap(({ callees }) => callees),
)

function isOpen(free: Frame, call: CallId): boolean {
  const { callee } = callOf(free.module, call)
  if (isBarren(free.module, callee)) return false
  return alternatives(evaluate({ frame: free, value: callee })).some(isHandedIn)
}

/** A member of something that a function was given, that a container gives for it, or that an object was made with. */
function isHandedIn(term: Term): boolean {
  let inner: Term = term
  while (inner.kind === 'part' || inner.kind === 'item') inner = inner.of
  if (inner.kind === 'parameter') return true
  return inner !== term && (inner.kind === 'instance' || isHandedOutLater(inner))
}
