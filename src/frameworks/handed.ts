import { evaluate } from '../project/evaluate.ts'
import { elementOf } from '../project/elements.ts'
import { valueOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Argument, Frame, FunctionTerm, Term } from '../project/term.ts'
import { fieldOf, pathOf } from './functions.ts'
import { rootOf } from './uses.ts'
import type { Root } from './uses.ts'

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

/** How many wrappers lie one in another, and how many steps a builder's chain has, at most. */
const MOST_DEPTH = 6
const MOST_STEPS = 60

/** How a value came by a function. */
interface Way {
  readonly wrapped: boolean
  readonly bound: number
  readonly depth: number
}

interface Search {
  readonly found: Handed[]
  /** Values are shared by what is built of them: each is looked into once. */
  readonly seen: Set<Term>
}

/**
 * The functions that a value stands for: itself, what it was made of by `bind`, and what was given to a wrapper, whether
 * the wrapper's code is known or not.
 */
export function handedOver(term: Term): readonly Handed[] {
  const search: Search = { found: [], seen: new Set() }
  look(search, term, { wrapped: false, bound: 0, depth: 0 })
  return search.found
}

/** As `handedOver`, without how. */
export function functionsIn(term: Term): readonly FunctionTerm[] {
  return handedOver(term).map((handed) => handed.function)
}

/** The functions in what a call is given: as they are, in a list, or in an object that names its handler. */
export function functionsGiven(given: readonly Argument[]): readonly FunctionTerm[] {
  const search: Search = { found: [], seen: new Set() }
  lookAtArguments(search, given, { wrapped: false, bound: 0, depth: 0 })
  return search.found.map((handed) => handed.function)
}

function look(search: Search, term: Term, way: Way): void {
  if (way.depth > MOST_DEPTH || search.seen.has(term)) return
  search.seen.add(term)
  const inner: Way = { ...way, wrapped: true, depth: way.depth + 1 }
  switch (term.kind) {
    case 'function':
      search.found.push({ function: term, wrapped: way.wrapped, bound: way.bound })
      for (const given of givenTo(term)) look(search, given, inner)
      return
    case 'choice':
      for (const option of term.options) look(search, option, way)
      return
    case 'result':
      lookAtCall(search, term, way)
      return
    case 'made':
      lookAtArguments(search, term.arguments ?? [], inner)
      return
    case 'object': {
      const decorated = decoratedBy(term)
      if (decorated !== null) look(search, decorated, way)
      return
    }
    case 'part':
      if (HANDLER_FIELDS.includes(term.key) || term.key === 'main') look(search, term.of, inner)
      return
    default:
  }
}

/**
 * What `Object.assign(handler, { schema })`, or `handler.schema = …`, put properties on; null for any other object, and for one
 * that is put on itself: `exports.list.schema = …` is what `exports.list` holds.
 */
function decoratedBy(object: Extract<Term, { kind: 'object' }>, depth = 0): Term | null {
  if (depth > MOST_DEPTH) return null
  const { frame, value } = object.ref
  const node = valueOf(frame.module, value)
  const [first, ...more] = node.kind === 'object' ? node.entries : []
  const isMerged = more.length > 0 && more.every(({ kind }) => kind === 'spread')
  const of =
    isMerged && first?.kind === 'spread' ? first.value : node.kind === 'set' ? node.of : null
  if (of === null) return null
  const target = evaluate({ frame, value: of })
  return target.kind === 'object' ? decoratedBy(target, depth + 1) : target
}

/** A call, and the chain of calls that it ends: the first first, as they are written. */
function lookAtCall(search: Search, end: Extract<Term, { kind: 'result' }>, way: Way): void {
  const inner: Way = { ...way, wrapped: true, depth: way.depth + 1 }
  const steps: Extract<Term, { kind: 'result' }>[] = []
  let at: Term = end
  while (at.kind === 'result' && at.callee.kind === 'part' && steps.length < MOST_STEPS) {
    if (at.callee.key === 'bind') {
      const bound = way.bound + Math.max(0, at.arguments.length - 1)
      look(search, at.callee.of, steps.length === 0 ? { ...way, bound } : { ...inner, bound })
      break
    }
    steps.unshift(at)
    at = at.callee.of
  }
  if (at.kind === 'result' && at.callee.kind !== 'part')
    lookAtArguments(search, at.arguments, inner)
  else if (at !== end && at.kind !== 'result') look(search, at, inner)
  for (const step of steps) {
    if (step.callee.kind === 'part' && !AROUND.has(step.callee.key))
      lookAtArguments(search, step.arguments, inner)
  }
}

function lookAtArguments(search: Search, given: readonly Argument[], way: Way): void {
  for (const argument of given) {
    for (const term of alternatives(argument.term())) {
      if (term.kind === 'array') {
        for (const element of alternatives(elementOf(term))) look(search, element, way)
      } else if (term.kind === 'object') {
        for (const key of HANDLER_FIELDS) {
          const field = fieldOf(term, key)
          if (field !== null) look(search, field, way)
        }
      } else look(search, term, way)
    }
  }
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
  const note = (root: Root | null): void => {
    const argument = root?.function === wrapper.function ? wrapper.arguments?.[root.index] : null
    if (!root || !argument || argument.spread) return
    const path = root.path.filter((key) => key !== 'call' && key !== 'apply')
    const called = pathOf(argument.term(), path)
    if (called !== null && !found.includes(called)) found.push(called)
  }
  for (const call of module.facts.calls) {
    if (!isInside(inner, call.function)) continue
    note(rootOf(module, call.callee))
    // `run(handler, event)` calls it as well.
    const roots = call.arguments.map((item) => rootOf(module, item.value))
    const givesEvent = roots.some((root) => root?.function === inner.function)
    if (givesEvent) for (const root of roots) note(root)
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
