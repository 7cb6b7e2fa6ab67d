import { evaluate } from '../../project/evaluate.ts'
import { externalName, alternatives } from '../../project/term.ts'
import { callOf, placeOf, valueOf } from '../../project/module.ts'
import type { Place, Ref, Term } from '../../project/term.ts'
import { isAtomicCount } from './atomic-counter.ts'

/**
 * - `running`: the number before, plus one.
 * - `clock`: the time of day as a number.
 * - `counter`: what an atomic counter gave.
 */
export type SequenceKind = 'running' | 'clock' | 'counter'

/** A value that goes up with each item: bare, or behind a text that is always the same. */
export interface Sequence {
  readonly kind: SequenceKind
  /** Where the number is computed; null where it is only known what it is. */
  readonly at: Place | null
  /** The text that holds the number, if it is put into one. */
  readonly template: Extract<Term, { kind: 'template' }> | null
  /** The value is text, whatever the number was. */
  readonly isText: boolean
}

/** Values are followed this deep. */
const MOST_DEPTH = 12

/** The running number that a value is; null where it is none, or something else in it varies too. */
export function sequenceOf(term: Term): Sequence | null {
  const found = classify(term, 0)
  return found === 'constant' ? null : found
}

function classify(term: Term, depth: number): Sequence | 'constant' | null {
  if (depth > MOST_DEPTH) return null
  switch (term.kind) {
    case 'literal':
    case 'external':
      return 'constant'
    case 'choice':
      return classifyChoice(term, depth)
    case 'template':
      return classifyTemplate(term, depth)
    case 'derived':
      return classifyDerived(term, depth)
    case 'sequence':
      return classifySlice(term, depth)
    case 'result':
      return classifyResult(term, depth)
    case 'part':
      return isAtomicCount(term) ? made('counter', null) : null
    default:
      return null
  }
}

function made(kind: SequenceKind, at: Place | null, isText = false): Sequence {
  return { kind, at, template: null, isText }
}

function placeOfRef({ frame, value }: Ref): Place {
  return { ...placeOf(frame.module, value), module: frame.module }
}

/** A sequence that stands in where nothing else is given; one of several ways to make a key is none. */
function classifyChoice(
  term: Extract<Term, { kind: 'choice' }>,
  depth: number,
): Sequence | 'constant' | null {
  const found = term.options.map((option) => ({ option, is: classify(option, depth + 1) }))
  const sequence = found.find(({ is }) => is !== null && is !== 'constant')?.is
  if (sequence === undefined) return found.every(({ is }) => is === 'constant') ? 'constant' : null
  return found.every(({ option, is }) => is !== null || isGiven(option)) ? (sequence ?? null) : null
}

/** Something that comes from elsewhere, ready made. */
function isGiven(term: Term): boolean {
  return ['parameter', 'part', 'item', 'element'].includes(term.kind)
}

function classifyTemplate(
  term: Extract<Term, { kind: 'template' }>,
  depth: number,
): Sequence | 'constant' | null {
  let only: Sequence | null = null
  for (const part of term.parts) {
    if (part.kind === 'text') continue
    const found = classify(evaluate({ frame: term.ref.frame, value: part.value }), depth + 1)
    if (found === 'constant') continue
    if (found === null || only !== null) return null
    only = found
  }
  return only === null ? 'constant' : { ...only, template: only.template ?? term, isText: true }
}

/** Functions and operators whose result goes up where what they are given does. */
const KEEPS_ORDER = new Set([
  'String',
  'Number',
  'parseInt',
  'parseFloat',
  'BigInt',
  'toString',
  'padStart',
  'trim',
  'toLowerCase',
  'toUpperCase',
  'JSON.stringify',
  'Math.floor',
  'Math.round',
  'Math.trunc',
  'Math.ceil',
])

const MAKES_TEXT = new Set(['String', 'toString', 'padStart', 'trim', 'toLowerCase', 'toUpperCase'])

