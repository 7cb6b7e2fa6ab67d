import type { CallId, Value, ValueId } from '../../facts/model.ts'
import { evaluate } from '../../project/evaluate.ts'
import { externalName } from '../../project/term.ts'
import { callOf, valueOf } from '../../project/module.ts'
import type { Frame } from '../../project/term.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { usesIn, valueOfCall } from '../values/uses.ts'

/** How many uses of one read are followed. */
const MOST_STEPS = 100

/** What of an answer a value is: all of it, the items in it, or one of them. */
type Part = 'answer' | 'items' | 'item'

/** Whether it is only asked if there is an item: nothing else of what a read gave is looked at. */
export function isOnlyTested(read: Occurrence): boolean {
  if (read.spelling.callback !== null) return false
  const walk = { left: MOST_STEPS }
  let part: Part = 'answer'
  for (const { frame, call } of [...read.trail].reverse()) {
    const value = valueOfCall(frame.module, call)
    if (value === null) return false
    const state: State = { frame, returned: null, seen: new Set(), walk }
    if (!isTested(value, part, state)) return false
    if (state.returned === null) return true
    part = state.returned
  }
  return false
}

interface State {
  readonly frame: Frame
  /** What the function hands to its caller. */
  returned: Part | null
  readonly seen: Set<ValueId>
  readonly walk: { left: number }
}

function isTested(id: ValueId, part: Part, state: State): boolean {
  const { frame, seen, walk } = state
  if (seen.has(id)) return true
  seen.add(id)
  walk.left -= 1
  if (walk.left <= 0) return false
  return (usesIn(frame.module).get(id) ?? []).every((use) => {
    switch (use.kind) {
      case 'condition':
        return true
      case 'return': {
        const before = state.returned ?? part
        state.returned = part
        return use.function === frame.function && before === part
      }
      case 'argument':
        return isAsked(use.call, part, state)
      case 'callee':
        return isAwaited(id, use.call, part, state)
      case 'value':
        return isTestedIn(use.id, part, state)
      case 'loop':
      case 'away':
        return false
    }
  })
}

const COMPARISON = /^(?:[!=]==?|[<>]=?|in)$/

function isTestedIn(id: ValueId, part: Part, state: State): boolean {
  const value: Value = valueOf(state.frame.module, id)
  switch (value.kind) {
    case 'binary':
      return COMPARISON.test(value.operator)
    case 'unary':
      return value.operator === '!' || value.operator === 'typeof'
    case 'member': {
      if (value.key === 'promise') return isTested(id, part, state)
      const inner = memberOfPart(part, value.key)
      return inner === 'aside' || (inner !== null && isTested(id, inner, state))
    }
    case 'choice':
    case 'loop':
    case 'logical':
    case 'variable':
      return isTested(id, part, state)
    default:
      return false
  }
}

/** `aside`: it says nothing of the item but whether it is there; null: it is a part of the item. */
function memberOfPart(part: Part, key: string): Part | 'aside' | null {
  switch (part) {
    case 'answer':
      return key === 'Item' ? 'item' : key === 'Items' ? 'items' : 'aside'
    case 'items':
      return key === '0' ? 'item' : key === 'length' ? 'aside' : null
    case 'item':
      return null
  }
}

/** Given to something that asks no more of it, or written to a log. */
function isAsked(call: CallId, part: Part, state: State): boolean {
  const { frame } = state
  const callee = evaluate({ frame, value: callOf(frame.module, call).callee })
  if (callee.kind !== 'external') return false
  const name = externalName(callee)
  if (name.startsWith('#console.') || name === '#Boolean' || callee.path.at(-1) === 'isEmpty')
    return true
  const value = callee.path.at(-1) === 'unmarshall' ? valueOfCall(frame.module, call) : null
  return value !== null && isTested(value, part, state)
}

/** `send(…).promise()`. */
function isAwaited(callee: ValueId, call: CallId, part: Part, state: State): boolean {
  const method = valueOf(state.frame.module, callee)
  const value =
    method.kind === 'member' && method.key === 'promise'
      ? valueOfCall(state.frame.module, call)
      : null
  return value !== null && isTested(value, part, state)
}
