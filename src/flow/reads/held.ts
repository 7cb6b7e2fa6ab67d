import type { CallId, ValueId } from '../../facts/model.ts'
import type { Frame, FunctionTerm } from '../../project/term.ts'

/** A method that a list went through: `filter`, `map`, `sort`. */
export interface ListStep {
  readonly method: string
  readonly frame: Frame
  readonly call: CallId
}

/**
 * What code does with the answer of a Query or Scan.
 * - `cursor`: it looks at LastEvaluatedKey, or hands on an answer that has it.
 * - `first`: it takes one item by its place.
 * - `tested`: it asks whether there is any, or holds their number against another.
 * - `counted`: it takes their number for a value.
 * - `searched`: it looks for one among the items.
 * - `summed`: it adds up a part of each, or takes the greatest.
 * - `each`: it goes through them one by one.
 * - `listed`: it hands the list on: to its caller, into an answer, to something that is not known.
 */
export type UseKind =
  'cursor' | 'first' | 'tested' | 'counted' | 'searched' | 'summed' | 'each' | 'listed'

/** What of an answer is followed; `page` is an answer without its cursor. */
export type Part = 'answer' | 'page' | 'cursor' | 'items' | 'count' | 'item' | 'attribute'

/** A value that holds a part of an answer: `path` leads from the value to it, `[]` standing for each element of a list. */
export interface Held {
  readonly part: Part
  readonly path: readonly string[]
  readonly steps: readonly ListStep[]
  readonly isMerged: boolean
}

interface Range {
  readonly start: number
  readonly end: number
}

/**
 * Where what is held goes on.
 * - `holds`: another value of the same function has it now.
 * - `callback`: a library hands it to the function that the call is given, as its first parameter or another; what that gives
 *   back is what the call gives, as `up` says.
 * - `given`: a function of the project has it as a parameter.
 * - `used`: something is done with it. `handed` is to something that is not known, and that may look at a cursor in it.
 */
export type Onward =
  | { readonly kind: 'holds'; readonly id: ValueId; readonly held: Held }
  | {
      readonly kind: 'callback'
      readonly call: CallId
      readonly held: Held
      readonly parameter?: number
      readonly up: (returned: Held) => Held | null
    }
  | {
      readonly kind: 'given'
      readonly call: CallId
      readonly index: number
      readonly to: FunctionTerm
      readonly held: Held
    }
  | {
      readonly kind: 'used'
      readonly as: UseKind | 'handed'
      readonly held: Held
      readonly at: Range
      readonly isTest: boolean
    }

export function holds(id: ValueId, held: Held): Onward {
  return { kind: 'holds', id, held }
}

export function used(as: UseKind | 'handed', held: Held, at: Range, isTest = false): Onward {
  return { kind: 'used', as, held, at, isTest }
}

/**
 * That there is a list says nothing of what is in it.
 *
 * @param isAny whether it is asked if there is one, rather than more than some number
 */
export function tested(held: Held, at: Range, isAny = true): readonly Onward[] {
  if (held.path.length > 0) return []
  if (held.part === 'cursor') return [used('cursor', held, at, true)]
  if (held.part === 'count') return [used('tested', held, at, isAny)]
  return []
}
