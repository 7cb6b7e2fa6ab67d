import { evaluate } from '../../project/evaluate.ts'
import { externalName } from '../../project/term.ts'
import { callOf, functionOf, valueOf } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'
import { primitiveOf } from './text-origin.ts'

/**
 * Why a value is one of few, however many items there are.
 * - `constant`: it is always the same
 * - `list`: one of some literals, by the code or by a type
 * - `boolean`
 * - `kind`: a status or type, by what it is called
 * - `date`: a day, an hour, a month or a year
 */
export type Few = 'constant' | 'list' | 'boolean' | 'kind' | 'date'

/** Values are followed this deep. */
const MOST_DEPTH = 12

/**
 * Why a value is one of few; null where it varies, or nobody can tell.
 *
 * @param attribute what is given the value
 */
export function fewValues(value: Term, attribute: string): Few | null {
  const few = classify(value, 0)
  if (few === 'nothing') return null
  const isGiven = ['parameter', 'part', 'item', 'element'].includes(value.kind)
  return few ?? (isGiven ? fewByName(attribute) : null)
}

/** Words that a thing with few values is called. A `state` may be one of a country, which are many. */
const KINDS = new Set(['status', 'type', 'kind', 'role', 'plan', 'tier', 'gender'])

/** What a name says by its last word, or its first: `orderStatus`, `entity_type`, `isOpen`. */
export function fewByName(name: string): Few | null {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .map((word) => word.toLowerCase())
  const [first] = words
  if (words.length > 1 && (first === 'is' || first === 'has')) return 'boolean'
  return KINDS.has(words.at(-1) ?? '') ? 'kind' : null
}

/** `nothing`: the attribute is not there. */
type Found = Few | 'nothing' | null

function classify(term: Term, depth: number): Found {
  if (depth > MOST_DEPTH) return null
  switch (term.kind) {
    case 'literal':
      return term.value == null || term.value === '' ? 'nothing' : 'constant'
    case 'choice':
      return ofChoice(term.options, depth)
    case 'template':
      return ofPieces(
        term.parts.flatMap((part) =>
          part.kind === 'text' ? [] : [evaluate({ frame: term.ref.frame, value: part.value })],
        ),
        depth,
      )
    case 'derived':
      return ofDerived(term, depth)
    case 'sequence':
    case 'result':
    case 'part':
    case 'parameter':
      return isDate(term) ? 'date' : ofGiven(term)
    default:
      return null
  }
}

function ofChoice(options: readonly Term[], depth: number): Found {
  const found = options.map((option) => classify(option, depth + 1))
  const told = found.filter((few) => few !== 'nothing')
  if (told.length === 0) return 'nothing'
  if (told.some((few) => few === null)) return null
  if (told.length === 1) return told[0] ?? null
  const of = told.find((few) => few !== 'constant')
  return of ?? 'list'
}

/** A text put together of pieces; two that vary are many together. */
function ofPieces(pieces: readonly Term[], depth: number): Found {
  const found = pieces.map((piece) => classify(piece, depth + 1))
  // What is not there leaves a text that nobody meant.
  if (found.includes(null) || found.includes('nothing')) return null
  const [only = 'constant', ...more] = found.filter(
    (few) => few !== 'constant' && few !== 'nothing',
  )
  return more.length > 0 ? null : only
}

const COMPARISONS = new Set(['===', '!==', '==', '!=', '<', '<=', '>', '>=', '!', 'Boolean'])
const SAME_MANY = new Set(['String', 'Number', 'trim', 'toString', 'toLowerCase', 'toUpperCase'])

function ofDerived(term: Extract<Term, { kind: 'derived' }>, depth: number): Found {
  if (COMPARISONS.has(term.operator)) return 'boolean'
  const [first] = term.from
  if (SAME_MANY.has(term.operator) && first) return classify(first, depth + 1)
  return term.operator === '+' ? ofPieces(term.from, depth) : null
}

