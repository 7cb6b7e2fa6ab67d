import type { CallId, FunctionId, Value, ValueId } from '../../facts/model.ts'
import type { Module } from '../../project/module.ts'

/** Something that a value goes into. */
export type Use =
  /** It is a part of, or what is computed into, another value. */
  | { readonly kind: 'value'; readonly id: ValueId }
  | { readonly kind: 'callee'; readonly call: CallId }
  | { readonly kind: 'argument'; readonly call: CallId; readonly index: number }
  | { readonly kind: 'return'; readonly function: FunctionId }
  /** It is only asked whether it is there. */
  | { readonly kind: 'condition' }
  | { readonly kind: 'loop' }
  /** It is exported, thrown, yielded or kept in an instance. */
  | { readonly kind: 'away' }

const known = new WeakMap<Module, ReadonlyMap<ValueId, readonly Use[]>>()

/** Where each value of a module is used. */
export function usesIn(module: Module): ReadonlyMap<ValueId, readonly Use[]> {
  const seen = known.get(module)
  if (seen) return seen
  const uses = new Map<ValueId, Use[]>()
  const add = (id: ValueId | null, use: Use): void => {
    if (id === null) return
    const before = uses.get(id)
    if (before) before.push(use)
    else uses.set(id, [use])
  }
  const { facts } = module
  facts.values.forEach((value, id) => {
    for (const inner of partsOf(value)) add(inner, { kind: 'value', id })
    if (value.kind === 'variable') {
      const variable = facts.variables[value.variable]
      for (const held of [variable?.final ?? null, ...(variable?.foreign ?? [])])
        add(held, { kind: 'value', id })
    }
  })
  facts.calls.forEach(({ callee, arguments: given }, call) => {
    add(callee, { kind: 'callee', call })
    given.forEach(({ value }, index) => {
      add(value, { kind: 'argument', call, index })
    })
  })
  facts.functions.forEach(({ returns, yields, throws }, id) => {
    for (const { value } of returns) add(value, { kind: 'return', function: id })
    for (const { value } of [...yields, ...throws]) add(value, { kind: 'away' })
  })
  for (const { condition } of facts.branches) add(condition, { kind: 'condition' })
  for (const { over, test } of facts.loops) {
    add(over, { kind: 'loop' })
    add(test, { kind: 'condition' })
  }
  for (const value of Object.values(facts.exports)) add(value, { kind: 'away' })
  for (const { assigned, members } of facts.classes) {
    for (const { value } of assigned) add(value, { kind: 'away' })
    for (const { value } of members) add(value, { kind: 'away' })
  }
  known.set(module, uses)
  return uses
}

/** The values that a value is made of. */
export function partsOf(value: Value): readonly ValueId[] {
  switch (value.kind) {
    case 'template':
      return value.parts.flatMap((part) => (part.kind === 'value' ? [part.value] : []))
    case 'object':
      return value.entries.flatMap((entry) =>
        entry.kind === 'computed' ? [entry.key, entry.value] : [entry.value],
      )
    case 'array':
      return value.elements.map((element) => element.value)
    case 'choice':
      return value.options
    case 'loop':
      return value.next === null ? [value.initial] : [value.initial, value.next]
    case 'member':
    case 'element':
    case 'delete':
    case 'rest':
    case 'unary':
      return [value.of]
    case 'item':
      return [value.of, value.key]
    case 'binary':
    case 'logical':
      return [value.left, value.right]
    case 'set':
      return [value.of, value.value]
    case 'append':
      return [value.of, ...value.items.map((item) => item.value)]
    case 'unknown':
      return value.from
    default:
      return []
  }
}

const callValues = new WeakMap<Module, ReadonlyMap<CallId, ValueId>>()

/** The value that a call gives; null where nothing reads it. */
export function valueOfCall(module: Module, call: CallId): ValueId | null {
  const seen = callValues.get(module) ?? new Map(valuesOfCalls(module))
  callValues.set(module, seen)
  return seen.get(call) ?? null
}

function valuesOfCalls({ facts }: Module): readonly (readonly [CallId, ValueId])[] {
  return facts.values.flatMap((value, id) =>
    value.kind === 'call' ? [[value.call, id] as const] : [],
  )
}

const parameterValues = new WeakMap<Module, ReadonlyMap<string, readonly ValueId[]>>()

/** The values that a parameter of a function is read as. */
export function valuesOfParameter(
  module: Module,
  id: FunctionId,
  index: number,
): readonly ValueId[] {
  const seen = parameterValues.get(module) ?? valuesOfParameters(module)
  parameterValues.set(module, seen)
  return seen.get(`${String(id)}:${String(index)}`) ?? []
}

function valuesOfParameters({ facts }: Module): ReadonlyMap<string, readonly ValueId[]> {
  const found = new Map<string, ValueId[]>()
  facts.values.forEach((value, id) => {
    if (value.kind !== 'parameter' || value.rest) return
    const key = `${String(value.function)}:${String(value.index)}`
    const before = found.get(key)
    if (before) before.push(id)
    else found.set(key, [id])
  })
  return found
}
