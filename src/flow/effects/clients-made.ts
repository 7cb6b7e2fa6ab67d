import { CLIENT_LIBRARIES } from '../../clients/index.ts'
import type { CallId, FunctionId, ValueId } from '../../facts/model.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { clientName } from '../../operations/recognise.ts'
import { evaluate } from '../../project/evaluate.ts'
import { externalName, alternatives } from '../../project/term.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, functionOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Frame, Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import type { Reach } from '../paths/reach.ts'
import { stepsOf } from '../paths/steps.ts'
import { partsOf } from '../values/uses.ts'

/** A client that is made anew each time a handler runs. */
export interface ClientMade {
  readonly call: CallId
  readonly function: FunctionId
  readonly reach: Reach
  /** It is a document client around another client, which is made elsewhere. */
  readonly isWrapper: boolean
}

const CLIENTS = CLIENT_LIBRARIES.flatMap(({ clients }) => clients)
const MADE = new Set(CLIENTS.flatMap(({ made }) => made))
const FROM = new Set(CLIENTS.flatMap(({ from }) => from))

/**
 * The clients that a file makes in handlers of requests, events and messages, or below them: each time, with nothing
 * that only the caller knows.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
 */
export function clientsMadeIn(analysis: Analysis): readonly ClientMade[] {
  const { module, reachability } = analysis
  return module.facts.calls.flatMap((call, id): readonly ClientMade[] => {
    if (functionOf(module, call.function).kind === 'module' || !makesClient(module, id)) return []
    const frame = freeFrame(module, call.function)
    const isWrapper = !call.isNew
    if (isWrapper ? !wrapsKept(frame, id) : !isSame(frame, id)) return []
    if (isKept(module, id)) return []
    const reach = reachability.from(frame)
    if (reach === null || !isOften(reach) || isKeptAbove(reach)) return []
    return [{ call: id, function: call.function, reach, isWrapper }]
  })
}

/** Whether a call makes a client, as far as its own name tells. */
export function makesClient(module: Module, id: CallId): boolean {
  const { callee, isNew, function: owner } = callOf(module, id)
  const node = valueOf(module, callee)
  if (!isNew && !(node.kind === 'member' && node.key === 'from')) return false
  const term = evaluate({ frame: freeFrame(module, owner), value: callee })
  return term.kind === 'external' && (isNew ? MADE : FROM).has(externalName(term))
}

/** Nobody minds a client for a run of a job; a handler that runs for each request or message sets one up each time. */
function isOften({ entry: { trigger, handler } }: Reach): boolean {
  if (trigger === 'schedule' || trigger === 'script') return false
  // Who listens to events and looks at none waits for the clock.
  const { parameters } = functionOf(handler.module, handler.function)
  return trigger !== 'event' || parameters.length > 0
}

/** Whether the client that is wrapped is made when the file is loaded. */
function wrapsKept(frame: Frame, id: CallId): boolean {
  const [given] = callOf(frame.module, id).arguments
  if (!given) return false
  const base = evaluate({ frame, value: given.value })
  return (
    base.kind === 'made' &&
    MADE.has(clientName(base) ?? '') &&
    base.ref !== null &&
    functionOf(base.ref.frame.module, base.ref.frame.function).kind === 'module' &&
    isSame(frame, id)
  )
}

/** Whether what a client is made with is the same each time. */
function isSame(frame: Frame, id: CallId): boolean {
  return callOf(frame.module, id).arguments.every(({ value }) =>
    isFixed(evaluate({ frame, value }), 0),
  )
}

/** Arguments are looked into this deep. */
const MOST_DEPTH = 8

