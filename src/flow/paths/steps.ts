import type { CallId, ValueId } from '../../facts/model.ts'
import { spellingsOf } from '../../operations/recognise.ts'
import type { Spelling } from '../../operations/recognise.ts'
import { callbackArguments, givenBy, passedOn } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { enter, isFull } from '../../project/frame.ts'
import { callOf, classOf, functionOf, isBarren, keptBy, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { UNKNOWN, alternatives } from '../../project/term.ts'
import type { Argument, Frame, FunctionTerm, Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'

/** One call in a run of a function: what it asks of DynamoDB, and the runs of other functions it leads to. */
export interface Step {
  readonly frame: Frame
  readonly call: CallId
  /** One of each kind of operation that it may be. */
  readonly spellings: readonly Spelling[]
  readonly callees: readonly Frame[]
}

const stepsIn = keptBy<Frame, Map<CallId, Step>>()

/** The calls of a function in the order in which they happen. */
export function stepsOf(frame: Frame): readonly Step[] {
  return functionOf(frame.module, frame.function).calls.map((call) => stepAt(frame, call))
}

/** What runs of functions are entered for. */
type Purpose = 'walked' | 'bound'

/** One call in a run of a function. */
export function stepAt(frame: Frame, call: CallId, by: Purpose = 'walked'): Step {
  const known = stepsIn(frame.module.project)
  const steps = known.get(frame) ?? new Map<CallId, Step>()
  known.set(frame, steps)
  const seen = steps.get(call)
  if (seen) return seen
  const spellings = spellingsOf(frame, call)
  const step = { frame, call, spellings, callees: calleesOf(frame, call, by, spellings[0]) }
  // There may be more where more may be entered.
  if (!isFull(frame, by)) steps.set(call, step)
  return step
}

function calleesOf(
  frame: Frame,
  call: CallId,
  by: Purpose,
  spelling: Spelling | undefined,
): readonly Frame[] {
  const { callee } = callOf(frame.module, call)
  if (isBarren(frame.module, callee) && !givesCode(frame, call)) return []
  return runsOf(frame, call, by, spelling?.callback != null)
}

/**
 * The runs of other functions that a call leads to, whatever file they are of.
 *
 * @param callsBack the call is an operation of SDK v2 that is given a function to call back
 */
export function runsOf(
  frame: Frame,
  call: CallId,
  by: Purpose = 'walked',
  callsBack = false,
): readonly Frame[] {
  if (frame.module.project.budget.steps <= 0) return []
  const facts = callOf(frame.module, call)
  const given = givenBy(frame, call)
  const callee = evaluate({ frame, value: facts.callee })
  const walkInto = (fn: FunctionTerm, items: readonly Argument[] | null): readonly Frame[] => {
    const entered = enter(frame, call, fn, items, by)
    return entered === null ? [] : [entered]
  }
  const called = alternatives(callee).flatMap((option) => {
    const passed = facts.isNew ? null : passedOn(option, given)
    if (passed !== null) return walkInto(passed.callee, passed.given)
    return calledFunction(option, facts.isNew).flatMap((fn) => walkInto(fn, given))
  })
  if (called.length > 0) return called
  // Something outside the project is called: the functions it is given, it may call back.
  const back = callsBack ? callbackOf(frame, call) : callbackArguments(callee)
  return functionsGiven(frame, call).flatMap((fn) => walkInto(fn, back))
}

/** The functions that a call is given, or that stand in what it is given. */
export function functionsGiven(frame: Frame, call: CallId): readonly FunctionTerm[] {
  const { arguments: items } = callOf(frame.module, call)
  if (!items.some(({ value }) => mayHoldFunction(frame.module, value, 0))) return []
  return givenBy(frame, call).flatMap((argument) => functionsIn(argument.term(), 0))
}

/** Whether a call is given a function to call, or an object of a class. */
function givesCode(frame: Frame, call: CallId): boolean {
  const { arguments: items } = callOf(frame.module, call)
  if (!items.some(({ value }) => mayHoldFunction(frame.module, value, 0))) return false
  return givenBy(frame, call).some((argument) => holdsCode(argument.term(), 0))
}

function holdsCode(term: Term, depth: number): boolean {
  return alternatives(term).some((option) => {
    if (option.kind === 'function' || option.kind === 'instance') return true
    if (option.kind !== 'object' || depth >= 2) return false
    const fields = viewOf(option)?.fields.values() ?? []
    return [...fields].some((field) => holdsCode(field.term(), depth + 1))
  })
}

/** Whether a value is or holds anything but data, as far as it is written where it stands. */
function mayHoldFunction(module: Module, id: ValueId, depth: number): boolean {
  const value = valueOf(module, id)
  switch (value.kind) {
    case 'literal':
    case 'template':
    case 'binary':
    case 'unary':
      return false
    case 'object':
      return (
        depth >= 2 || value.entries.some((entry) => mayHoldFunction(module, entry.value, depth + 1))
      )
    case 'array':
      return (
        depth >= 2 || value.elements.some((item) => mayHoldFunction(module, item.value, depth + 1))
      )
    default:
      return true
  }
}

/** v2 calls back with an error and the response. */
function callbackOf(frame: Frame, call: CallId): readonly Argument[] {
  const result: Term = { kind: 'result', callee: UNKNOWN, arguments: [], frame, call }
  return [UNKNOWN, result].map((term) => ({ term: () => term, spread: false }))
}

function calledFunction(term: Term, isNew: boolean): readonly FunctionTerm[] {
  if (term.kind === 'function') return [term]
  if (!isNew || term.kind !== 'class') return []
  const { construct } = classOf(term.module, term.class)
  if (construct === null) return []
  const self: Term = { kind: 'instance', class: term, construct: null }
  return [{ kind: 'function', module: term.module, function: construct, lexical: term.frame, self }]
}

/** The functions that an argument is or holds: `handler`, `{ handler }`, `[first, second]`. */
function functionsIn(term: Term, depth: number): readonly FunctionTerm[] {
  return alternatives(term).flatMap((option): readonly FunctionTerm[] => {
    if (option.kind === 'function') return [option]
    if (option.kind !== 'object' || depth >= 2) return []
    const view = viewOf(option)
    return view === null
      ? []
      : [...view.fields.values()].flatMap((field) => functionsIn(field.term(), depth + 1))
  })
}
