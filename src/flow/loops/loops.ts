import type { FunctionId, LoopFacts, Range, ValueId } from '../../facts/model.ts'
import { evaluate } from '../../project/evaluate.ts'
import { callOf, placeOf, valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Place, Term } from '../../project/term.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import type { Step } from '../paths/steps.ts'

/**
 * Something on the way to an operation that happens once for each element of a list: a loop around a call, or a call of
 * `map`, `forEach` and their like.
 */
export interface Round {
  readonly kind: LoopFacts['kind'] | 'callback'
  /** The step of the trail that is taken in each round. */
  readonly level: number
  /** What it ranges over; null for a loop that only tests. */
  readonly over: Term | null
  /** Where that is written, with the dot behind it where a method is called on it. */
  readonly overAt: Place | null
  /** The loop as it is written, or the call that maps. */
  readonly at: Place
  /** Whether a value is the element of the round. That only the count of rounds goes into something says little. */
  readonly isElement: (module: Module, value: ValueId) => boolean
}

/** Methods that call a function for each element of a list, and which of its parameters is the element. */
const METHODS: Readonly<Record<string, number>> = {
  map: 0,
  forEach: 0,
  flatMap: 0,
  filter: 0,
  reduce: 1,
}

/** The rounds that lie between a function and an operation that it comes to, innermost first. */
export function roundsOf({ trail }: Occurrence): readonly Round[] {
  return trail
    .flatMap((step, level) => {
      const { loops } = callOf(step.frame.module, step.call)
      const next = trail[level + 1]
      const mapped = next ? mappedBy(step, next.frame, level + 1) : null
      return [
        ...loops.map((loop) => roundOfLoop(step.frame, loop, level)),
        ...(mapped ? [mapped] : []),
      ]
    })
    .reverse()
}

function roundOfLoop(frame: Frame, id: number, level: number): Round {
  const { module } = frame
  // Ids come from the module's own tables.
  const loop = module.facts.loops[id] as LoopFacts
  const list = loop.over ?? (loop.kind === 'for' ? countedList(module, loop, id) : null)
  return {
    kind: loop.kind,
    level,
    over:
      list === null ? null : evaluate({ frame: frameAround(frame, loop.function), value: list }),
    overAt: loop.overAt === null ? null : { ...loop.overAt, module },
    at: { ...loop.at, module },
    isElement: (of, value) => of === module && isElementOf(module, loop, id, value),
  }
}

function isElementOf(module: Module, loop: LoopFacts, id: number, value: ValueId): boolean {
  const node = valueOf(module, value)
  switch (node.kind) {
    case 'element':
      return node.of === loop.over && isWithin(placeOf(module, value), loop.at)
    case 'unknown':
      return (
        loop.kind === 'for-in' &&
        loop.over !== null &&
        node.from.includes(loop.over) &&
        isWithin(placeOf(module, value), loop.at)
      )
    case 'item': {
      const counter = valueOf(module, node.key)
      return counter.kind === 'loop' && counter.loop === id && isCounted(module, node.key)
    }
    default:
      return false
  }
}

/** A number that each round raises by one. */
function isCounted(module: Module, id: ValueId): boolean {
  const node = valueOf(module, id)
  const next = node.kind === 'loop' && node.next !== null ? valueOf(module, node.next) : null
  if (next?.kind !== 'binary' || next.operator !== '+' || next.left !== id) return false
  const step = valueOf(module, next.right)
  return step.kind === 'literal' && step.value === 1
}

/** The list whose length a counting loop is held against. */
function countedList(module: Module, { test }: LoopFacts, loop: number): ValueId | null {
  const node = test === null ? null : valueOf(module, test)
  if (node?.kind !== 'binary' || !/^<=?$|^!==?$/.test(node.operator)) return null
  const counter = valueOf(module, node.left)
  const bound = valueOf(module, node.right)
  const isOurs = counter.kind === 'loop' && counter.loop === loop && isCounted(module, node.left)
  return isOurs && bound.kind === 'member' && bound.key === 'length' ? bound.of : null
}

/** A call that calls back the function in which the next step is taken. */
function mappedBy({ frame, call }: Step, inner: Frame, level: number): Round | null {
  const { module } = frame
  const facts = callOf(module, call)
  const callee = valueOf(module, facts.callee)
  if (callee.kind !== 'member' || !Object.hasOwn(METHODS, callee.key)) return null
  const called = evaluate({ frame, value: facts.callee })
  if (alternatives(called).some(({ kind }) => kind === 'function')) return null
  return {
    kind: 'callback',
    level,
    over: evaluate({ frame, value: callee.of }),
    overAt: { start: facts.at.start, end: facts.calleeAt.start, module },
    at: { ...facts.at, module },
    isElement: (of, value) => {
      const node = valueOf(of, value)
      return (
        of === inner.module &&
        node.kind === 'parameter' &&
        node.function === inner.function &&
        node.index === METHODS[callee.key]
      )
    },
  }
}

/** The frame of a function as seen from one that runs in it. */
function frameAround(frame: Frame, id: FunctionId): Frame {
  for (let own: Frame | null = frame; own; own = own.lexical) if (own.function === id) return own
  return frame
}

function isWithin(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
