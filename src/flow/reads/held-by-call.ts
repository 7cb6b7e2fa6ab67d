import type { CallId, ValueId } from '../../facts/model.ts'
import { evaluate } from '../../project/evaluate.ts'
import { externalName, alternatives } from '../../project/term.ts'
import { callOf, valueOf } from '../../project/module.ts'
import type { Frame, Term } from '../../project/term.ts'
import { holds, tested, used } from './held.ts'
import type { Held, Onward } from './held.ts'
import { listMethod } from './list-methods.ts'
import { valueOfCall } from '../values/uses.ts'

const LOGS = new Set(['log', 'info', 'warn', 'debug', 'error', 'trace'])

/** What gives back what it is given first, or something of the same elements. */
const SAME_AS_FIRST = new Set([
  'all',
  'allSettled',
  'resolve',
  'from',
  'structuredClone',
  'freeze',
  'Map',
  'Set',
  'cloneDeep',
  'unmarshall',
  'orderBy',
  'sortBy',
  'uniq',
  'uniqBy',
  'compact',
  'shuffle',
])

const TESTS = new Set(['Boolean', 'isArray', 'isEmpty'])

const NUMBERS = new Set(['Number', 'parseInt', 'parseFloat'])

/** Whether a call only notes what it is given. */
export function isLog(frame: Frame, call: CallId): boolean {
  const callee = evaluate({ frame, value: callOf(frame.module, call).callee })
  return LOGS.has(lastName(callee)) || isOwnLog(frame, call)
}

/** `logger.info(…)` of a logger that the project has written itself, and whose result nobody wants. */
function isOwnLog({ module }: Frame, call: CallId): boolean {
  const { callee, discarded } = callOf(module, call)
  const method = valueOf(module, callee)
  return discarded && method.kind === 'member' && LOGS.has(method.key)
}

/** Where something held goes on from the arguments of a call. */
export function heldByArgument(
  frame: Frame,
  call: CallId,
  index: number,
  held: Held,
): readonly Onward[] {
  const { module } = frame
  const facts = callOf(module, call)
  if (isOwnLog(frame, call)) return []
  const callee = evaluate({ frame, value: facts.callee })
  const functions = alternatives(callee).filter((option) => option.kind === 'function')
  if (functions.length > 0 && !facts.isNew)
    return functions.map((to) => ({ kind: 'given', call, index, to, held }))
  const name = lastName(callee)
  if (LOGS.has(name)) return []
  if (held.path.length === 0) {
    // `new Array(items.length)`: what becomes of a bare number is anybody's guess.
    if (held.part === 'count') return []
    if (TESTS.has(name)) return tested(held, facts.at)
    if (held.part === 'attribute') return NUMBERS.has(name) ? result(frame, call, held) : []
    if (held.part === 'items' && isExtreme(callee) && facts.arguments[index]?.spread === true)
      return [used('summed', held, facts.at)]
  }
  if (SAME_AS_FIRST.has(name) && index === 0) return result(frame, call, held)
  const method = valueOf(module, facts.callee)
  // What a list becomes is a value of its own.
  if (method.kind === 'member' && listMethod(method.key) === 'add') return []
  if (method.kind === 'member' && method.key === 'concat' && held.part === 'items')
    return result(frame, call, held)
  return [used('handed', held, facts.at)]
}

/** Where something held goes on from a call of one of its methods. */
export function heldByMethod(
  frame: Frame,
  call: CallId,
  method: string,
  held: Held,
): readonly Onward[] {
  const { at } = callOf(frame.module, call)
  if (method === 'promise' || method === 'finally' || method === 'catch')
    return result(frame, call, held)
  if (method === 'then') return [{ kind: 'callback', call, held, up: (one) => one }]
  const [head] = held.path
  if (head === '[]') return heldByListOfAnswers(frame, call, method, held)
  if (head !== undefined) return []
  switch (held.part) {
    case 'items':
      return heldByList(frame, call, method, held)
    case 'attribute':
      return result(frame, call, held)
    case 'cursor':
      return [used('cursor', held, at)]
    case 'count':
      return [used('handed', held, at)]
    case 'answer':
    case 'page':
    case 'item':
      return []
  }
}

/** A method of a list whose elements have the answers. */
function heldByListOfAnswers(
  frame: Frame,
  call: CallId,
  method: string,
  held: Held,
): readonly Onward[] {
  const element: Held = { ...held, path: held.path.slice(1) }
  if (method === 'map' || method === 'forEach') {
    const up = (one: Held): Held => ({ ...one, path: ['[]', ...one.path] })
    return [{ kind: 'callback', call, held: element, up }]
  }
  if (method === 'flatMap') return [{ kind: 'callback', call, held: element, up: (one) => one }]
  if (method === 'flat') return result(frame, call, element)
  if (listMethod(method) === 'same') return result(frame, call, held)
  return [used('handed', held, callOf(frame.module, call).at)]
}

/** A method of the list of items. */
function heldByList(frame: Frame, call: CallId, method: string, held: Held): readonly Onward[] {
  const { at, arguments: given } = callOf(frame.module, call)
  const after: Held = { ...held, steps: [...held.steps, { method, frame, call }] }
  const eachItem: Extract<Onward, { kind: 'callback' }> = {
    kind: 'callback',
    call,
    held: { ...held, part: 'item' },
    up: () => null,
  }
  switch (listMethod(method)) {
    case 'same':
    case 'map':
      return [eachItem, ...result(frame, call, after)]
    case 'each':
      return [used('each', held, at), eachItem]
    case 'first':
      return [used('first', after, at)]
    case 'search':
      return [eachItem, used('searched', after, at)]
    case 'reduce':
      return isNumber(frame, given[1]?.value)
        ? [used('summed', after, at)]
        : [{ ...eachItem, parameter: 1 }, ...result(frame, call, after)]
    case 'add':
      return []
    case null:
      // A text of the items, which may only be logged.
      return method === 'join' ? result(frame, call, held) : [used('handed', held, at)]
  }
}

function result({ module }: Frame, call: CallId, held: Held): readonly Onward[] {
  const value = valueOfCall(module, call)
  return value === null ? [] : [holds(value, held)]
}

function isNumber({ module }: Frame, id: ValueId | undefined): boolean {
  if (id === undefined) return false
  const value = valueOf(module, id)
  return value.kind === 'literal' && typeof value.value === 'number'
}

function isExtreme(callee: Term): boolean {
  return callee.kind === 'external' && ['#Math.max', '#Math.min'].includes(externalName(callee))
}

function lastName(callee: Term): string {
  if (callee.kind === 'external') return callee.path.at(-1) ?? callee.source
  return callee.kind === 'part' ? callee.key : ''
}
