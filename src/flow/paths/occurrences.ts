import type { CallId, Guard } from '../../facts/model.ts'
import type { Spelling } from '../../operations/recognise.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, keptBy } from '../../project/module.ts'
import type { Frame } from '../../project/term.ts'
import { leadingSteps, mayReachOperation } from './leads.ts'
import type { Step } from './steps.ts'

/** One way from a function to an operation: the calls that lead there, the operation's own call last. */
export interface Occurrence {
  readonly spelling: Spelling
  readonly frame: Frame
  readonly call: CallId
  readonly trail: readonly Step[]
}

/** More than this many ways below one function are not told apart. */
const MOST_OCCURRENCES = 300

/** Calls deeper than this are not followed from one function; their own functions are looked at in turn. */
const MOST_DEPTH = 7

const occurrencesOf = keptBy<Frame, readonly Occurrence[]>()

/** The operations that a run of a function may come to, in order. */
export function occurrencesIn(frame: Frame, depth = 0): readonly Occurrence[] {
  const known = occurrencesOf(frame.module.project)
  const seen = known.get(frame)
  if (seen) return seen
  known.set(frame, [])
  const found: Occurrence[] = []
  for (const step of leadingSteps(frame)) {
    if (found.length >= MOST_OCCURRENCES) break
    for (const spelling of step.spellings)
      found.push({ spelling, frame, call: step.call, trail: [step] })
    if (depth >= MOST_DEPTH) continue
    for (const callee of step.callees) {
      if (!mayReachOperation(callee)) continue
      // A free frame is the same from wherever it is come to, so the depth begins anew.
      for (const inner of occurrencesIn(callee, callee.caller === null ? 0 : depth + 1))
        found.push({ ...inner, trail: [step, ...inner.trail] })
    }
  }
  known.set(frame, found)
  return found
}

/** The calls of a trail as one text: equal for the same way seen from different frames. */
export function callsOf(trail: readonly Step[]): string {
  return trail.map(({ call }) => call).join('.')
}

/** The same operation as the function at a level of its trail sees it, with nothing known of who calls that. */
export function seenFrom(occurrence: Occurrence, level: number): Occurrence | null {
  const step = occurrence.trail[level]
  if (!step) return null
  const free = freeFrame(step.frame.module, step.frame.function)
  const same = byCalls(free).get(callsOf(occurrence.trail.slice(level))) ?? []
  return same.find(({ spelling }) => spelling.kind === occurrence.spelling.kind) ?? same[0] ?? null
}

const byCallsIn = keptBy<Frame, ReadonlyMap<string, readonly Occurrence[]>>()

/** The operations that a function may come to, by the calls that lead there. */
function byCalls(free: Frame): ReadonlyMap<string, readonly Occurrence[]> {
  const known = byCallsIn(free.module.project)
  const seen = known.get(free)
  if (seen) return seen
  const found = new Map<string, Occurrence[]>()
  for (const occurrence of occurrencesIn(free)) {
    const calls = callsOf(occurrence.trail)
    const same = found.get(calls)
    if (same) same.push(occurrence)
    else found.set(calls, [occurrence])
  }
  known.set(free, found)
  return found
}

/** A guard, with the frame that its condition is to be seen in. */
export interface FramedGuard {
  readonly frame: Frame
  readonly guard: Guard
}

/** Everything that must have been decided for an occurrence to come about, outermost first. */
export function guardsOf({ trail }: Pick<Occurrence, 'trail'>): readonly FramedGuard[] {
  return trail.flatMap(({ frame, call }) =>
    callOf(frame.module, call).guards.map((guard) => ({ frame, guard })),
  )
}
