import type { CallId, ValueId } from '../../facts/model.ts'
import { givenBy } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { argumentTerm, externalName } from '../../project/term.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, functionOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Frame, Term } from '../../project/term.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { usesIn, valueOfCall } from '../values/uses.ts'

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
  const picks: Pick[] = []
  let path: Path = RESPONSE
  for (const { frame, call } of [...occurrence.trail].reverse()) {
    const start = valueOfCall(frame.module, call)
    const state = start === null ? null : stateAfter(start, path, frame, picks)
    if (state === null) return null
    // Nothing is handed up: whatever was done with the items has been seen.
    if (state.returned === undefined) return picks
    path = state.returned
  }
  return null
}

/** What comes of the items in one function; null where they get out of sight. */
function stateAfter(start: ValueId, path: Path, frame: Frame, picks: Pick[]): State | null {
  const state: State = { picks, left: MOST_STEPS, returned: undefined }
  return follow(start, path, { frame, state, seen: new Set() }) ? state : null
}

/** How many uses are followed in one function. */
const MOST_STEPS = 100

/** The members that lead from a value to the items; none where it is the items. */
type Path = readonly string[]

const RESPONSE: Path = ['Items']

interface State {
  readonly picks: Pick[]
  left: number
  /** By which members the caller gets at the items. */
  returned: Path | undefined
}

interface Walk {
  readonly frame: Frame
  readonly state: State
  readonly seen: Set<string>
}

/** Members of a response that say nothing of its items. */
const ASIDE = new Set(['LastEvaluatedKey', '$metadata', 'ConsumedCapacity', '$response'])

/** Follows a value through its uses; false where it gets out of sight. */
function follow(id: ValueId, path: Path, walk: Walk): boolean {
  const { frame, state, seen } = walk
  const key = `${String(id)}:${path.join('.')}`
  if (seen.has(key)) return true
  seen.add(key)
  state.left -= 1
  if (state.left <= 0) return false
  return (usesIn(frame.module).get(id) ?? []).every((use) => {
    switch (use.kind) {
      case 'condition':
        return true
      case 'callee':
      case 'away':
      case 'loop':
        return false
      case 'return': {
        const before = state.returned ?? path
        state.returned = path
        return use.function === frame.function && before.join('.') === path.join('.')
      }
      case 'argument':
        return isLogged(frame, use.call) || isAddedToList(frame.module, use.call, use.index)
      case 'value':
        return followInto(use.id, id, path, walk)
    }
  })
}

function followInto(id: ValueId, from: ValueId, path: Path, walk: Walk): boolean {
  const { frame } = walk
  const value = valueOf(frame.module, id)
  switch (value.kind) {
    case 'choice':
    case 'loop':
    case 'logical':
      return follow(id, path, walk)
    case 'append': {
      const isElement = value.items.some((item) => item.value === from && !item.spread)
      return !isElement && follow(id, path, walk)
    }
    case 'array': {
      const isElement = value.elements.some((element) => element.value === from && !element.spread)
      return !isElement && follow(id, path, walk)
    }
    case 'object': {
      const keys = value.entries.map((entry) =>
        entry.kind === 'property' && entry.value === from ? entry.key : null,
      )
      const isPlain = value.entries.every(
        (entry) => entry.value !== from || entry.kind === 'property',
      )
      const [key, ...more] = keys.filter((name) => name !== null)
      return isPlain && key !== undefined && more.length === 0 && follow(id, [key, ...path], walk)
    }
    case 'unary':
      return value.operator === '!'
    case 'member':
      return followMember(id, value.key, path, walk)
    default:
      return false
  }
}

function followMember(id: ValueId, key: string, path: Path, walk: Walk): boolean {
  const [head, ...rest] = path
  if (head === undefined)
    return key === 'length' ? isOnlyAsked(id, walk.frame.module) : picked(id, key, walk)
  if (key === head) return follow(id, rest, walk)
  if (key === 'promise') {
    return calledAs(id, walk.frame.module).every(
      (call) => call !== null && followCall(call, path, walk),
    )
  }
  // Beside the items in an object of the code's own is something else; in the response it speaks of the items.
  return path.length > 1 || head !== 'Items' || ASIDE.has(key)
}

/** The calls of a method; null for each other use of it. */
function calledAs(callee: ValueId, module: Module): readonly (CallId | null)[] {
  return (usesIn(module).get(callee) ?? []).flatMap((use) => {
    if (use.kind === 'condition') return []
    return [use.kind === 'callee' ? use.call : null]
  })
}

/** What a call gives, followed on. */
function followCall(call: CallId, path: Path, walk: Walk): boolean {
  const value = valueOfCall(walk.frame.module, call)
  return value === null || follow(value, path, walk)
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

function picked(member: ValueId, method: string, walk: Walk): boolean {
  const { frame, state } = walk
  if (ADDS.has(method)) return true
  return calledAs(member, frame.module).every((call) => {
    const predicate = call === null ? undefined : givenBy(frame, call)[0]?.term()
    if (call === null || predicate === undefined) return false
    if (method === 'map') return givesItems(predicate) && followCall(call, [], walk)
    const tests = PICKING.has(method) ? testsOf(predicate) : null
    if (tests === null) return false
    state.picks.push(tests)
    return true
  })
}

/** A function that gives the item it is given: `unmarshall`, or one that only calls that. */
function givesItems(made: Term): boolean {
  if (made.kind === 'external') return made.path.at(-1) === 'unmarshall'
  if (made.kind !== 'function') return false
  const frame = freeFrame(made.module, made.function)
  const { returns } = functionOf(made.module, made.function)
  return returns.every(({ value }) => {
    const term = evaluate({ frame, value })
    return term.kind === 'parameter' && term.frame === frame && term.index === 0
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

const ADDS = new Set(['push', 'unshift'])

/** `list.push(...items)`: what the list becomes is a value of its own. */
function isAddedToList(module: Module, call: CallId, index: number): boolean {
  const facts = callOf(module, call)
  const callee = valueOf(module, facts.callee)
  const isSpread = facts.arguments[index]?.spread === true
  return callee.kind === 'member' && ADDS.has(callee.key) && isSpread
}

/** The value is written to a log. */
function isLogged(frame: Frame, call: CallId): boolean {
  const callee = evaluate({ frame, value: callOf(frame.module, call).callee })
  return callee.kind === 'external' && externalName(callee).startsWith('#console.')
}
