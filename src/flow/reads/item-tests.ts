import type { ValueId } from '../../facts/model.ts'
import { callbackArguments, givenBy } from '../../project/call.ts'
import { evaluate } from '../../project/evaluate.ts'
import { enter } from '../../project/frame.ts'
import { callOf, functionOf, valueOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Frame, Place, Term } from '../../project/term.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { sourcesOf } from '../values/sources.ts'
import type { ListStep } from './result-uses.ts'

/** An attribute of items that were read, held against something that varies: `(item) => item.owner === owner`. */
export interface ItemTest {
  /** The attribute, and what of it. */
  readonly path: readonly string[]
  readonly comparator: '=' | '<' | '<=' | '>' | '>='
  readonly against: Term
  /** Where that is written. */
  readonly value: Place
  /** The predicate asks for nothing else. */
  readonly isAlone: boolean
}

/** What a list's predicate asks of the items of a read, where all of its tests must hold. */
export function itemTests({ frame, call }: ListStep, read: Occurrence): readonly ItemTest[] {
  const callee = evaluate({ frame, value: callOf(frame.module, call).callee })
  return alternatives(givenBy(frame, call)[0]?.term() ?? callee).flatMap((predicate) => {
    if (predicate.kind !== 'function') return []
    const entered = enter(frame, call, predicate, callbackArguments(callee))
    const [only, ...more] = functionOf(predicate.module, predicate.function).returns
    if (entered === null || !only || more.length > 0) return []
    const all = conjuncts(only.value, entered)
    return all.flatMap((id) => {
      const test = testOf(id, entered, read)
      return test === null ? [] : [{ ...test, isAlone: all.length === 1 }]
    })
  })
}

function conjuncts(id: ValueId, frame: Frame): readonly ValueId[] {
  const value = valueOf(frame.module, id)
  return value.kind === 'logical' && value.operator === '&&'
    ? [...conjuncts(value.left, frame), ...conjuncts(value.right, frame)]
    : [id]
}

const COMPARISON = /^(?:===?|[<>]=?)$/

const TURNED = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

function testOf(id: ValueId, frame: Frame, read: Occurrence): Omit<ItemTest, 'isAlone'> | null {
  const value = valueOf(frame.module, id)
  if (value.kind !== 'binary' || value.rightAt === null) return null
  if (!COMPARISON.test(value.operator)) return null
  const isEquality = value.operator.startsWith('==')
  const written = (isEquality ? '=' : value.operator) as ItemTest['comparator']
  const left = { term: evaluate({ frame, value: value.left }), at: value.leftAt }
  const right = { term: evaluate({ frame, value: value.right }), at: value.rightAt }
  for (const [own, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const path = pathInItem(own.term, read)
    // A constant tells one kind of item from another.
    if (path !== null && !isConstant(other.term) && !isFromRead(other.term, read)) {
      const comparator = own === left ? written : TURNED[written]
      const against = other.term
      return { path, comparator, against, value: { ...other.at, module: frame.module } }
    }
  }
  return null
}

/** A part of an item that was read, unchanged. */
function pathInItem(term: Term, read: Occurrence): readonly string[] | null {
  const [source, ...more] = sourcesOf(term)
  if (!source || more.length > 0 || source.use !== 'copied' || !source.listed) return null
  const isOfRead = source.frame === read.frame && source.call === read.call
  return isOfRead && source.path.length > 0 ? source.path : null
}

function isConstant(term: Term): boolean {
  return alternatives(term).every(({ kind }) => kind === 'literal')
}

function isFromRead(term: Term, { frame, call }: Occurrence): boolean {
  return sourcesOf(term).some((s) => s.frame === frame && s.call === call)
}
