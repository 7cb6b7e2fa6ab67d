import type { CallId, Value, ValueId } from '../facts/model.ts'
import { evaluate, externalName } from '../project/evaluate.ts'
import { callOf, valueOf } from '../project/module.ts'
import type { Frame } from '../project/term.ts'
import type { Occurrence } from './occurrences.ts'
import { usesIn } from './uses.ts'

/** How many uses of one read are followed. */
const MOST_STEPS = 100

/** Whether nothing of what a read gave goes anywhere but into conditions: the read is a test and nothing else. */
export function isOnlyTested(read: Occurrence): boolean {
  if (read.spelling.callback !== null) return false
  const walk = { left: MOST_STEPS }
  for (const { frame, call } of [...read.trail].reverse()) {
    const value = valueOfCall(frame, call)
    if (value === null) return false
    const state = { frame, isReturned: false, seen: new Set<ValueId>(), walk }
    if (!isTested(value, state)) return false
    if (!state.isReturned) return true
  }
  return false
}

interface State {
  readonly frame: Frame
  isReturned: boolean
  readonly seen: Set<ValueId>
  readonly walk: { left: number }
}

function valueOfCall({ module }: Frame, call: CallId): ValueId | null {
  const id = module.facts.values.findIndex((value) => value.kind === 'call' && value.call === call)
  return id < 0 ? null : id
}

function isTested(id: ValueId, state: State): boolean {
  const { frame, seen, walk } = state
  if (seen.has(id)) return true
  seen.add(id)
  walk.left -= 1
  if (walk.left <= 0) return false
  return (usesIn(frame.module).get(id) ?? []).every((use) => {
    switch (use.kind) {
      case 'condition':
        return true
      case 'return':
        state.isReturned = true
        return use.function === frame.function
      case 'argument':
        return isAsked(id, use.call, state)
      case 'callee':
        return isAskedOf(id, use.call, state)
      case 'value':
        return isTestedIn(use.id, valueOf(frame.module, use.id), state)
      case 'loop':
      case 'away':
        return false
    }
  })
}

const COMPARISON = /^(?:[!=]==?|[<>]=?|in|instanceof)$/

function isTestedIn(id: ValueId, value: Value, state: State): boolean {
  switch (value.kind) {
    case 'binary':
      return COMPARISON.test(value.operator)
    case 'unary':
      return value.operator === '!' || value.operator === 'typeof'
    case 'member':
    case 'element':
    case 'item':
    case 'choice':
    case 'loop':
    case 'logical':
    case 'variable':
      return isTested(id, state)
    default:
      return false
  }
}

/** Given to something that tells no more of it, or written to a log. */
function isAsked(id: ValueId, call: CallId, state: State): boolean {
  const { frame } = state
  const callee = evaluate({ frame, value: callOf(frame.module, call).callee })
  if (callee.kind !== 'external') return false
  const name = externalName(callee)
  if (name.startsWith('#console.') || name === '#Boolean' || callee.path.at(-1) === 'isEmpty')
    return true
  if (!/#(?:unmarshall|Object\.keys)$/.test(name) && callee.path.at(-1) !== 'unmarshall')
    return false
  const value = valueOfCall(frame, call)
  return value !== null && isTested(value, state)
}

/** `item.tags.includes(tag)`; `send(…).promise()`. */
function isAskedOf(callee: ValueId, call: CallId, state: State): boolean {
  const method = valueOf(state.frame.module, callee)
  if (method.kind !== 'member') return false
  if (/^(?:includes|some|every|startsWith|endsWith)$/.test(method.key)) return true
  if (method.key !== 'promise') return false
  const value = valueOfCall(state.frame, call)
  return value !== null && isTested(value, state)
}