/** What comes from elsewhere: its type may say that it is one of few, or its name. */
function ofGiven(term: Term): Few | null {
  if (term.kind === 'parameter') {
    const { name } = functionOf(term.frame.module, term.frame.function).parameters[term.index] ?? {}
    return ofType(primitiveOf(term, '')) ?? (name == null ? null : fewByName(name))
  }
  if (term.kind !== 'part') return null
  const typed = term.of.kind === 'parameter' ? ofType(primitiveOf(term.of, term.key)) : null
  return typed ?? fewByName(term.key)
}

function ofType(type: ReturnType<typeof primitiveOf>): Few | null {
  return type === 'boolean' ? 'boolean' : type === 'enumeration' ? 'list' : null
}

/** Parts of a date that many items share. */
const DATE_METHODS =
  /^(?:get(?:UTC)?(?:FullYear|Month|Date|Day|Hours)|toDateString|toLocaleDateString|toISODate)$/

/** The longest beginning of an ISO date that many items share: `2024-01-31T09`. */
const HOUR = 13

function isDate(term: Term): boolean {
  if (term.kind === 'sequence') return term.over !== null && isIso(term.over) && isCut(term)
  if (term.kind === 'part') return term.key === '0' && isSplitDate(term.of)
  if (term.kind !== 'result') return false
  const { callee } = term
  if (callee.kind === 'external') {
    const name = externalName(callee)
    return /^date-fns(?:\/|#)/.test(name) && callee.path.at(-1) === 'format' && isCoarse(term, 1)
  }
  if (callee.kind !== 'part') return false
  if (DATE_METHODS.test(callee.key)) return isMoment(callee.of)
  if (callee.key === 'format') return isMoment(callee.of) && isCoarse(term, 0)
  return (
    (callee.key === 'substring' || callee.key === 'substr') &&
    isIso(callee.of) &&
    isShort(term.arguments.map((argument) => argument.term()))
  )
}

type Method = Extract<Term, { kind: 'result' }> & {
  readonly callee: Extract<Term, { kind: 'part' }>
}

function isMethod(term: Term, name: string): term is Method {
  return term.kind === 'result' && term.callee.kind === 'part' && term.callee.key === name
}

function isIso(term: Term): boolean {
  return term.kind === 'derived' && term.operator === 'toISOString' && term.from.some(isMoment)
}

/** `date.toISOString().split('T')`. */
function isSplitDate(term: Term): boolean {
  return isMethod(term, 'split') && isIso(term.callee.of)
}

/** `new Date()`, `new Date(Date.now() + …)`, `dayjs()`: a time near the one at which the code runs, not a day of birth. */
function isMoment(term: Term): boolean {
  if (term.kind === 'made') {
    const [given] = term.arguments ?? [null]
    const isReckoned = ['derived', 'result'].includes(given?.term().kind ?? '')
    return externalName(term.of) === '#Date' && (given === undefined || isReckoned)
  }
  return (
    term.kind === 'result' &&
    term.callee.kind === 'external' &&
    /^(?:moment|dayjs|moment-timezone|luxon)$/.test(term.callee.source) &&
    term.arguments.length === 0
  )
}

/** A format without minutes. */
function isCoarse({ arguments: given }: Extract<Term, { kind: 'result' }>, index: number): boolean {
  const format = given[index]?.term()
  return (
    format?.kind === 'literal' &&
    typeof format.value === 'string' &&
    !/[mst]|x/.test(format.value.replaceAll(/\[[^\]]*\]|'[^']*'/g, ''))
  )
}

/** `text.slice(0, 10)`, which is taken for a list where nothing says what it is. */
function isCut({ ref: { frame, value } }: Extract<Term, { kind: 'sequence' }>): boolean {
  const call = valueOf(frame.module, value)
  if (call.kind !== 'call') return false
  const { callee, arguments: given } = callOf(frame.module, call.call)
  const method = valueOf(frame.module, callee)
  if (method.kind !== 'member' || method.key !== 'slice') return false
  return isShort(given.map((item) => evaluate({ frame, value: item.value })))
}

function isShort([start, end]: readonly Term[]): boolean {
  return (
    start?.kind === 'literal' &&
    start.value === 0 &&
    end?.kind === 'literal' &&
    Number(end.value) <= HOUR
  )
}
