import type { FunctionId, Range, ValueId, VariableFacts } from '../facts/model.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import { sourcesOf } from '../flow/values/sources.ts'
import { evaluate } from '../project/evaluate.ts'
import { callOf, placeOf, valueOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Frame, Ref, Term } from '../project/term.ts'
import { attributeRead, writtenAt } from './held.ts'
import type { ReadAttribute } from './held.ts'
import { movable } from './names-in-scope.ts'
import { contains, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import type { Property } from './written-request.ts'

/** A value computed from an attribute of the item read by one sum, difference or concatenation of lists. */
export interface Delta {
  readonly operator: '+' | '-' | 'append' | 'prepend'
  readonly attribute: string
  /** The computed value, and the other operand where there is one. */
  readonly value: ValueId
  readonly operand: ValueId | null
  /** What stands for the attribute where the item has none, as it is written; null where nothing does. */
  readonly fallback: string | null
  /** The other operand, as it may be written where the value is used. */
  readonly text: string
  readonly names: readonly VariableFacts[]
  /** The variable that holds the computed value; null where it is computed in place. */
  readonly variable: VariableFacts | null
  /** The statement that computes it, where that is an assignment of its own: `stock -= quantity`. */
  readonly assignment: Range | null
  /** For lists: what goes from the array where it is written. */
  readonly cut: Range | null
}

interface Use {
  readonly frame: Frame
  readonly entry: Property
  readonly at: number
  readonly function: FunctionId
  /** Values are written with their type: `{ N: String(stock) }`. */
  readonly isDescribed: boolean
}

/** How a written value derives from what was read; null where that is anything but one plain step. */
export function deltaOf(file: SourceFile, use: Use, read: Occurrence): Delta | null {
  const { value, at: usedAt } = use.isDescribed
    ? (describedNumber(file, use.entry.value) ?? { value: use.entry.value, at: use.entry.valueAt })
    : { value: use.entry.value, at: use.entry.valueAt }
  const ref = { frame: use.frame, value }
  const node = valueOf(file.module, ref.value)
  if (node.kind === 'array' && !use.isDescribed) return listDelta(file, use, ref, read)
  if (node.kind !== 'binary' || (node.operator !== '+' && node.operator !== '-')) return null
  const holder = holderOf(file, use.function, usedAt, writtenAt(ref))
  if (holder === null) return null
  const at = (value: number): Ref => ({ frame: use.frame, value })
  const left = attributeRead(at(node.left), read)
  const right = node.operator === '+' && left === null ? attributeRead(at(node.right), read) : null
  const base = left ?? right
  if (base === null) return null
  const fallback = numberDefault(file, base)
  if (fallback === undefined) return null
  const other = at(left ? node.right : node.left)
  if (!isNumeric(evaluate(other), read)) return null
  const otherAt = left ? node.rightAt : node.leftAt
  const names =
    otherAt === null ? [] : movable(file, otherAt, { at: use.at, function: use.function })
  if (names === null) return null
  const text = otherAt === null ? '1' : textAt(file, otherAt)
  const { operator } = node
  return {
    operator,
    attribute: base.attribute,
    value: ref.value,
    operand: other.value,
    fallback,
    text,
    names,
    ...holder,
    cut: null,
  }
}

/** The number in `{ N: String(stock) }` or `{ N: stock.toString() }`. */
function describedNumber(
  file: SourceFile,
  id: ValueId,
): { readonly value: ValueId; readonly at: Range } | null {
  const { module } = file
  const node = valueOf(module, id)
  const [entry, ...more] = node.kind === 'object' ? node.entries : []
  if (entry?.kind !== 'property' || entry.key !== 'N' || more.length > 0) return null
  const text = valueOf(module, entry.value)
  if (text.kind === 'template') {
    const [part, ...rest] = text.parts
    return part?.kind === 'value' && rest.length === 0 ? part : null
  }
  if (text.kind !== 'call') return null
  const call = callOf(module, text.call)
  const callee = valueOf(module, call.callee)
  const [given] = call.arguments
  if (callee.kind === 'global' && callee.name === 'String' && given && !given.spread) return given
  if (callee.kind !== 'member' || callee.key !== 'toString' || given) return null
  // Up to the dot: the name, or the brackets around what is computed.
  const { start, end } = placeOf(module, call.callee)
  const tail = /\s*\.\s*toString$/.exec(file.text.slice(start, end))
  return tail ? { value: callee.of, at: { start, end: end - tail[0].length } } : null
}

/** Where the computed value is on its way to the request: in place, or in one local variable. */
function holderOf(
  { module }: SourceFile,
  owner: FunctionId,
  usedAt: Range,
  computedAt: Range,
): Pick<Delta, 'variable' | 'assignment'> | null {
  if (contains(usedAt, computedAt)) return { variable: null, assignment: null }
  const variable = module.facts.variables.find(
    (v) => v.function === owner && v.reads.includes(usedAt.start),
  )
  if (!variable?.declaration || variable.foreign.length > 0) return null
  if (usedAt.end - usedAt.start !== variable.name.length) return null
  if (contains(variable.declaration, computedAt))
    return variable.assigned.length === 1 ? { variable, assignment: null } : null
  const isAssignment = variable.assigned.includes(computedAt.start)
  return isAssignment && variable.assigned.length === 2
    ? { variable, assignment: computedAt }
    : null
}

/** The default of a number as it is written; null where there is none, undefined where it means something else. */
function numberDefault(
  file: SourceFile,
  { fallback, operator }: ReadAttribute,
): string | null | undefined {
  if (fallback === null) return null
  const term = evaluate(fallback)
  if (term.kind !== 'literal' || typeof term.value !== 'number') return undefined
  // `|| 10` takes the place of a zero that is there, too.
  return operator === '??' || term.value === 0 ? String(term.value) : undefined
}

/** It is no text, as far as anyone can tell, and nothing of the item is in it. */
function isNumeric(term: Term, read: Occurrence): boolean {
  const isText = alternatives(term).some(
    (option) =>
      option.kind === 'template' ||
      option.kind === 'object' ||
      option.kind === 'array' ||
      (option.kind === 'literal' &&
        option.value !== undefined &&
        option.value !== null &&
        typeof option.value !== 'number'),
  )
  return !isText && !derivesFrom(term, read)
}

export function derivesFrom(term: Term, read: Occurrence): boolean {
  return sourcesOf(term).some((s) => s.frame === read.frame && s.call === read.call)
}

/** `[...item.notes, note]`: what is new stays where it is written, the rest goes. */
function listDelta(file: SourceFile, use: Use, ref: Ref, read: Occurrence): Delta | null {
  const node = valueOf(file.module, ref.value)
  if (node.kind !== 'array' || node.elements.length < 2) return null
  const spread = node.elements.filter((element) => element.spread)
  const [whole] = spread
  const index = whole ? node.elements.indexOf(whole) : -1
  const isFirst = index === 0
  if (!whole || (!isFirst && index !== node.elements.length - 1)) return null
  const base = attributeRead({ frame: ref.frame, value: whole.value }, read)
  if (base === null) return null
  const others = node.elements.filter((element) => element !== whole)
  if (others.some(({ value }) => derivesFrom(evaluate({ frame: ref.frame, value }), read)))
    return null
  const holder = holderOf(file, use.function, use.entry.valueAt, writtenAt(ref))
  if (holder === null || (holder.variable && holder.variable.reads.length > 1)) return null
  const fallback = base.fallback === null ? null : evaluate(base.fallback)
  if (fallback !== null && !isEmptyArray(fallback)) return null
  const next = node.elements[index + 1]
  const before = node.elements[index - 1]
  const cut =
    isFirst && next
      ? { start: whole.at.start, end: next.at.start }
      : { start: before?.at.end ?? whole.at.start, end: whole.at.end }
  return {
    operator: isFirst ? 'append' : 'prepend',
    attribute: base.attribute,
    value: ref.value,
    operand: null,
    fallback: fallback === null ? null : '[]',
    text: '',
    names: [],
    ...holder,
    cut,
  }
}

function isEmptyArray(term: Term): boolean {
  if (term.kind !== 'array') return false
  const node = valueOf(term.ref.frame.module, term.ref.value)
  return node.kind === 'array' && node.elements.length === 0
}
