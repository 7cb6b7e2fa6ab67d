import type { Range, ValueId } from '../facts/model.ts'
import { guardsOf } from '../flow/paths/occurrences.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import { responsePart } from '../flow/values/sources.ts'
import { evaluate } from '../project/evaluate.ts'
import { placeOf, valueOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Frame, Ref, Term } from '../project/term.ts'

/** A condition that surely came out one way before something happened. */
export interface Held extends Ref {
  readonly holds: boolean
  /** Or there was no item at all: `if (item && item.taken >= most) throw`. */
  readonly orMissing: boolean
}

/** What must have held for an occurrence to come about, `a && b` and `!a` taken apart. */
export function heldBefore(occurrence: Occurrence, read: Occurrence): readonly Held[] {
  return guardsOf(occurrence).flatMap(({ frame, guard }) => {
    const branch = frame.module.facts.branches[guard.branch]
    if (branch?.condition == null) return []
    if (branch.kind === 'loop' || branch.kind === 'catch' || branch.kind === 'switch') return []
    return takenApart({ frame, value: branch.condition }, guard.arm === 0, read)
  })
}

function takenApart(ref: Ref, holds: boolean, read: Occurrence): readonly Held[] {
  const { frame, value } = ref
  const node = valueOf(frame.module, value)
  if (node.kind === 'unary' && node.operator === '!')
    return takenApart({ frame, value: node.of }, !holds, read)
  if (node.kind === 'logical' && node.operator === (holds ? '&&' : '||')) {
    return [node.left, node.right].flatMap((half) =>
      takenApart({ frame, value: half }, holds, read),
    )
  }
  if (node.kind === 'logical' && node.operator === '&&' && !holds) {
    const [inner, ...more] = takenApart({ frame, value: node.right }, false, read)
    if (inner && more.length === 0 && isItem(evaluate({ frame, value: node.left }), read))
      return [{ ...inner, orMissing: true }]
  }
  return [{ frame, value, holds, orMissing: false }]
}

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>='

/** `left comparator right`, as it held. */
export interface HeldComparison {
  readonly frame: Frame
  readonly left: ValueId
  readonly leftAt: Range
  readonly comparator: Comparator
  readonly right: ValueId
  readonly rightAt: Range
  readonly orMissing: boolean
}

const COMPARATORS: Readonly<Record<string, Comparator>> = {
  '===': '=',
  '==': '=',
  '!==': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

const OPPOSITE: Readonly<Record<Comparator, Comparator>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}

const TURNED: Readonly<Record<Comparator, Comparator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

/** A held condition as a comparison, both ways round; none where it is none. */
export function comparisonsIn({ frame, value, holds, orMissing }: Held): readonly HeldComparison[] {
  const node = valueOf(frame.module, value)
  if (node.kind !== 'binary' || !Object.hasOwn(COMPARATORS, node.operator) || !node.rightAt)
    return []
  const written = COMPARATORS[node.operator] as Comparator
  const comparator = holds ? written : OPPOSITE[written]
  const { left, leftAt, right, rightAt } = node
  return [
    { frame, left, leftAt, comparator, right, rightAt, orMissing },
    {
      frame,
      left: right,
      leftAt: rightAt,
      comparator: TURNED[comparator],
      right: left,
      rightAt: leftAt,
      orMissing,
    },
  ]
}

/** A value that is an attribute of the item read, unchanged, perhaps with a default for where there is none. */
export interface ReadAttribute {
  readonly attribute: string
  readonly fallback: Ref | null
  readonly operator: '??' | '||' | null
}

export function attributeRead(ref: Ref, read: Occurrence): ReadAttribute | null {
  const node = valueOf(ref.frame.module, ref.value)
  if (node.kind === 'logical' && node.operator !== '&&') {
    const attribute = plainAttribute(evaluate({ frame: ref.frame, value: node.left }), read)
    if (attribute === null) return null
    const fallback = { frame: ref.frame, value: node.right }
    return { attribute, fallback, operator: node.operator }
  }
  const attribute = plainAttribute(evaluate(ref), read)
  return attribute === null ? null : { attribute, fallback: null, operator: null }
}

/** The attribute that a term is; null where it is anything else. */
export function plainAttribute(term: Term, read: Occurrence): string | null {
  const options = alternatives(term).filter(
    (option) => !(option.kind === 'literal' && option.value === undefined),
  )
  const names = options.map((option) => {
    const part = responsePart(numberOf(option))
    const isOwn = part?.frame === read.frame && part.call === read.call && part.about === null
    return isOwn && part.path.length === 1 ? part.path[0] : undefined
  })
  const [first] = names
  return first !== undefined && names.every((name) => name === first) ? first : null
}

/** `Number(Item.stock.N)` is the stock: only what is stored as a number has such a member. */
function numberOf(term: Term): Term {
  if (term.kind !== 'derived' || !/^(?:Number|parseInt|parseFloat|\+)$/.test(term.operator))
    return term
  const [inner, ...more] = term.from
  return inner?.kind === 'part' && inner.key === 'N' && more.length === 0 ? inner : term
}

/** The whole item that was read. */
export function isItem(term: Term, read: Occurrence): boolean {
  return plainAttribute({ kind: 'part', of: term, key: '$', type: null }, read) === '$'
}

/** Whether the code goes on to a write only with an item in hand. */
export function isSurelyThere(occurrence: Occurrence, read: Occurrence): boolean {
  return heldBefore(occurrence, read).some(
    (held) => held.holds && !held.orMissing && isItem(evaluate(held), read),
  )
}

/** Where a value is written. */
export function writtenAt({ frame, value }: Ref): Range {
  return placeOf(frame.module, value)
}
