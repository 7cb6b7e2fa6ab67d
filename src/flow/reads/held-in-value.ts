import type { Key, Value, ValueId } from '../../facts/model.ts'
import { placeOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Frame } from '../../project/term.ts'
import { heldByMethod, isLog } from './held-by-call.ts'
import { holds, tested, used } from './held.ts'
import type { Held, Onward, Part } from './held.ts'
import { usesIn } from '../values/uses.ts'

const COMPARISON = /^(?:[!=]==?|[<>]=?|in|instanceof)$/

const RESPONSE: Readonly<Record<string, Part>> = {
  Items: 'items',
  Count: 'count',
  LastEvaluatedKey: 'cursor',
}

function isOnlyLogged(frame: Frame, id: ValueId): boolean {
  const uses = usesIn(frame.module).get(id) ?? []
  return uses.length > 0 && uses.every((use) => use.kind === 'argument' && isLog(frame, use.call))
}

/** Where something that a value holds goes on from another value that it is a part of. */
export function heldInValue(
  frame: Frame,
  id: ValueId,
  from: ValueId,
  held: Held,
): readonly Onward[] {
  const { module } = frame
  const value = valueOf(module, id)
  const at = placeOf(module, id)
  switch (value.kind) {
    case 'choice':
    case 'loop':
    case 'variable':
    case 'delete':
      return [holds(id, held)]
    case 'logical':
      if (value.operator !== '&&' || value.left !== from || value.right === from)
        return [holds(id, held)]
      return held.path.length === 0 && held.part === 'cursor' ? [used('cursor', held, at)] : []
    case 'unary':
      return held.part === 'attribute' ? [holds(id, held)] : tested(held, at)
    case 'binary':
      return heldInBinary(frame, id, value, from, held)
    case 'template':
      return held.path.length === 0 && !isOnlyLogged(frame, id) ? [used('handed', held, at)] : []
    case 'member':
      return heldInMember(frame, id, value.key, held)
    case 'item':
      if (value.of === from) return heldInItem(frame, id, value.key, held)
      return held.part === 'attribute' && countsUp(module, id) ? [used('summed', held, at)] : []
    case 'element':
      return heldInElement(id, held)
    case 'object':
      return value.entries.flatMap((entry) => {
        if (entry.kind === 'computed' && entry.key === from) return []
        if (entry.value !== from) return []
        if (entry.kind === 'spread') return [holds(id, held)]
        if (entry.kind === 'property') return [holds(id, below(entry.key, held))]
        return [used('handed', held, at)]
      })
    case 'array':
      return value.elements.flatMap((element, index) => {
        if (element.value !== from) return []
        if (element.spread) return heldInSpread(frame, id, held)
        return [holds(id, below(String(index), held))]
      })
    case 'set':
      if (value.of === from) return [holds(id, held)]
      if (value.value !== from) return []
      if (typeof value.key === 'string') return [holds(id, below(value.key, held))]
      return [used('handed', held, at)]
    case 'append': {
      const added = value.items.flatMap((item) => {
        if (item.value !== from) return []
        if (item.spread) return heldInSpread(frame, id, held)
        return [holds(id, appended(held))]
      })
      return value.of === from ? [holds(id, held), ...added] : added
    }
    case 'rest': {
      const [head] = held.path
      if (head !== undefined) return value.omit.includes(head) ? [] : [holds(id, held)]
      const isCut = held.part === 'answer' && value.omit.includes('LastEvaluatedKey')
      return [holds(id, isCut ? { ...held, part: 'page' } : held)]
    }
    case 'unknown':
      return [used('handed', held, at)]
    default:
      return []
  }
}

function below(key: string, held: Held): Held {
  return { ...held, path: [key, ...held.path] }
}

/** What a list holds that it was put into. */
function appended(held: Held): Held {
  if (held.part !== 'item' && held.part !== 'attribute') return below('[]', held)
  return { ...held, part: 'items', path: [], isMerged: true }
}

/** Elements spread into another list, or one of lists of them; `[...items]` alone is a copy. */
function heldInSpread(frame: Frame, id: ValueId, spread: Held): readonly Onward[] {
  const value = valueOf(frame.module, id)
  const isOfSeveral = value.kind !== 'array' || value.elements.length > 1
  const held = { ...spread, isMerged: spread.isMerged || isOfSeveral }
  const [head] = held.path
  if (head === undefined || head === '[]') return [holds(id, held)]
  return [used('handed', held, placeOf(frame.module, id))]
}

function heldInBinary(
  { module }: Frame,
  id: ValueId,
  value: Extract<Value, { kind: 'binary' }>,
  from: ValueId,
  held: Held,
): readonly Onward[] {
  const at = placeOf(module, id)
  if (held.path.length > 0) return []
  const other = valueOf(module, value.left === from ? value.right : value.left)
  if (COMPARISON.test(value.operator)) return tested(held, at, isNoneOrOne(other))
  if (held.part !== 'attribute') return [used('handed', held, at)]
  const isSum = value.operator === '+' && isRunning(module, other, id)
  return [isSum ? used('summed', held, at) : holds(id, held)]
}

function isNoneOrOne(value: Value): boolean {
  return value.kind === 'literal' && (value.value === 0 || value.value === 1)
}

