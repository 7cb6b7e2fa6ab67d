import { injectedBy } from './containers.ts'
import { elementOf } from './elements.ts'
import { evaluate, evaluateUnlessRunning } from './evaluate.ts'
import { frameOf, freeFrame } from './frame.ts'
import { givenToMaker } from './makers.ts'
import { classOf, functionOf, keptBy } from './module.ts'
import { UNDEFINED, UNKNOWN, choice } from './term.ts'
import type { Argument, Frame, Ref, Term } from './term.ts'

/** What a parameter holds in a run: what the call gives, its default, or what its annotation says. */
export function parameterTerm(
  frame: Frame,
  id: number,
  index: number,
  rest: boolean,
  ref: Ref,
): Term {
  const own = frameOf(frame, frame.module, id) ?? freeFrame(frame.module, id)
  const facts = functionOf(own.module, id).parameters[index]
  const fallback = facts?.default ?? null
  if (own.arguments !== null) {
    if (rest) return restTerm(own.arguments.slice(index), ref)
    if (own.arguments.slice(0, index + 1).some((a) => a.spread)) {
      return { kind: 'unknown', from: own.arguments.map((a) => a.term()), ref }
    }
    const given = own.arguments[index]?.term() ?? UNDEFINED
    const nothing = given.kind === 'literal' && given.value === undefined
    return nothing && fallback !== null
      ? evaluate({ frame: own, value: fallback })
      : typed(given, facts?.type ?? null, own)
  }
  const type = facts?.type ?? null
  const annotated = type === null ? null : evaluateUnlessRunning({ frame: own, value: type })
  const isInjected = facts !== undefined && facts.decorators.length > 0 && isOpenType(annotated)
  const told = (isInjected ? injectedBy(own, facts.decorators) : null) ?? annotated
  const made = rest || told?.kind === 'instance' ? null : givenToMaker(own, index)
  if (made !== null) return typed(made, type, own)
  if (fallback !== null) {
    // Nobody here says what is given: the default is one of the values it may have.
    const free: Term = { kind: 'parameter', frame: own, index, type: told }
    return choice([free, evaluateUnlessRunning({ frame: own, value: fallback })]) ?? free
  }
  return { kind: 'parameter', frame: own, index, type: told }
}

/** Whether a type leaves open what is given: none, an interface, an abstract class. */
export function isOpenType(type: Term | null): boolean {
  if (type === null || type.kind === 'shape' || type.kind === 'unknown') return true
  return type.kind === 'instance' && classOf(type.class.module, type.class.class).abstract
}

/** What a rest parameter holds; its places are told apart where nothing was spread into the call. */
function restTerm(given: readonly Argument[], ref: Ref): Term {
  return {
    kind: 'sequence',
    element: () => choice(given.map((a) => (a.spread ? elementOf(a.term()) : a.term()))) ?? UNKNOWN,
    over: null,
    items: given.some((a) => a.spread) ? null : given,
    ref,
  }
}

/** A value that nothing is known of takes what its annotation says. */
function typed(term: Term, type: number | null, frame: Frame): Term {
  if (type === null || (term.kind !== 'part' && term.kind !== 'unknown' && term.kind !== 'result'))
    return term
  const told = evaluateUnlessRunning({ frame, value: type })
  if (told === null || told.kind === 'unknown') return term
  if (term.kind === 'part' && term.type === null) return { ...term, type: told }
  return term.kind === 'unknown' && term.from.length === 0 ? told : term
}

const anySelf = keptBy<Frame, Term>()

/** What `this` is in a run. */
export function thisTerm(frame: Frame, id: number): Term {
  const own = frameOf(frame, frame.module, id) ?? freeFrame(frame.module, id)
  if (own.self !== null) return own.self
  const selves = anySelf(own.module.project)
  const known = selves.get(own)
  if (known) return known
  const self = selfOf(own, id)
  selves.set(own, self)
  return self
}

/** `this` of a run of which only the function is known. */
function selfOf(own: Frame, id: number): Term {
  const facts = functionOf(own.module, id)
  const outer = own.lexical ?? freeFrame(own.module, 0)
  if (facts.class !== null) {
    const owner = { kind: 'class', module: own.module, class: facts.class, frame: outer } as const
    return facts.static ? owner : { kind: 'instance', class: owner, construct: null }
  }
  if (facts.object !== null) return { kind: 'object', ref: { frame: outer, value: facts.object } }
  return UNKNOWN
}

/** What a variable holds at last; its annotation where that is vague. */
export function variableTerm(frame: Frame, id: number): Term | null {
  const facts = frame.module.facts.variables[id]
  if (!facts) return UNKNOWN
  const own =
    frameOf(frame, frame.module, facts.function) ?? freeFrame(frame.module, facts.function)
  const held = [facts.final, ...facts.foreign]
  const terms = held.map((value) =>
    value === null ? null : evaluateUnlessRunning({ frame: own, value }),
  )
  const all = choice(terms)
  if (facts.type === null) return all
  if (all === null || (all.kind !== 'choice' && isVague(all)))
    return evaluateUnlessRunning({ frame: own, value: facts.type }) ?? all
  return all
}

function isVague(term: Term): boolean {
  return (
    term.kind === 'unknown' ||
    (term.kind === 'literal' && (term.value === undefined || term.value === null))
  )
}
