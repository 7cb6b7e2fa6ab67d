import type { CallId } from '../../facts/model.ts'
import { givenBy } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { enter, freeFrame } from '../../project/frame.ts'
import { constructorOf } from '../../project/class-member.ts'
import { itemOf, memberOf } from '../../project/member.ts'
import { functionOf, isBarren, keptBy, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, FunctionTerm, Ref, Term } from '../../project/term.ts'

/** The modules that may call something of a module: itself, and those that import it, directly or through others. */
export type CallersOf = (module: Module) => readonly Module[]

/** How many calls up a value is followed. */
const MOST_CALLS_UP = 6

/** How many values one is followed to. */
const MOST_TERMS = 40

/**
 * The values that a value has, as the callers of the functions it comes from give them: what a class is made with, what a
 * wrapper is handed. Where nobody is seen to call one of these, or a caller is not understood, its parameter stays.
 */
export function givenTerms(term: Term, callersOf: CallersOf): readonly Term[] {
  const state: State = { callersOf, left: MOST_TERMS, seen: new Set() }
  return resolved(term, state, MOST_CALLS_UP)
}

interface State {
  readonly callersOf: CallersOf
  left: number
  /** Parameters that are being followed. */
  readonly seen: Set<string>
}

function resolved(term: Term, state: State, up: number): readonly Term[] {
  state.left -= 1
  if (state.left < 0) return [term]
  const again = (one: Term): readonly Term[] => (one === term ? [term] : resolved(one, state, up))
  switch (term.kind) {
    case 'choice':
      return term.options.flatMap((option) => resolved(option, state, up))
    case 'parameter':
      return givenToParameter(term, state, up)
    case 'part': {
      const wholes = resolved(term.of, state, up)
      if (wholes.length === 1 && wholes[0] === term.of) return [term]
      return wholes.flatMap((of) => again(memberOf(of, term.key) ?? term))
    }
    case 'item': {
      const keys = resolved(term.key, state, up)
      if (keys.length === 1 && keys[0] === term.key) return [term]
      return keys.flatMap((key) => again(itemOf(term.of, key) ?? term))
    }
    case 'template':
    case 'derived':
      return readAgain(term, term.ref, state, up)
    case 'result': {
      const value = valueAt(term.frame, term.call)
      return value === null ? [term] : readAgain(term, { frame: term.frame, value }, state, up)
    }
    default:
      return [term]
  }
}

function valueAt({ module }: Frame, call: CallId): number | null {
  const index = module.facts.values.findIndex((each) => each.kind === 'call' && each.call === call)
  return index < 0 ? null : index
}

/** What a caller gives for a parameter; the parameter itself where nobody is seen to call. */
function givenToParameter(
  term: Extract<Term, { kind: 'parameter' }>,
  state: State,
  up: number,
): readonly Term[] {
  const { frame, index } = term
  const key = `${frame.module.facts.file}:${String(frame.function)}:${String(index)}`
  if (up === 0 || state.seen.has(key)) return [term]
  const sites = sitesOf(frame, state.callersOf)
  if (sites.length === 0) return [term]
  state.seen.add(key)
  const found = sites.flatMap((site) => {
    const given = givenBy(site.frame, site.call)
    if (given.slice(0, index + 1).some(({ spread }) => spread)) return [term]
    const argument = given[index]
    // Where nothing is given the value that the parameter has by itself counts.
    if (argument === undefined) return []
    return resolved(argument.term(), state, up - 1)
  })
  state.seen.delete(key)
  return found.length === 0 ? [term] : found
}

/** A value that is put together from parameters, as each caller makes it. */
function readAgain(term: Term, ref: Ref, state: State, up: number): readonly Term[] {
  const { frame } = ref
  const isFree = frame.arguments === null && frame.caller === null
  if (up === 0 || !isFree || functionOf(frame.module, frame.function).parameters.length === 0)
    return [term]
  const key = `${frame.module.facts.file}:${String(frame.function)}:`
  if (state.seen.has(key)) return [term]
  const sites = sitesOf(frame, state.callersOf)
  const entered = sites.map(({ frame: from, call, callee }) =>
    enter(from, call, callee, givenBy(from, call)),
  )
  if (entered.length === 0) return [term]
  state.seen.add(key)
  const found = entered.flatMap((run) => {
    if (run === null || run === frame) return [term]
    const one = evaluate({ frame: run, value: ref.value })
    return resolved(one, state, up - 1)
  })
  state.seen.delete(key)
  return found
}

/** A call of a function, or `new` of its class. */
interface Site {
  readonly frame: Frame
  readonly call: CallId
  readonly callee: FunctionTerm
}

/** A function that more than this call is everybody's. */
const MOST_SITES = 30

function sitesOf({ module, function: id }: Frame, callersOf: CallersOf): readonly Site[] {
  const sites = callersOf(module).flatMap((caller) => sitesIn(caller).get(module)?.get(id) ?? [])
  return sites.length > MOST_SITES ? [] : sites
}

type Sites = ReadonlyMap<Module, ReadonlyMap<number, readonly Site[]>>

const known = keptBy<Module, Sites>()

/** What a module's calls call, as each function of it is run by anybody. */
function sitesIn(module: Module): Sites {
  const modules = known(module.project)
  const seen = modules.get(module)
  if (seen) return seen
  const sites = new Map<Module, Map<number, Site[]>>()
  // What is asked for while it is being looked for adds nothing.
  modules.set(module, sites)
  module.facts.calls.forEach(({ callee: value, function: caller, isNew }, call) => {
    if (isBarren(module, value)) return
    const frame = freeFrame(module, caller)
    const isSuper = valueOf(module, value).kind === 'super'
    for (const option of alternatives(evaluate({ frame, value }))) {
      const isClass = option.kind === 'class' && (isNew || isSuper)
      const callee = isClass ? constructorOf(option) : option.kind === 'function' ? option : null
      if (callee === null) continue
      const functions = sites.get(callee.module) ?? new Map<number, Site[]>()
      sites.set(callee.module, functions)
      const own = functions.get(callee.function) ?? []
      functions.set(callee.function, own)
      own.push({ frame, call, callee })
    }
  })
  return sites
}
