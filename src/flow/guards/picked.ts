import type { ValueId } from '../../facts/model.ts'
import { callbackArguments, givenBy } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { argumentTerm, alternatives } from '../../project/term.ts'
import { elementOf } from '../../project/elements.ts'
import { enter } from '../../project/frame.ts'
import { callOf, functionOf, valueOf } from '../../project/module.ts'
import type { Frame, Term } from '../../project/term.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { responsePart, sourcesOf } from '../values/sources.ts'

/** What the items that are asked for have in common: a part of theirs, and what it is equal to. */
export interface Asked {
  readonly path: readonly string[]
  readonly value: Term
}

/** A list of the items that were read, perhaps fewer of them, in another order, or something made of each. */
export function isListOf(term: Term, read: Occurrence, seen = new Set<Term>()): boolean {
  if (seen.has(term) || seen.size > MOST_LISTS) return false
  seen.add(term)
  return alternatives(term).some((option) => {
    switch (option.kind) {
      case 'sequence':
        return option.over !== null && isListOf(option.over, read, seen)
      case 'array':
        return spreadInto(option).some((inner) => isListOf(inner, read, seen))
      case 'derived': {
        const [list] = option.from
        return option.operator === 'reduce' && list !== undefined && isListOf(list, read, seen)
      }
      case 'item':
        // The answer of a batch, by table.
        return (
          option.of.kind === 'part' && option.of.key === 'Responses' && isAnswer(option.of.of, read)
        )
      case 'part':
        return option.key === 'Items'
          ? isAnswer(option.of, read)
          : option.of.kind === 'part' &&
              option.of.key === 'Responses' &&
              isAnswer(option.of.of, read)
      default:
        return false
    }
  })
}

/** Lists that are made of one another are followed this far. */
const MOST_LISTS = 40

/** What a list was, and lists whose elements it takes over. */
function spreadInto({ ref }: Extract<Term, { kind: 'array' }>): readonly Term[] {
  const { frame, value } = ref
  const node = valueOf(frame.module, value)
  const items = node.kind === 'array' ? node.elements : node.kind === 'append' ? node.items : []
  const spread = items.filter((item) => item.spread).map((item) => item.value)
  const before = node.kind === 'append' ? [node.of] : []
  return [...before, ...spread].map((id) => evaluate({ frame, value: id }))
}

/** The response of a read, or one of its pages. */
function isAnswer(term: Term, read: Occurrence): boolean {
  return alternatives(term).some((option) => {
    const answer = option.kind === 'element' ? option.of : option
    return answer.kind === 'result' && answer.frame === read.frame && answer.call === read.call
  })
}

/** The method that a call is of, and what it is called on; null where it is of none. */
export function methodCalled(frame: Frame, call: number): Extract<Term, { kind: 'part' }> | null {
  const callee = valueOf(frame.module, callOf(frame.module, call).callee)
  if (callee.kind !== 'member') return null
  return { kind: 'part', of: evaluate({ frame, value: callee.of }), key: callee.key, type: null }
}

/** What `list.find((item) => item.email === email)` asks of an item; null where it asks in another way. */
export function pickedBy(frame: Frame, call: number, read: Occurrence): readonly Asked[] | null {
  const callee = methodCalled(frame, call)
  const predicate = argumentTerm(givenBy(frame, call), 0)
  if (callee === null || predicate === null) return null
  if (callee.key === 'includes') return askedOf(elementOf(callee.of), predicate, read)
  if (predicate.kind !== 'function') return null
  const entered = enter(frame, call, predicate, callbackArguments(callee))
  if (entered === null) return null
  const asked = functionOf(entered.module, entered.function).returns.flatMap(({ value }) =>
    equalitiesIn(value, entered).flatMap(([left, right]) => [
      ...askedOf(left, right, read),
      ...askedOf(right, left, read),
    ]),
  )
  return asked.length === 0 ? null : asked
}

function equalitiesIn(id: ValueId, frame: Frame): readonly (readonly [Term, Term])[] {
  const node = valueOf(frame.module, id)
  if (node.kind === 'logical' && node.operator !== '??')
    return [...equalitiesIn(node.left, frame), ...equalitiesIn(node.right, frame)]
  if (node.kind !== 'binary' || (node.operator !== '===' && node.operator !== '==')) return []
  return [[evaluate({ frame, value: node.left }), evaluate({ frame, value: node.right })]]
}

function askedOf(side: Term, value: Term, read: Occurrence): readonly Asked[] {
  const isOwn = (term: Term): readonly (readonly string[])[] =>
    sourcesOf(term).flatMap((s) =>
      s.frame === read.frame && s.call === read.call && s.about === null && s.path.length > 0
        ? [s.path]
        : [],
    )
  const [path] = isOwn(side)
  return path === undefined || isOwn(value).length > 0 ? [] : [{ path, value }]
}

/** Something that the code made of the item. */
export function isMadeOf(term: Term, read: Occurrence): boolean {
  return sourcesOf(term).some(
    (s) => s.frame === read.frame && s.call === read.call && s.about === null,
  )
}

/** The attributes that lead from an item that was read to a list of its own. */
export function ownList(term: Term, read: Occurrence): readonly string[] | null {
  for (const option of alternatives(term)) {
    const part = responsePart(option)
    const isOwn = part?.frame === read.frame && part.call === read.call && part.about === null
    if (isOwn && part.path.length > 0) return part.path
  }
  return null
}

/** `items.filter(…)`, and what is made of that. */
export function isPicked(term: Term): boolean {
  return alternatives(term).some((option) => {
    if (option.kind !== 'sequence') return false
    const { frame, value } = option.ref
    const node = valueOf(frame.module, value)
    const method = node.kind === 'call' ? methodCalled(frame, node.call) : null
    return method?.key === 'filter' || (option.over !== null && isPicked(option.over))
  })
}
