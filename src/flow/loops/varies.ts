import type { FunctionId, ValueId } from '../../facts/model.ts'
import { callOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Round } from './loops.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import type { Step } from '../paths/steps.ts'
import { partsOf } from '../values/uses.ts'

/** Members of a request that say nothing of which item is meant. */
const NOT_THE_ITEM = new Set([
  'TableName',
  'IndexName',
  'ExclusiveStartKey',
  'Limit',
  'ProjectionExpression',
  'ExpressionAttributeNames',
  'ReturnValues',
])

/** How many values are looked at. */
const MOST_STEPS = 3000

/**
 * Whether what an operation asks for follows from the element of a round: each round asks for something else. A retry, or a
 * loop that pages, asks for the same again.
 */
export function variesWith({ trail }: Occurrence, round: Round): boolean {
  return followsFrom(trail, round.level, round.isElement)
}

/**
 * Whether what the last call of a trail is given follows from some value: through variables, members and calls, and up into
 * what the calls before it gave.
 *
 * @param top the step of the trail above which nothing is followed
 */
export function followsFrom(
  trail: readonly Step[],
  top: number,
  isSought: (module: Module, id: ValueId) => boolean,
): boolean {
  const seen = new Set<string>()
  let steps = MOST_STEPS

  const isFrom = (module: Module, id: ValueId, level: number): boolean => {
    const key = `${String(level)}:${String(id)}`
    if (seen.has(key) || steps <= 0) return false
    seen.add(key)
    steps -= 1
    if (isSought(module, id)) return true
    const node = valueOf(module, id)
    const into = (inner: ValueId): boolean => isFrom(module, inner, level)
    switch (node.kind) {
      case 'parameter':
        return isGiven(module, node.function, level, node.index)
      case 'this':
        return isGiven(module, node.function, level, null)
      case 'call': {
        const { callee, arguments: given } = callOf(module, node.call)
        const called = valueOf(module, callee)
        return (
          (called.kind === 'member' && into(called.of)) || given.some((item) => into(item.value))
        )
      }
      case 'variable': {
        const variable = module.facts.variables[node.variable]
        return [variable?.final ?? null, ...(variable?.foreign ?? [])].some(
          (held) => held !== null && into(held),
        )
      }
      case 'object':
        return node.entries.some(
          (entry) =>
            !(entry.kind === 'property' && NOT_THE_ITEM.has(entry.key)) &&
            (into(entry.value) || (entry.kind === 'computed' && into(entry.key))),
        )
      default:
        return partsOf(node).some(into)
    }
  }

  /** What the call that entered a function gave it; `index` null: what it was called on. */
  const isGiven = (
    module: Module,
    id: FunctionId,
    level: number,
    index: number | null,
  ): boolean => {
    for (let at = level; at > top; at -= 1) {
      const own = trail[at]
      const caller = trail[at - 1]
      if (!own || !caller || own.frame.module !== module || own.frame.function !== id) continue
      const { callee, arguments: given } = callOf(caller.frame.module, caller.call)
      const called = valueOf(caller.frame.module, callee)
      const into = (inner: ValueId): boolean => isFrom(caller.frame.module, inner, at - 1)
      const isBack = given.some(({ value }) => {
        const { kind } = valueOf(caller.frame.module, value)
        return kind === 'function'
      })
      if (index === null || isBack) return called.kind === 'member' && into(called.of)
      const isSpread = given.slice(0, index + 1).some(({ spread }) => spread)
      const facts = module.facts.functions[id]?.parameters[index]
      const items = isSpread || facts?.rest === true ? given : given.slice(index, index + 1)
      return items.some((item) => into(item.value))
    }
    return false
  }

  const last = trail.length - 1
  const own = trail[last]
  if (!own) return false
  const { arguments: given } = callOf(own.frame.module, own.call)
  return given.some((item) => isFrom(own.frame.module, item.value, last))
}
