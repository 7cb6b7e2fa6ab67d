import { elementOf } from '../project/evaluate.ts'
import { alternatives } from '../project/term.ts'
import type { Argument, Frame, FunctionTerm, Term } from '../project/term.ts'
import { fieldOf, pathOf } from './functions.ts'
import { rootOf } from './uses.ts'

/** A function that a value hands over to be called later. */
export interface Handed {
  readonly function: FunctionTerm
  /** It stands behind a call: `middy(handler)`, `withAuth(handler)`. */
  readonly wrapped: boolean
  /** How many of its first parameters are given already (`handler.bind(null, dependencies)`). */
  readonly bound: number
}

/** Methods of a builder that are given what goes around the handler, not the handler. */
const AROUND = new Set(['use', 'before', 'after', 'onError', 'catch', 'on'])

/** Fields in which wrappers that take an object are given the handler. */
const HANDLER_FIELDS = ['handler', 'lambdaHandler', 'handle', 'action', 'handlerFn']

/** How many wrappers lie one in another, at most. */
const MOST_DEPTH = 6

/**
 * The functions that a value stands for: itself, what it was made of by `bind`, and what was given to a wrapper, whether
 * the wrapper's code is known or not.
 */
export function handedOver(term: Term, depth = 0): readonly Handed[] {
  if (depth > MOST_DEPTH) return []
  switch (term.kind) {
    case 'function':
      return [
        { function: term, wrapped: false, bound: 0 },
        ...givenTo(term).flatMap((given) => wrapped(handedOver(given, depth + 1))),
      ]
    case 'choice':
      return term.options.flatMap((option) => handedOver(option, depth + 1))
    case 'result':
      return fromCall(term, depth)
    case 'made':
      return wrapped(fromArguments(term.arguments ?? [], depth))
    case 'part':
      return HANDLER_FIELDS.includes(term.key) || term.key === 'main'
        ? wrapped(handedOver(term.of, depth + 1))
        : []
    default:
      return []
  }
}

/** As `handedOver`, without how. */
export function functionsIn(term: Term): readonly FunctionTerm[] {
  return handedOver(term).map((handed) => handed.function)
}

/** The functions in what a call is given: as they are, in a list, or in an object that names its handler. */
export function functionsGiven(given: readonly Argument[]): readonly FunctionTerm[] {
  return fromArguments(given, 0).map((handed) => handed.function)
}

function fromCall(term: Extract<Term, { kind: 'result' }>, depth: number): readonly Handed[] {
  const { callee } = term
  if (callee.kind !== 'part') return wrapped(fromArguments(term.arguments, depth))
  if (callee.key === 'bind') {
    const bound = Math.max(0, term.arguments.length - 1)
    return handedOver(callee.of, depth + 1).map((handed) => ({
      ...handed,
      bound: handed.bound + bound,
    }))
  }
  const before = wrapped(handedOver(callee.of, depth + 1))
  return AROUND.has(callee.key)
    ? before
    : [...before, ...wrapped(fromArguments(term.arguments, depth))]
}

function fromArguments(given: readonly Argument[], depth: number): readonly Handed[] {
  return given.flatMap((argument) =>
    alternatives(argument.term()).flatMap((term) => {
      if (term.kind === 'array')
        return alternatives(elementOf(term)).flatMap((t) => handedOver(t, depth + 1))
      if (term.kind === 'object')
        return HANDLER_FIELDS.flatMap((key) => {
          const field = fieldOf(term, key)
          return field === null ? [] : handedOver(field, depth + 1)
        })
      return handedOver(term, depth + 1)
    }),
  )
}

function wrapped(all: readonly Handed[]): readonly Handed[] {
  return all.map((handed) => ({ ...handed, wrapped: true }))
}

/** What a function that a local wrapper returned was given to call. */
function givenTo(term: FunctionTerm): readonly Term[] {
  const given: Term[] = []
  for (let frame = term.lexical; frame !== null && frame.arguments !== null; frame = frame.lexical)
    given.push(...calledInside(term, frame))
  return given
}

function calledInside(inner: FunctionTerm, wrapper: Frame): readonly Term[] {
  const { module } = inner
  const found: Term[] = []
  for (const call of module.facts.calls) {
    if (!isInside(inner, call.function)) continue
    const root = rootOf(module, call.callee)
    if (root?.function !== wrapper.function) continue
    const argument = wrapper.arguments?.[root.index]
    if (!argument || argument.spread) continue
    const path = root.path.filter((key) => key !== 'call' && key !== 'apply')
    const called = pathOf(argument.term(), path)
    if (called !== null && !found.includes(called)) found.push(called)
  }
  return found
}

function isInside(outer: FunctionTerm, id: number): boolean {
  const { functions } = outer.module.facts
  for (let f: number | null = id; f !== null; f = functions[f]?.parent ?? null) {
    if (f === outer.function) return true
  }
  return false
}
