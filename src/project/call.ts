import type { CallId } from '../facts/model.ts'
import { elementOf, evaluate, evaluateStrictly, evaluateUnlessRunning } from './evaluate.ts'
import { argumentsOf, enter } from './frame.ts'
import { modelOf } from './models.ts'
import { callOf, classOf, functionOf } from './module.ts'
import { UNKNOWN, choice } from './term.ts'
import type { Argument, Frame, FunctionTerm, Ref, Term } from './term.ts'

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

export function givenBy(frame: Frame, call: CallId): readonly Argument[] {
  return argumentsOf(callOf(frame.module, call).arguments, (item) =>
    evaluate({ frame, value: item.value }),
  )
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
    if (callee.kind === 'class') {
      const { construct } = classOf(callee.module, callee.class)
      const made: Term = { kind: 'instance', class: callee, construct: null }
      if (construct === null) return made
      const self: FunctionTerm = {
        kind: 'function',
        module: callee.module,
        function: construct,
        lexical: callee.frame,
        self: made,
      }
      return { ...made, construct: enter(frame, call, self, given) }
    }
  }
  const modelled = modelOf(callee, given, ref)
  if (modelled !== undefined) return modelled
  if (callee.kind === 'function') {
    const entered = enter(frame, call, callee, given)
    if (entered !== null) return resultOf(entered)
  }
  return { kind: 'result', callee, arguments: given, frame, call }
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

/** What well-known methods call a function back with: array methods with elements, `then` with the value. */
export function callbackArguments(callee: Term): readonly Argument[] | null {
  if (callee.kind !== 'part') return null
  const { of, key } = callee
  const given = (terms: readonly Term[]): readonly Argument[] =>
    terms.map((term) => ({ term: () => term, spread: false }))
  if (OVER_ELEMENTS.has(key))
    return [{ term: () => elementOf(of), spread: false }, ...given([UNKNOWN, of])]
  if (key === 'reduce') return [...given([UNKNOWN]), { term: () => elementOf(of), spread: false }]
  return key === 'then' ? given([of]) : null
}

function callIdAt(ref: Ref): CallId | null {
  const value = ref.frame.module.facts.values[ref.value]
  return value?.kind === 'call' ? value.call : null
}
