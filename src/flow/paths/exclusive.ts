import { evaluate } from '../../project/evaluate.ts'
import { canonical } from '../../project/canonical.ts'
import { callOf, valueOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Term } from '../../project/term.ts'
import { guardsOf } from './occurrences.ts'
import type { FramedGuard, Occurrence } from './occurrences.ts'
import type { Step } from './steps.ts'

/**
 * Two operations that one run can never come to: they stand in different arms of one branch, or one needs a value to be
 * something and the other needs it to be something else (the routes of one handler).
 */
export function areExclusive(a: Occurrence, b: Occurrence): boolean {
  // One call, and two operations that it may be.
  if (a.frame === b.frame && a.call === b.call && a.spelling.kind !== b.spelling.kind) return true
  return haveExclusiveTrails(a, b) || areOtherOccasions(a, b)
}

/** The methods by which a router, or whatever tells of events, is given what it shall call then. */
const REGISTERS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all', 'on'])

/** `router.post('/', create); router.patch('/', change)`: what one calls is called for one request, the other for another. */
function areOtherOccasions({ trail }: Occurrence, other: Occurrence): boolean {
  const level = trail.findIndex((step, index) => {
    const beside = other.trail[index]
    return step.frame !== beside?.frame || step.call !== beside.call
  })
  const [step, beside] = [trail[level], other.trail[level]]
  if (!step || step.frame !== beside?.frame) return false
  return isRegistered(step) && isRegistered(beside)
}

function isRegistered({ frame, call, spellings, callees }: Step): boolean {
  if (spellings.length > 0 || callees.length === 0) return false
  const { callee } = callOf(frame.module, call)
  const method = valueOf(frame.module, callee)
  if (method.kind !== 'member' || typeof method.key !== 'string') return false
  return (
    REGISTERS.has(method.key) &&
    alternatives(evaluate({ frame, value: callee })).every(({ kind }) => kind !== 'function')
  )
}

/** The same of any two calls that one function leads to. */
export function haveExclusiveTrails(
  a: Pick<Occurrence, 'trail'>,
  b: Pick<Occurrence, 'trail'>,
): boolean {
  const first = guardsOf(a)
  const second = guardsOf(b)
  return first.some((x) => second.some((y) => contradict(x, y)))
}

function contradict(x: FramedGuard, y: FramedGuard): boolean {
  if (x.frame.module !== y.frame.module) return false
  const branch = x.frame.module.facts.branches[x.guard.branch]
  if (!branch || branch.kind === 'loop' || branch.kind === 'catch') return false
  if (x.frame === y.frame && x.guard.branch === y.guard.branch) return x.guard.arm !== y.guard.arm
  const [left, right] = [requirement(x), requirement(y)]
  return (
    left !== null &&
    right !== null &&
    left.of === right.of &&
    !left.values.some((value) => right.values.includes(value))
  )
}

/** What a guard needs a value to be: `path === '/orders'`, `case 'GET':`; null where it says no such thing. */
function requirement({
  frame,
  guard,
}: FramedGuard): { of: string; values: readonly string[] } | null {
  const branch = frame.module.facts.branches[guard.branch]
  if (branch?.condition == null) return null
  const condition = evaluate({ frame, value: branch.condition })
  if (branch.kind === 'switch') {
    const tests = branch.tests[guard.arm] ?? []
    const values = tests.map((test) => evaluate({ frame, value: test }))
    return values.length > 0 && values.every(isLiteral)
      ? { of: canonical(condition), values: values.map((v) => canonical(v)) }
      : null
  }
  return guard.arm === 0 ? equalityIn(condition) : null
}

function equalityIn(condition: Term): { of: string; values: readonly string[] } | null {
  for (const option of alternatives(condition)) {
    if (option.kind !== 'derived' || (option.operator !== '===' && option.operator !== '=='))
      continue
    const [left, right] = option.from
    if (!left || !right) continue
    if (isLiteral(right) && !isLiteral(left))
      return { of: canonical(left), values: [canonical(right)] }
    if (isLiteral(left) && !isLiteral(right))
      return { of: canonical(right), values: [canonical(left)] }
  }
  return null
}

function isLiteral(term: Term): boolean {
  return term.kind === 'literal'
}