/** What a loop had before, to which it adds: a variable, or a property of an object that it sets anew. */
function isRunning(module: Module, value: Value, sum: ValueId): boolean {
  if (value.kind === 'variable') {
    const { final = null, foreign = [] } = module.facts.variables[value.variable] ?? {}
    return [final, ...foreign].includes(sum)
  }
  const before = withoutDefault(module, value)
  return before.kind === 'loop' || isSetAnew(module, before, sum)
}

/** `acc.total + …` that becomes `total` of an object again. */
function isSetAnew(module: Module, before: Value, sum: ValueId): boolean {
  if (before.kind !== 'member' && before.kind !== 'item') return false
  return (usesIn(module).get(sum) ?? []).some((use) => {
    if (use.kind !== 'value') return false
    const value = valueOf(module, use.id)
    switch (value.kind) {
      case 'binary':
        return isSetAnew(module, before, use.id)
      case 'set':
        return value.value === sum && isSameKey(module, before.key, plainKey(value.key))
      case 'object':
        return value.entries.some(
          (entry) =>
            entry.kind !== 'spread' &&
            entry.value === sum &&
            isSameKey(module, before.key, entry.key),
        )
      default:
        return false
    }
  })
}

/** `counts[item.kind] = (counts[item.kind] ?? 0) + 1` */
function countsUp(module: Module, count: ValueId): boolean {
  const before = valueOf(module, count)
  const uses = usesIn(module)
  const defaulted = (uses.get(count) ?? []).flatMap((use) =>
    use.kind === 'value' && withoutDefault(module, valueOf(module, use.id)) === before
      ? [use.id]
      : [],
  )
  return [count, ...defaulted].some((id) =>
    (uses.get(id) ?? []).some((use) => {
      const sum = use.kind === 'value' ? valueOf(module, use.id) : null
      if (use.kind !== 'value' || sum?.kind !== 'binary' || sum.operator !== '+') return false
      const one = valueOf(module, sum.right)
      return one.kind === 'literal' && one.value === 1 && isSetAnew(module, before, use.id)
    }),
  )
}

function withoutDefault(module: Module, value: Value): Value {
  return value.kind === 'logical' && value.operator !== '&&' ? valueOf(module, value.left) : value
}

function plainKey(key: Key): string | ValueId {
  return typeof key === 'string' ? key : key.computed
}

/** Two keys that are the same text, the same value, or the same property of one. */
function isSameKey(module: Module, one: string | ValueId, other: string | ValueId): boolean {
  if (one === other) return true
  if (typeof one === 'string' || typeof other === 'string') return false
  const [x, y] = [valueOf(module, one), valueOf(module, other)]
  if (x.kind === 'variable' && y.kind === 'variable') return x.variable === y.variable
  return (
    x.kind === 'member' && y.kind === 'member' && x.key === y.key && isSameKey(module, x.of, y.of)
  )
}

function heldInMember(frame: Frame, id: ValueId, key: string, held: Held): readonly Onward[] {
  const { module } = frame
  const at = placeOf(module, id)
  const calls = (usesIn(module).get(id) ?? []).flatMap((use) =>
    use.kind === 'callee' ? [use.call] : [],
  )
  if (calls.length > 0) return calls.flatMap((call) => heldByMethod(frame, call, key, held))
  const [head, ...rest] = held.path
  if (head !== undefined) {
    const isThere = key === head || (head === '[]' && /^\d+$/.test(key))
    return isThere ? [holds(id, { ...held, path: rest })] : []
  }
  switch (held.part) {
    case 'answer':
    case 'page': {
      const part = RESPONSE[key]
      if (part === undefined || (part === 'cursor' && held.part === 'page')) return []
      return [holds(id, { ...held, part })]
    }
    case 'items':
      if (key === 'length' || key === 'size') return [holds(id, { ...held, part: 'count' })]
      return /^\d+$/.test(key) ? [used('first', held, at)] : []
    case 'item':
      return [holds(id, { ...held, part: 'attribute' })]
    case 'cursor':
      return [used('cursor', held, at)]
    case 'attribute':
      return [holds(id, held)]
    case 'count':
      return []
  }
}

/** `items[i]`. */
function heldInItem({ module }: Frame, id: ValueId, key: ValueId, held: Held): readonly Onward[] {
  const index = valueOf(module, key)
  const [head, ...rest] = held.path
  if (head !== undefined) {
    const isThere = head === '[]' || index.kind !== 'literal'
    return isThere ? [holds(id, { ...held, path: rest })] : []
  }
  if (held.part !== 'items') return []
  const at = placeOf(module, id)
  // A loop that counts its rounds goes through all of them; anything else picks one.
  if (index.kind !== 'loop') return [used('first', held, at)]
  return [used('each', held, at), holds(id, { ...held, part: 'item' })]
}

/** What a loop has of a list in each round. */
function heldInElement(id: ValueId, held: Held): readonly Onward[] {
  const [head, ...rest] = held.path
  if (head === '[]') return [holds(id, { ...held, path: rest })]
  return head === undefined && held.part === 'items' ? [holds(id, { ...held, part: 'item' })] : []
}
