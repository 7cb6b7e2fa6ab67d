import type { CallId } from '../facts/model.ts'
import { handedOut } from './containers.ts'
import { evaluate, evaluateStrictly, evaluateUnlessRunning } from './evaluate.ts'
import { elementOf } from './elements.ts'
import { enter } from './frame.ts'
import { constructorOf } from './class-member.ts'
import { modelOf } from './models.ts'
import { callOf, functionOf } from './module.ts'
import { UNKNOWN, alternatives, choice } from './term.ts'
import type { Argument, ClassTerm, Frame, FunctionTerm, Ref, Term } from './term.ts'

/** What a call gives: what the function returns where it is known, a symbol for its result where it is not. */
export function evaluateCall(frame: Frame, call: CallId, ref: Ref): Term | null {
  const facts = callOf(frame.module, call)
  const callee = evaluateStrictly({ frame, value: facts.callee })
  if (callee === null) return null
  const given = givenBy(frame, call)
  if (callee.kind === 'choice')
    return choice(
      callee.options.map((option) => applyTerm(option, given, frame, call, ref, facts.isNew)),
    )
  return applyTerm(callee, given, frame, call, ref, facts.isNew)
}

/** What a call gives, each to be evaluated when it is looked at; what is spread from a known list is told apart. */
export function givenBy(frame: Frame, call: CallId): readonly Argument[] {
  return callOf(frame.module, call).arguments.flatMap((item): readonly Argument[] => {
    const term = (): Term => evaluate({ frame, value: item.value })
    return (item.spread ? itemsOf(term()) : null) ?? [{ term, spread: item.spread }]
  })
}

/** The items of a list that is written out or was given as arguments; null for any other. */
export function itemsOf(list: Term): readonly Argument[] | null {
  if (list.kind === 'sequence') return list.items ?? null
  if (list.kind !== 'array') return null
  const { frame, value } = list.ref
  const node = frame.module.facts.values[value]
  if (node?.kind !== 'array' || node.elements.some((element) => element.spread)) return null
  return node.elements.map((element) => ({
    term: () => evaluate({ frame, value: element.value }),
    spread: false,
  }))
}

function applyTerm(
  callee: Term,
  given: readonly Argument[],
  frame: Frame,
  call: CallId,
  ref: Ref,
  isNew: boolean,
): Term | null {
  if (isNew) {
    if (callee.kind === 'external') return { kind: 'made', of: callee, arguments: given, ref }
    if (callee.kind === 'class') return instanceOfCall(callee, given, frame, call)
    // What a function makes as a constructor is not what it returns.
    if (callee.kind === 'function') return { kind: 'unknown', from: [], ref }
  }
  const passed = passedOn(callee, given)
  if (passed) return applyTerm(passed.callee, passed.given, frame, call, ref, false)
  const modelled = modelOf(callee, given, ref)
  if (modelled !== undefined) return modelled
  if (callee.kind === 'function') {
    const entered = enter(frame, call, callee, given)
    const result = entered === null ? null : resultOf(entered)
    if (entered !== null && !isOpaque(result)) return result
    const out = handedOut(callee, given, frame.module.project)
    if (out !== null || entered !== null) return out ?? result
  } else {
    const out = handedOut(callee, given, frame.module.project)
    if (out !== null) return out
  }
  return { kind: 'result', callee, arguments: given, frame, call }
}

/** What a container's own method gives back: something that it looked up. */
function isOpaque(term: Term | null): boolean {
  return (
    term !== null &&
    alternatives(term).some(
      ({ kind }) => kind === 'item' || kind === 'unknown' || kind === 'part' || kind === 'result',
    )
  )
}

function instanceOfCall(
  of: ClassTerm,
  given: readonly Argument[],
  frame: Frame,
  call: CallId,
): Term {
  const made: Term = { kind: 'instance', class: of, construct: null }
  const code = constructorOf(of)
  return code === null
    ? made
    : { ...made, construct: enter(frame, call, { ...code, self: made }, given) }
}

/** `f.call(self, …)` and `f.apply(self, […])` as calls of `f`; null where it is neither. */
export function passedOn(
  callee: Term,
  given: readonly Argument[],
): { callee: FunctionTerm; given: readonly Argument[] } | null {
  if (callee.kind !== 'part' || callee.of.kind !== 'function') return null
  const [first, ...more] = given
  if (first?.spread) return null
  const self = callee.of.self ?? first?.term() ?? null
  const target = { ...callee.of, self }
  if (callee.key === 'call') return { callee: target, given: more }
  const items = callee.key === 'apply' && more[0] ? itemsOf(more[0].term()) : null
  return items === null ? null : { callee: target, given: items }
}

/** What a run of a function returns; for a generator, the sequence of what it yields. */
export function resultOf(frame: Frame): Term | null {
  const facts = functionOf(frame.module, frame.function)
  const union = (outcomes: typeof facts.returns): Term | null =>
    choice(outcomes.map(({ value }) => evaluateUnlessRunning({ frame, value })))
  if (!facts.generator)
    return union(facts.returns) ?? { kind: 'literal', value: undefined, ref: null }
  const [first] = facts.yields
  if (!first) return null
  return {
    kind: 'sequence',
    element: () => union(facts.yields) ?? { kind: 'unknown', from: [], ref: null },
    over: null,
    ref: { frame, value: first.value },
  }
}

/** What a function that a library calls back returns; null where it is no function of the project. */
export function callBack(callback: Term, callee: Term, ref: Ref): Term | null {
  if (callback.kind !== 'function') return null
  const call = callIdAt(ref)
  if (call === null) return null
  const entered = enter(ref.frame, call, callback, callbackArguments(callee))
  return entered === null ? null : resultOf(entered)
}

const OVER_ELEMENTS = new Set([
  'map',
  'forEach',
  'filter',
  'flatMap',
  'some',
  'every',
  'find',
  'findLast',
  'findIndex',
])

/** Whether a method of this name calls the function back that it is given, and keeps it no longer. */
export function callsBack(method: string): boolean {
  return OVER_ELEMENTS.has(method) || method === 'reduce' || method === 'then'
}

/** What well-known methods call a function back with: array methods with elements, `then` with the value. */
export function callbackArguments(callee: Term): readonly Argument[] | null {
  const method = methodOf(callee)
  if (method === null) return null
  const { of, key } = method
  const given = (terms: readonly Term[]): readonly Argument[] =>
    terms.map((term) => ({ term: () => term, spread: false }))
  if (OVER_ELEMENTS.has(key))
    return [{ term: () => elementOf(of), spread: false }, ...given([UNKNOWN, of])]
  if (key === 'reduce') return [...given([UNKNOWN]), { term: () => elementOf(of), spread: false }]
  return key === 'then' ? given([of]) : null
}

/** A method of something, or of one of several things: `(items ?? []).find`. */
function methodOf(callee: Term): { of: Term; key: string } | null {
  const parts = alternatives(callee).filter((option) => option.kind === 'part')
  const [first] = parts
  if (!first || parts.length < alternatives(callee).length) return null
  if (parts.length === 1) return first
  const of = parts.every(({ key }) => key === first.key) ? choice(parts.map((p) => p.of)) : null
  return of === null ? null : { of, key: first.key }
}

function callIdAt(ref: Ref): CallId | null {
  const value = ref.frame.module.facts.values[ref.value]
  return value?.kind === 'call' ? value.call : null
}
