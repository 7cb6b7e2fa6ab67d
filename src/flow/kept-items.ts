import type { CallId, ValueId } from '../facts/model.ts'
import { argumentTerm, evaluate, externalName } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import { givenBy } from '../project/call.ts'
import { callOf, functionOf, valueOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { Frame, Term } from '../project/term.ts'
import type { Occurrence } from './occurrences.ts'
import { usesIn } from './uses.ts'

/** What an item's attribute is tested for where some items are picked out of those that were read. */
export interface ItemTest {
  readonly attribute: string
  readonly test: 'begins' | 'equals'
  readonly text: string
}

/** What a use of the items of a Query asks of each: all of these tests hold. */
export type Pick = readonly ItemTest[]

/** Where the items that an operation read go: each time some are picked from them; null where they go anywhere else. */
export function picksOf(occurrence: Occurrence): readonly Pick[] | null {
  const { trail } = occurrence
  const state: State = { picks: [], left: trail.length * 60 }
  for (let level = trail.length - 1; level >= 0; level -= 1) {
    const step = trail[level]
    if (!step) return null
    const start = callValue(step.frame.module, step.call)
    if (start === null) return null
    const stage: Stage = level === trail.length - 1 ? 'response' : (state.returned ?? 'response')
    state.returned = undefined
    if (!follow(start, stage, step.frame, state, new Set())) return null
    // Nothing is handed up: whatever was done with the items has been seen.
    if (state.returned === undefined) return state.picks
  }
  return null
}

/** How far the items have been unpacked. */
type Stage = 'response' | 'items'

interface State {
  readonly picks: Pick[]
  left: number
  returned?: Stage | undefined
}

function callValue(module: Module, call: CallId): ValueId | null {
  const id = module.facts.values.findIndex((value) => value.kind === 'call' && value.call === call)
  return id < 0 ? null : id
}

/** Members of a response that say nothing of its items. */
const ASIDE = new Set(['LastEvaluatedKey', '$metadata', 'ConsumedCapacity', '$response'])

/** Follows a value through its uses; false where it gets out of sight. */
function follow(id: ValueId, stage: Stage, frame: Frame, state: State, seen: Set<string>): boolean {
  const key = `${String(id)}:${stage}`
  if (seen.has(key)) return true
  seen.add(key)
  state.left -= 1
  if (state.left <= 0) return false
  const { module } = frame
  for (const use of usesIn(module).get(id) ?? []) {
    switch (use.kind) {
      case 'condition':
        break
      case 'callee':
      case 'away':
      case 'loop':
        return false
      case 'return': {
        if (use.function !== frame.function) return false
        if (state.returned !== undefined && state.returned !== stage) return false
        state.returned = stage
        break
      }
      case 'argument':
        if (!isLogged(frame, use.call)) return false
        break
      case 'value':
        if (!followInto(use.id, id, stage, frame, state, seen)) return false
    }
  }
  return true
}

function followInto(
  id: ValueId,
  from: ValueId,
  stage: Stage,
  frame: Frame,
  state: State,
  seen: Set<string>,
): boolean {
  const value = valueOf(frame.module, id)
  const on = (next: Stage): boolean => follow(id, next, frame, state, seen)
  switch (value.kind) {
    case 'choice':
    case 'loop':
    case 'logical':
      return on(stage)
    case 'variable':
      return false
    case 'append':
      return stage === 'items' && value.items.some((item) => item.value === from && !item.spread)
        ? false
        : on(stage)
    case 'array':
      return (
        value.elements.every((element) => element.value !== from || element.spread) && on(stage)
      )
    case 'unary':
      return value.operator === '!'
    case 'member':
      if (stage === 'response') {
        if (value.key === 'Items') return on('items')
        if (value.key === 'promise') return followCall(id, frame, 'response', state, seen)
        return ASIDE.has(value.key)
      }
      return value.key === 'length'
        ? isOnlyAsked(id, frame.module)
        : picked(id, value.key, frame, state)
    default:
      return false
  }
}

/** `call()` of a method, followed to what it gives. */
function followCall(
  callee: ValueId,
  frame: Frame,
  stage: Stage,
  state: State,
  seen: Set<string>,
): boolean {
  return (usesIn(frame.module).get(callee) ?? []).every((use) => {
    if (use.kind !== 'callee') return false
    const value = callValue(frame.module, use.call)
    return value === null || follow(value, stage, frame, state, seen)
  })
}

/** A length that only decides whether there is anything. */
function isOnlyAsked(id: ValueId, module: Module): boolean {
  return (usesIn(module).get(id) ?? []).every((use) => {
    if (use.kind === 'condition') return true
    if (use.kind !== 'value') return false
    const value = valueOf(module, use.id)
    if (value.kind === 'unary') return value.operator === '!'
    if (value.kind === 'logical') return isOnlyAsked(use.id, module)
    if (value.kind !== 'binary') return false
    const other = [value.left, value.right].map((side) => valueOf(module, side))
    return other.some((side) => side.kind === 'literal' && (side.value === 0 || side.value === 1))
  })
}

const PICKING = new Set(['filter', 'find', 'findLast', 'some', 'findIndex'])

function picked(member: ValueId, method: string, frame: Frame, state: State): boolean {
  if (!PICKING.has(method)) return false
  return (usesIn(frame.module).get(member) ?? []).every((use) => {
    if (use.kind !== 'callee') return use.kind === 'condition'
    const [first] = givenBy(frame, use.call)
    const tests = first ? testsOf(first.term()) : null
    if (tests === null) return false
    state.picks.push(tests)
    return true
  })
}

/** What a function asks of the item it is given, where it is one condition or several that must all hold. */
function testsOf(predicate: Term): Pick | null {
  if (predicate.kind !== 'function') return null
  const { module, function: id } = predicate
  const [only, ...more] = functionOf(module, id).returns
  if (!only || more.length > 0) return null
  const frame = freeFrame(module, id)
  const tests = conjunctsOf(only.value, module).flatMap((value) => testOf(value, frame) ?? [])
  return tests.length === 0 ? null : tests
}

function conjunctsOf(id: ValueId, module: Module): readonly ValueId[] {
  const value = valueOf(module, id)
  return value.kind === 'logical' && value.operator === '&&'
    ? [...conjunctsOf(value.left, module), ...conjunctsOf(value.right, module)]
    : [id]
}

function testOf(value: ValueId, frame: Frame): ItemTest | null {
  const term = evaluate({ frame, value })
  if (term.kind === 'derived' && (term.operator === '===' || term.operator === '==')) {
    const [left, right] = term.from
    if (!left || !right) return null
    return equality(left, right, frame) ?? equality(right, left, frame)
  }
  if (term.kind !== 'result' || term.callee.kind !== 'part') return null
  if (term.callee.key !== 'startsWith') return null
  const attribute = attributeOf(term.callee.of, frame)
  const text = argumentTerm(term.arguments, 0)
  return attribute !== null && text?.kind === 'literal' && typeof text.value === 'string'
    ? { attribute, test: 'begins', text: text.value }
    : null
}

function equality(side: Term, other: Term, frame: Frame): ItemTest | null {
  const attribute = attributeOf(side, frame)
  return attribute !== null && other.kind === 'literal' && typeof other.value === 'string'
    ? { attribute, test: 'equals', text: other.value }
    : null
}

/** `item.SK`, `item.SK.S` or `String(item.SK)`, of the item that a function is given. */
function attributeOf(term: Term, frame: Frame): string | null {
  if (term.kind === 'derived' && term.operator === 'String') {
    const [of] = term.from
    return of ? attributeOf(of, frame) : null
  }
  if (term.kind === 'choice') {
    const parts = term.options.filter((option) => option.kind !== 'literal')
    const [only] = parts
    return only && parts.length === 1 ? attributeOf(only, frame) : null
  }
  if (term.kind !== 'part') return null
  const { of } = term
  if (of.kind === 'parameter') return of.frame === frame && of.index === 0 ? term.key : null
  return term.key === 'S' ? attributeOf(of, frame) : null
}

const LOGS = /^#console\./

/** The value is written to a log. */
function isLogged(frame: Frame, call: CallId): boolean {
  const callee = evaluate({ frame, value: callOf(frame.module, call).callee })
  return callee.kind === 'external' && LOGS.test(externalName(callee))
}