function isFixed(term: Term, depth: number): boolean {
  if (depth > MOST_DEPTH) return false
  const inside = (inner: Term): boolean => isFixed(inner, depth + 1)
  switch (term.kind) {
    case 'literal':
    case 'external':
    case 'function':
    case 'class':
    case 'instance':
      return true
    case 'choice':
      return term.options.every(inside)
    case 'template':
      return term.parts.every(
        (part) =>
          part.kind === 'text' || inside(evaluate({ frame: term.ref.frame, value: part.value })),
      )
    case 'object': {
      const view = viewOf(term)
      if (view === null) return false
      return (
        [...view.fields.values(), ...view.computed].every((field) => inside(field.term())) &&
        view.spreads.every(inside)
      )
    }
    case 'made':
      return term.arguments?.every((argument) => inside(argument.term())) === true
    case 'result':
      return (
        term.callee.kind === 'external' &&
        /^(?:$|aws-sdk|@aws-sdk\/|@smithy\/)/.test(term.callee.source) &&
        term.arguments.every((argument) => inside(argument.term()))
      )
    case 'derived':
      return term.from.every(inside)
    case 'part':
      return inside(term.of)
    default:
      return false
  }
}

/** Whether what decides that a call is made outlives the run: a client that is made once and kept. */
function isKept(module: Module, id: CallId): boolean {
  const { guards, function: owner } = callOf(module, id)
  return (
    guards.some(({ branch }) => {
      const condition = module.facts.branches[branch]?.condition
      return condition != null && asksWhatStays(module, condition, owner, 0)
    }) || isHandedToKeeper(module, owner)
  )
}

function asksWhatStays(module: Module, id: ValueId, owner: FunctionId, depth: number): boolean {
  const value = valueOf(module, id)
  switch (value.kind) {
    case 'variable': {
      const variable = module.facts.variables[value.variable]
      if (!variable) return true
      if (!variable.constant) return true
      // What is declared once and never changes decides the same each time; a cache is an object.
      return (
        variable.final === null ||
        alternatives(evaluate({ frame: freeFrame(module, owner), value: id })).some(mayChange)
      )
    }
    case 'this':
    case 'import':
      return alternatives(evaluate({ frame: freeFrame(module, owner), value: id })).some(mayChange)
    case 'global':
      return /^(?:globalThis|global|window|self)$/.test(value.name)
    case 'class':
      return true
    case 'call': {
      const { callee, arguments: given } = callOf(module, value.call)
      return (
        depth < MOST_DEPTH &&
        [callee, ...given.map((item) => item.value)].some((part) =>
          asksWhatStays(module, part, owner, depth + 1),
        )
      )
    }
    default:
      return (
        depth < MOST_DEPTH &&
        partsOf(value).some((part) => asksWhatStays(module, part, owner, depth + 1))
      )
  }
}

function mayChange(term: Term): boolean {
  switch (term.kind) {
    case 'literal':
    case 'template':
    case 'external':
    case 'function':
      return false
    default:
      return true
  }
}

/** `once(() => new …)`, `cache(…)`, `useFactory`: what such a function gives is kept by whoever calls it. */
const KEEPERS = /once|memo|lazy|singleton|cache|provide|factory|register|bind|value/i

function isHandedToKeeper(module: Module, owner: FunctionId): boolean {
  for (let id: FunctionId | null = owner; id !== null; id = functionOf(module, id).parent) {
    const inner = id
    const { kind } = functionOf(module, inner)
    if (kind !== 'arrow' && kind !== 'function') continue
    const isGiven = module.facts.calls.some(({ callee, arguments: given }) => {
      const isArgument = given.some(({ value }) => {
        const node = valueOf(module, value)
        return node.kind === 'function' && node.function === inner
      })
      return isArgument && KEEPERS.test(lastName(module, callee))
    })
    if (isGiven) return true
  }
  return false
}

function lastName(module: Module, id: ValueId): string {
  const value = valueOf(module, id)
  switch (value.kind) {
    case 'member':
      return value.key
    case 'import':
    case 'global':
      return value.name
    case 'function':
      return functionOf(module, value.function).name
    case 'variable':
      return module.facts.variables[value.variable]?.name ?? ''
    default:
      return ''
  }
}

/** Whether one of the functions on the way calls the next only where there is none yet. */
function isKeptAbove({ path }: Reach): boolean {
  return path.slice(1).some((callee, index) => {
    const caller = path[index]
    if (!caller) return false
    const calls = stepsOf(caller).filter((step) =>
      step.callees.some((f) => f.module === callee.module && f.function === callee.function),
    )
    return calls.length > 0 && calls.every(({ call }) => isKept(caller.module, call))
  })
}