function classifyDerived(
  term: Extract<Term, { kind: 'derived' }>,
  depth: number,
): Sequence | 'constant' | null {
  const [first, second] = term.from
  if (!first) return null
  if (KEEPS_ORDER.has(term.operator)) {
    const found = classify(first, depth + 1)
    const isText = MAKES_TEXT.has(term.operator)
    return found === null || found === 'constant' || !isText ? found : { ...found, isText }
  }
  if (!second) {
    if (term.operator !== '+') return null
    return isNow(first) ? made('clock', placeOfRef(term.ref)) : classify(first, depth + 1)
  }
  if (!['+', '-', '*', '/'].includes(term.operator)) return null
  const sides = [first, second].map((side) => classify(side, depth + 1))
  const sequence = sides.find((side) => side !== null && side !== 'constant')
  if (sequence && sides.includes('constant')) return sequence
  if (sides.every((side) => side === 'constant')) return 'constant'
  if (term.operator !== '+' || sequence) return null
  const counted = isOne(second) ? first : isOne(first) ? second : null
  return counted !== null && isCountedOn(counted, term.ref)
    ? made('running', placeOfRef(term.ref))
    : null
}

function isOne(term: Term): boolean {
  return term.kind === 'literal' && term.value === 1
}

/** What one is added to is a number that lives on: not an index that only counts the rounds of a loop. */
function isCountedOn(term: Term, ref: Ref): boolean {
  const options = alternatives(term)
  const isKnown = options.some(
    (option) =>
      option.kind !== 'literal' &&
      option.kind !== 'unknown' &&
      !(option.kind === 'derived' && option.operator === '+'),
  )
  if (isKnown) return true
  const isInLoop = ref.frame.module.facts.loops.some((loop) => {
    const place = placeOf(ref.frame.module, ref.value)
    return place.start >= loop.at.start && place.end <= loop.at.end
  })
  return !isInLoop && options.some((option) => option.kind === 'literal')
}

/** `text.slice(-6)`, which is taken for a list where nothing says what it is. */
function classifySlice(term: Extract<Term, { kind: 'sequence' }>, depth: number): Sequence | null {
  const call = valueOf(term.ref.frame.module, term.ref.value)
  if (call.kind !== 'call' || term.over === null) return null
  const callee = valueOf(term.ref.frame.module, callOf(term.ref.frame.module, call.call).callee)
  if (callee.kind !== 'member' || callee.key !== 'slice') return null
  const found = classify(term.over, depth + 1)
  return found !== null && found !== 'constant' && found.isText ? found : null
}

const CLOCKS = new Set(['#Date.now', '#performance.now', 'perf_hooks#performance.now'])
const TIME_LIBRARIES = new Set(['moment', 'dayjs', 'moment-timezone', 'luxon'])
const TIME_METHODS = new Set(['getTime', 'valueOf', 'unix', 'toMillis', 'toSeconds'])
const TEXT_METHODS = new Set(['substring', 'substr', 'toFixed', 'padEnd'])

function classifyResult(term: Extract<Term, { kind: 'result' }>, depth: number): Sequence | null {
  const { callee, frame, call } = term
  const at: Place = { ...callOf(frame.module, call).at, module: frame.module }
  if (callee.kind === 'external') return CLOCKS.has(externalName(callee)) ? made('clock', at) : null
  if (callee.kind !== 'part') return null
  if (TIME_METHODS.has(callee.key) && isNow(callee.of)) return made('clock', at)
  if (!TEXT_METHODS.has(callee.key)) return null
  const found = classify(callee.of, depth + 1)
  return found === null || found === 'constant' ? null : { ...found, isText: true }
}

/** `new Date()`, `moment()`, `DateTime.now()`: the time at which the code runs. */
function isNow(term: Term): boolean {
  if (term.kind === 'made') return externalName(term.of) === '#Date' && term.arguments?.length === 0
  return (
    term.kind === 'result' &&
    term.callee.kind === 'external' &&
    TIME_LIBRARIES.has(term.callee.source) &&
    term.arguments.length === 0
  )
}
