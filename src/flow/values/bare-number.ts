import { evaluate } from '../../project/evaluate.ts'
import { alternatives } from '../../project/term.ts'
import type { Term } from '../../project/term.ts'
import { functionOf } from '../../project/module.ts'
import { isAtomicCount } from './atomic-counter.ts'
import { timeOf } from './epoch.ts'
import { sequenceOf } from './sequence.ts'
import { responsePart } from './sources.ts'
import type { Source } from './sources.ts'
import { primitiveOf } from './text-origin.ts'

/** A number in a text, written with as many digits as it happens to have. */
export interface BareNumber {
  readonly number: Term
  /** The text that it is put into; null where a text is made of nothing but the number. */
  readonly template: Extract<Term, { kind: 'template' }> | null
  /** The text before it, which is always the same. */
  readonly prefix: string
}

/** Values are followed this deep. */
const MOST_DEPTH = 8

/**
 * The number that a text has first of all that varies, as in `` `VIEWS#${views}` `` or `String(views)`; null where there is
 * none for certain, where it has a fixed width, or where it is a time, whose digits stay as many until the year 2286.
 *
 * @param isCounted whether an attribute of a read item is a number, because some update counts it
 */
export function bareNumberIn(
  value: Term,
  isCounted: (source: Source) => boolean,
): BareNumber | null {
  const found = alternatives(value).map((option) => numberInText(option, isCounted))
  const [first = null, ...others] = found.filter((each) => each !== null)
  return others.length === 0 ? first : null
}

function numberInText(value: Term, isCounted: (source: Source) => boolean): BareNumber | null {
  if (value.kind === 'derived' && (value.operator === 'String' || value.operator === 'toString')) {
    const [number, radix] = value.from
    const isPlain = number !== undefined && radix === undefined
    return isPlain && isNumber(number, isCounted, 0) ? { number, template: null, prefix: '' } : null
  }
  if (value.kind !== 'template') return null
  let prefix = ''
  for (const part of value.parts) {
    if (part.kind === 'text') {
      prefix += part.text
      continue
    }
    const piece = evaluate({ frame: value.ref.frame, value: part.value })
    if (piece.kind === 'literal') {
      prefix += String(piece.value)
      continue
    }
    const number = withoutText(piece)
    return isNumber(number, isCounted, 0) ? { number, template: value, prefix } : null
  }
  return null
}

function withoutText(piece: Term): Term {
  const isText = piece.kind === 'derived' && /^(?:String|toString)$/.test(piece.operator)
  const [number, radix] = isText ? piece.from : []
  return number !== undefined && radix === undefined ? number : piece
}

const NUMBERS = /^(?:Number|parseInt|parseFloat|BigInt|[-*/]|\*\*|Math\.(?!random)\w+)$/

/** Names of numbers whose digits stay as many: times, years, and what has a code of so many digits. */
const FIXED_WORDS = /time|date|epoch|year|stamp|code|zip|phone/i
const FIXED_ENDS = /(?:At|_at|On|Ts|_ts|Ms|Millis|Seconds|now|Now)$|^ts$|^ms$/

function isFixedByName(name: string): boolean {
  return FIXED_WORDS.test(name) || FIXED_ENDS.test(name)
}

function isNumber(term: Term, isCounted: (source: Source) => boolean, depth: number): boolean {
  if (depth > MOST_DEPTH || timeOf(term) !== null) return false
  const source = responsePart(term)
  if (source?.about === null) return !isFixedByName(source.path.join('.')) && isCounted(source)
  switch (term.kind) {
    case 'parameter': {
      const { name } =
        functionOf(term.frame.module, term.frame.function).parameters[term.index] ?? {}
      return primitiveOf(term, '') === 'number' && name != null && !isFixedByName(name)
    }
    case 'part':
      if (term.key === 'length' || term.key === 'size') return true
      if (isAtomicCount(term)) return true
      return (
        term.of.kind === 'parameter' &&
        primitiveOf(term.of, term.key) === 'number' &&
        !isFixedByName(term.key)
      )
    case 'choice': {
      const options = alternatives(term).filter((option) => option.kind !== 'literal')
      return options.length > 0 && options.every((option) => isNumber(option, isCounted, depth + 1))
    }
    case 'derived': {
      if (isRunning(term)) return true
      const { operator, from } = term
      if (operator !== '+' && !NUMBERS.test(operator)) return false
      // A time less a time, or a great number less a time, has as many digits as that.
      if (from.some((each) => holdsFixed(each, depth + 1))) return false
      return (
        operator !== '+' ||
        (from.length === 2 && from.every((each) => isOperand(each, isCounted, depth + 1)))
      )
    }
    default:
      return false
  }
}

function isRunning(term: Term): boolean {
  const sequence = sequenceOf(term)
  return sequence !== null && sequence.kind !== 'clock' && !sequence.isText
}

/** A sum of two numbers is one; a sum with anything else may be a text. */
function isOperand(term: Term, isCounted: (source: Source) => boolean, depth: number): boolean {
  return (
    (term.kind === 'literal' && typeof term.value === 'number') || isNumber(term, isCounted, depth)
  )
}

/** What has a fixed width, or is drawn by lot. */
function holdsFixed(term: Term, depth: number): boolean {
  if (depth > MOST_DEPTH || timeOf(term) !== null) return true
  switch (term.kind) {
    case 'literal':
      return typeof term.value === 'number' && term.value >= 1_000_000_000
    case 'derived':
      return /random|%/.test(term.operator) || term.from.some((each) => holdsFixed(each, depth + 1))
    case 'parameter': {
      const { name } =
        functionOf(term.frame.module, term.frame.function).parameters[term.index] ?? {}
      return name != null && isFixedByName(name)
    }
    case 'part':
      return isFixedByName(term.key)
    case 'choice':
      return term.options.some((option) => holdsFixed(option, depth + 1))
    case 'result': {
      const { callee } = term
      const name =
        callee.kind === 'part' ? callee.key : callee.kind === 'external' ? callee.path.at(-1) : ''
      return /random|time|date|now|year/i.test(name ?? '')
    }
    case 'external':
      return /random|MAX/i.test(term.path.join('.'))
    default:
      return false
  }
}
