import type { LoopFacts, Range, Value, ValueId } from '../../facts/model.ts'
import { chainOf } from '../../operations/settled.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import { placeOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame } from '../../project/term.ts'
import { UNKNOWN, keysLength, lengthOf, longest, sum } from './list-length.ts'
import type { ListLength } from './list-length.ts'
import type { InputContext } from '../values/request-input.ts'

/** A list that the code builds: what is written in it, and what is added to it. */
export function builtLength(
  frame: Frame,
  value: ValueId,
  context: InputContext,
  depth: number,
): ListLength {
  const { module } = frame
  const chain = withForeign(module, chainOf(module, [value]))
  const nodes = chain.map((id) => ({ id, node: valueOf(module, id) }))
  const made = nodes.filter(({ node }) => node.kind === 'array' || node.kind === 'object')
  const own = made.map(({ node }) => ownLength(node, frame, context, depth))
  const added = nodes.flatMap(({ id, node }) => {
    if (node.kind !== 'append' && !(node.kind === 'set' && typeof node.key !== 'string')) return []
    const at = placeOf(module, id)
    const from =
      made.length > 0 ? made.map((base) => placeOf(module, base.id)) : basesOf(node, frame)
    const each =
      node.kind === 'append'
        ? ownLength(node, frame, context, depth)
        : ({ kind: 'at most', count: 1 } as const)
    return [each, ...repeated(at, from, frame, context, depth)]
  })
  return sum([longest(own), ...added])
}

/** Where the objects are written that a change may be made to, where that is not the value itself: `request.values[key] = …`. */
function basesOf(node: Value, frame: Frame): readonly Range[] {
  if (node.kind !== 'append' && node.kind !== 'set') return []
  return alternatives(evaluate({ frame, value: node.of })).flatMap((option) => {
    if (option.kind !== 'object' && option.kind !== 'array') return []
    const { module } = option.ref.frame
    const { kind } = valueOf(module, option.ref.value)
    const isLiteral = kind === 'object' || kind === 'array'
    return isLiteral && module === frame.module ? [placeOf(module, option.ref.value)] : []
  })
}

/** What callbacks make of a list belongs to it, too. */
function withForeign(module: Module, chain: ReadonlySet<ValueId>): readonly ValueId[] {
  const foreign = module.facts.variables.flatMap((variable) =>
    variable.final !== null && chain.has(variable.final) ? variable.foreign : [],
  )
  return [...new Set([...chain, ...chainOf(module, foreign)])]
}

function ownLength(node: Value, frame: Frame, context: InputContext, depth: number): ListLength {
  const items = node.kind === 'array' ? node.elements : node.kind === 'append' ? node.items : []
  return sum(
    items.map((item) =>
      item.spread
        ? lengthOf(evaluate({ frame, value: item.value }), context, depth + 1)
        : { kind: 'at most', count: 1 },
    ),
  )
}

/** How often what stands at a place happens to one list: for each loop around it that is not around the list, too. */
function repeated(
  at: Range,
  from: readonly Range[],
  frame: Frame,
  context: InputContext,
  depth: number,
): readonly ListLength[] {
  const { module } = frame
  const isAround = (outer: Range): boolean =>
    contains(outer, at) && !from.every((base) => contains(outer, base))
  const loops = module.facts.loops.filter((loop) => isAround(loop.at))
  const callbacks = module.facts.calls.filter(
    (call) =>
      isAround(call.at) &&
      call.arguments.some(
        (given) => contains(given.at, at) && valueOf(module, given.value).kind === 'function',
      ),
  )
  const within = (id: number): Frame => frameFor(frame, id)
  return [
    ...loops.map((loop) => loopLength(loop, within(loop.function), context, depth)),
    ...callbacks.map((call): ListLength => {
      const callee = valueOf(module, call.callee)
      if (callee.kind !== 'member') return UNKNOWN
      if (callee.key !== 'forEach' && callee.key !== 'map') return UNKNOWN
      const over = evaluate({ frame: within(call.function), value: callee.of })
      return lengthOf(over, context, depth + 1)
    }),
  ]
}

/** The frame of a function as seen from one that runs in it. */
function frameFor(frame: Frame, id: number): Frame {
  for (let own: Frame | null = frame; own; own = own.lexical) if (own.function === id) return own
  return freeFrame(frame.module, id)
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

function loopLength(
  { kind, over, test }: LoopFacts,
  frame: Frame,
  context: InputContext,
  depth: number,
): ListLength {
  if (over !== null) {
    const list = evaluate({ frame, value: over })
    return kind === 'for-of' ? lengthOf(list, context, depth + 1) : keysLength(list, context, depth)
  }
  const node = test === null ? null : valueOf(frame.module, test)
  if (kind !== 'for' || node?.kind !== 'binary' || !/^<=?$/.test(node.operator)) return UNKNOWN
  const bound = valueOf(frame.module, node.right)
  if (bound.kind === 'literal' && typeof bound.value === 'number')
    return { kind: 'at most', count: bound.value }
  return bound.kind === 'member' && bound.key === 'length'
    ? lengthOf(evaluate({ frame, value: bound.of }), context, depth + 1)
    : UNKNOWN
}
