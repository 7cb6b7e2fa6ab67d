import type { Range, Value, ValueId } from '../../facts/model.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { callOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Frame, Place } from '../../project/term.ts'
import type { Occurrence } from '../paths/occurrences.ts'

const COMPARISON = /^(?:[<>]=?|[=!]==?)$/

const MOST_DEPTH = 8

/**
 * Whether the code that leads to an operation counts: it holds the length of something, or a number, against a bound that
 * is more than "none" or "one", or goes through a list by steps. Which list it counts is not asked: code that counts
 * knows that there is a limit.
 *
 * @param list where the list is written: a loop that does not make it anew does not cut it
 */
export function countsElements({ trail }: Occurrence, list: Place): boolean {
  return trail.some(({ frame, call }) => {
    const { module } = frame
    const functions = around(frame)
    const { loops } = callOf(module, call)
    return (
      module.facts.branches.some(
        (branch) =>
          branch.kind !== 'loop' &&
          functions.has(branch.function) &&
          branch.condition !== null &&
          counts(module, branch.condition, 0),
      ) ||
      module.facts.loops.some(
        ({ test, at }, id) =>
          loops.includes(id) &&
          (module !== list.module || contains(at, list)) &&
          test !== null &&
          isCounting(module, test, 0),
      )
    )
  })
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** The function of a frame, and those that it stands in. */
function around(frame: Frame): ReadonlySet<number> {
  const functions = new Set<number>()
  for (let own: Frame | null = frame; own; own = own.lexical)
    if (own.function !== 0 || own === frame) functions.add(own.function)
  return functions
}

/** A loop around the operation goes on while something is left. */
function isCounting(module: Module, id: ValueId, depth: number): boolean {
  const node = valueOf(module, id)
  if (depth > MOST_DEPTH) return false
  if (isLength(node)) return true
  return operandsOf(node).some((operand) => isCounting(module, operand, depth + 1))
}

function counts(module: Module, id: ValueId, depth: number): boolean {
  if (depth > MOST_DEPTH) return false
  const node = valueOf(module, id)
  if (node.kind === 'binary' && node.operator === '%') return true
  if (node.kind === 'binary' && COMPARISON.test(node.operator)) {
    const [left, right] = [valueOf(module, node.left), valueOf(module, node.right)]
    if (isLength(left) && !isFew(right)) return true
    if (isLength(right) && !isFew(left)) return true
    if (isBound(left) || isBound(right)) return true
  }
  return operandsOf(node).some((operand) => counts(module, operand, depth + 1))
}

function operandsOf(node: Value): readonly ValueId[] {
  switch (node.kind) {
    case 'logical':
    case 'binary':
      return [node.left, node.right]
    case 'unary':
      return [node.of]
    default:
      return []
  }
}

function isLength(node: Value): boolean {
  return node.kind === 'member' && (node.key === 'length' || node.key === 'size')
}

function isFew(node: Value): boolean {
  return node.kind === 'literal' && (typeof node.value !== 'number' || Math.abs(node.value) <= 1)
}

/** A number such as limits are. */
function isBound(node: Value): boolean {
  return (
    node.kind === 'literal' &&
    typeof node.value === 'number' &&
    node.value >= 10 &&
    node.value <= 100
  )
}

/** The least number, above one, that the length of something of a name is held against in a file; null where it is not. */
export function boundOfLength(module: Module, name: string): number | null {
  const bounds = module.facts.branches.flatMap(({ condition, function: id }) =>
    condition === null ? [] : boundsIn(module, condition, id, name, 0),
  )
  return bounds.length === 0 ? null : Math.min(...bounds)
}

function boundsIn(
  module: Module,
  id: ValueId,
  within: number,
  name: string,
  depth: number,
): readonly number[] {
  if (depth > MOST_DEPTH) return []
  const node = valueOf(module, id)
  if (node.kind === 'binary' && /^[<>]=?$/.test(node.operator)) {
    const { left, right } = node
    const bound = isLengthOf(module, left, name)
      ? right
      : isLengthOf(module, right, name)
        ? left
        : null
    const term =
      bound === null ? null : evaluate({ frame: freeFrame(module, within), value: bound })
    const count = term?.kind === 'literal' ? term.value : null
    return typeof count === 'number' && count > 1 ? [count] : []
  }
  return operandsOf(node).flatMap((operand) => boundsIn(module, operand, within, name, depth + 1))
}

/** `order.lines.length`, for `lines`. */
function isLengthOf(module: Module, id: ValueId, name: string): boolean {
  const node = valueOf(module, id)
  if (node.kind !== 'member' || node.key !== 'length') return false
  const list = valueOf(module, node.of)
  return list.kind === 'member' && list.key === name
}
