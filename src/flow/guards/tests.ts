import { evaluate } from '../../project/evaluate.ts'
import { valueOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Primitive } from '../../facts/model.ts'
import type { Ref, Term } from '../../project/term.ts'
import { thrownBefore } from './decided.ts'
import { guardsOf } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { sourcesOf } from '../values/sources.ts'

/** What the code asked of an item before it went on: one attribute, and what it was held against. */
export interface ItemTest {
  readonly attribute: string
  /** The literal it was compared with; null where it was something else, or only tested for truth. */
  readonly literal: { readonly value: Primitive } | null
  /** What it was compared with, whatever it was. */
  readonly against: Term | null
  /** `clock`: held against the time of day, as an expiry is. */
  readonly kind: 'equal' | 'unequal' | 'order' | 'clock' | 'truthy' | 'falsy' | 'other'
}

/** A test as one of those that stand in one condition. */
export interface GuardingTest extends ItemTest {
  /** The condition holds an attribute against who asks: `type === 'own' && holder === userId`. It asks whether they may. */
  readonly asksWho: boolean
}

/** Every test of what `read` gave that must have come out one way for the write to happen. */
export function testsBetween(read: Occurrence, write: Occurrence): readonly GuardingTest[] {
  const guards = [...guardsOf(write), ...thrownBefore(write)]
  return guards.flatMap(({ frame, guard }) => {
    const branch = frame.module.facts.branches[guard.branch]
    if (branch?.condition == null || branch.kind === 'loop' || branch.kind === 'catch') return []
    const tests = testsInValue(
      { frame, value: branch.condition },
      branch.kind === 'switch' || guard.arm === 0,
      read,
      0,
    )
    const asksWho = tests.some((test) => isIdentity(test))
    return tests.map((test) => ({ ...test, asksWho }))
  })
}

function isIdentity({ kind, literal, against }: ItemTest): boolean {
  return (kind === 'equal' || kind === 'unequal') && literal === null && against !== null
}

/** A condition is read as it is written: both halves of `a && b` are tested, whichever decides. */
function testsInValue(
  ref: Ref,
  holds: boolean,
  read: Occurrence,
  depth: number,
): readonly ItemTest[] {
  const node = valueOf(ref.frame.module, ref.value)
  const at = (value: number): Ref => ({ frame: ref.frame, value })
  if (depth < 12 && node.kind === 'logical') {
    return [
      ...testsInValue(at(node.left), holds, read, depth + 1),
      ...testsInValue(at(node.right), holds, read, depth + 1),
    ]
  }
  if (depth < 12 && node.kind === 'unary' && node.operator === '!')
    return testsInValue(at(node.of), !holds, read, depth + 1)
  return testsIn(evaluate(ref), holds, read, 0)
}

/** Methods that ask whether what they are given is among what they are called on. */
const MEMBERSHIP = new Set(['includes', 'has', 'indexOf'])

const EQUAL = new Set(['===', '=='])
const UNEQUAL = new Set(['!==', '!='])
const ORDER = new Set(['<', '<=', '>', '>='])

function testsIn(term: Term, holds: boolean, read: Occurrence, depth: number): readonly ItemTest[] {
  if (depth > 8) return []
  return alternatives(term).flatMap((option): readonly ItemTest[] => {
    if (option.kind === 'derived') {
      const [left, right] = option.from
      if (option.operator === '!' && left) return testsIn(left, !holds, read, depth + 1)
      // `typeof item.expiresAt === 'number'` asks for a type, not for a state.
      if (option.from.some((side) => side.kind === 'derived' && side.operator === 'typeof'))
        return []
      const isEqual = EQUAL.has(option.operator)
      if (
        left &&
        right &&
        (isEqual || UNEQUAL.has(option.operator) || ORDER.has(option.operator))
      ) {
        const kind = ORDER.has(option.operator)
          ? option.from.some(isClock)
            ? 'clock'
            : 'order'
          : isEqual === holds
            ? 'equal'
            : 'unequal'
        return [...comparison(left, right, kind, read), ...comparison(right, left, kind, read)]
      }
    }
    if (option.kind === 'result') {
      // `allowed.includes(order.status)`, `isOpen(order)`.
      const isMembership = option.callee.kind === 'part' && MEMBERSHIP.has(option.callee.key)
      const asked = isMembership ? option.arguments.map((argument) => argument.term()) : [option]
      return asked
        .flatMap((term) => attributesRead(term, read))
        .map((attribute) => ({ attribute, literal: null, against: null, kind: 'other' }))
    }
    return attributesRead(option, read).map((attribute) => ({
      attribute,
      literal: null,
      against: null,
      kind: holds ? 'truthy' : 'falsy',
    }))
  })
}

function comparison(
  side: Term,
  other: Term,
  kind: ItemTest['kind'],
  read: Occurrence,
): readonly ItemTest[] {
  const literal = other.kind === 'literal' ? { value: other.value } : null
  return attributesRead(side, read).map((attribute) => ({
    attribute,
    literal,
    against: other,
    kind,
  }))
}

/** The time of day, or something computed from it. */
export function isClock(term: Term): boolean {
  if (term.kind === 'derived') return term.from.some(isClock)
  const callee = term.kind === 'result' ? term.callee : term.kind === 'made' ? term.of : null
  if (callee?.kind === 'part') return isClock(callee.of)
  return (
    callee?.kind === 'external' &&
    callee.source === '' &&
    callee.path[0] === 'Date' &&
    (term.kind !== 'made' || term.arguments?.length === 0)
  )
}

/** The attribute that a term is, or is computed from; what is built of several says only that the item is there. */
function attributesRead(term: Term, read: Occurrence): readonly string[] {
  if (term.kind === 'object' || term.kind === 'array' || term.kind === 'sequence') return []
  return sourcesOf(term).flatMap((source) => {
    const [attribute, ...deeper] = source.path
    const isItsOwn =
      source.frame === read.frame && source.call === read.call && source.about === null
    return isItsOwn && attribute !== undefined && deeper.length === 0 ? [attribute] : []
  })
}
