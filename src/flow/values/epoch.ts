import { evaluate } from '../../project/evaluate.ts'
import { externalName, alternatives } from '../../project/term.ts'
import type { Term } from '../../project/term.ts'

/**
 * How a point in time is written down.
 * - `milliseconds`, `seconds`: a number since 1970
 * - `fraction`: seconds, with what is left of one behind the point
 * - `date`: an instance of Date
 * - `moment`: an instance of what a library has in its place (dayjs, moment, luxon)
 * - `iso`: a text such as `2024-01-31T09:00:00.000Z`
 */
export type TimeUnit = 'milliseconds' | 'seconds' | 'fraction' | 'date' | 'moment' | 'iso'

/** A value that is known to be a point in time. */
export interface TimeValue {
  readonly unit: TimeUnit
  /** It is a text, a number in digits if not `iso`. */
  readonly isText: boolean
  /** It goes back to the clock, and so is no round number. */
  readonly isNow: boolean
}

/** Values are followed this deep. */
const MOST_DEPTH = 12

/** A number of milliseconds since 1970 is above this from 1973 on, one of seconds not before the year 5138. */
const LEAST_MILLISECONDS = 100_000_000_000

/** The point in time that a value is; null where it is none for certain, or where ways through the code differ. */
export function timeOf(term: Term, depth = 0): TimeValue | null {
  if (depth > MOST_DEPTH) return null
  switch (term.kind) {
    case 'literal':
      return ofLiteral(term.value)
    case 'choice':
      return agreed(alternatives(term).map((option) => timeOf(option, depth + 1)))
    case 'template': {
      const [only, ...others] = term.parts
      if (only?.kind !== 'value' || others.length > 0) return null
      return asText(timeOf(evaluate({ frame: term.ref.frame, value: only.value }), depth + 1))
    }
    case 'derived':
      return ofDerived(term, depth)
    case 'made':
      return ofMade(term, depth)
    case 'result':
      return ofCall(term, depth)
    default:
      return null
  }
}

function ofLiteral(value: unknown): TimeValue | null {
  if (typeof value === 'number')
    return value >= LEAST_MILLISECONDS ? time('milliseconds', false) : null
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? ISO : null
}

function time(unit: TimeUnit, isNow: boolean): TimeValue {
  return { unit, isText: false, isNow }
}

const ISO: TimeValue = { unit: 'iso', isText: true, isNow: false }

function isoOf(found: TimeValue | null): TimeValue {
  return found?.isNow === true ? { ...ISO, isNow: true } : ISO
}

function asText(found: TimeValue | null): TimeValue | null {
  if (found === null) return null
  return found.unit === 'date' || found.unit === 'moment'
    ? isoOf(found)
    : { ...found, isText: true }
}

/** What the known ones of several say, if that is one. A code that tells units apart has both. */
function agreed(found: readonly (TimeValue | null)[]): TimeValue | null {
  const [first, ...others] = found.filter((each) => each !== null)
  if (first === undefined) return null
  const isOne = others.every(({ unit, isText }) => unit === first.unit && isText === first.isText)
  return isOne ? { ...first, isNow: [first, ...others].every(({ isNow }) => isNow) } : null
}

type Derived = Extract<Term, { kind: 'derived' }>

function ofDerived({ operator, from }: Derived, depth: number): TimeValue | null {
  const [first, second] = from
  if (!first) return null
  const left = timeOf(first, depth + 1)
  switch (operator) {
    case '+':
      return second ? sum(first, second, left, timeOf(second, depth + 1)) : asNumber(left)
    case '-': {
      const number = second ? asNumber(left) : null
      return second && timeOf(second, depth + 1) === null ? number : null
    }
    case '*':
      return second ? product(first, second, left, timeOf(second, depth + 1)) : null
    case '/': {
      const number = asNumber(left)
      if (!isThousand(second) || number?.unit !== 'milliseconds') return null
      return time(number.isNow ? 'fraction' : 'seconds', number.isNow)
    }
    case 'Math.max':
    case 'Math.min':
      return agreed(from.map((each) => asNumber(timeOf(each, depth + 1))))
    case 'Number':
    case 'parseFloat':
    case 'BigInt':
      return asNumber(left)
    case 'String':
    case 'toString':
    case 'trim':
      return asText(left)
    case 'toISOString':
      return isoOf(left)
    default:
      return WHOLE.has(operator) ? whole(asNumber(left)) : null
  }
}

/** What takes away what is behind the point. */
const WHOLE = new Set([
  'Math.floor',
  'Math.round',
  'Math.ceil',
  'Math.trunc',
  'parseInt',
  '|',
  '~',
  '>>',
  '>>>',
])

function whole(number: TimeValue | null): TimeValue | null {
  return number?.unit === 'fraction' ? { ...number, unit: 'seconds' } : number
}

function asNumber(found: TimeValue | null): TimeValue | null {
  if (found === null || found.unit === 'iso') return null
  const isObject = found.unit === 'date' || found.unit === 'moment'
  return { ...found, unit: isObject ? 'milliseconds' : found.unit, isText: false }
}

/** A time and a while after it; an empty text makes a text of a number. */
function sum(
  first: Term,
  second: Term,
  left: TimeValue | null,
  right: TimeValue | null,
): TimeValue | null {
  if ((left === null) === (right === null)) return null
  const [found, other] = left === null ? [right, first] : [left, second]
  if (found === null) return null
  if (other.kind === 'literal' && typeof other.value === 'string')
    return other.value === '' ? asText(found) : null
  // `new Date() + x` is a text, as is a sum with one.
  const isNumber = !found.isText && found.unit !== 'date' && found.unit !== 'moment'
  return isNumber ? found : null
}

function product(
  first: Term,
  second: Term,
  left: TimeValue | null,
  right: TimeValue | null,
): TimeValue | null {
  const seconds = isThousand(second) ? left : isThousand(first) ? right : null
  if (seconds === null || seconds.isText) return null
  const isSeconds = seconds.unit === 'seconds' || seconds.unit === 'fraction'
  return isSeconds ? time('milliseconds', seconds.unit === 'fraction' && seconds.isNow) : null
}

function isThousand(term: Term | undefined): boolean {
  return term?.kind === 'literal' && term.value === 1000
}

function ofMade(term: Extract<Term, { kind: 'made' }>, depth: number): TimeValue | null {
  if (externalName(term.of) !== '#Date') return null
  const [given, ...more] = term.arguments ?? []
  const isNow =
    term.arguments?.length === 0 ||
    (given !== undefined && more.length === 0 && timeOf(given.term(), depth + 1)?.isNow === true)
  return time('date', isNow)
}

const LIBRARIES = new Set(['moment', 'moment-timezone', 'dayjs', 'luxon'])

/** Functions of the language and of date-fns. */
const FUNCTIONS: ReadonlyMap<string, TimeValue> = new Map([
  ['#Date.now', time('milliseconds', true)],
  ['#Date.parse', time('milliseconds', false)],
  ['#Date.UTC', time('milliseconds', false)],
  ['date-fns#getTime', time('milliseconds', false)],
  ['date-fns#getUnixTime', time('seconds', false)],
  ['date-fns#formatISO', ISO],
])

type Result = Extract<Term, { kind: 'result' }>

function ofCall(term: Result, depth: number): TimeValue | null {
  const { callee } = term
  if (callee.kind === 'part') return ofMethod(term, callee, depth)
  if (callee.kind !== 'external') return null
  const known = FUNCTIONS.get(externalName(callee))
  if (known) return known
  const last = callee.path.at(-1) ?? ''
  if (callee.source === 'date-fns' && /^(?:add|sub)[A-Z]?/.test(last)) {
    const [first] = term.arguments
    return time('date', first !== undefined && timeOf(first.term(), depth + 1)?.isNow === true)
  }
  if (!LIBRARIES.has(callee.source) || last === 'duration') return null
  if (callee.source === 'luxon') {
    const isTime = callee.path[0] === 'DateTime' && /^(?:now|utc|local|from\w+)$/.test(last)
    return isTime ? time('moment', last === 'now' || term.arguments.length === 0) : null
  }
  return time('moment', term.arguments.length === 0)
}

/** Methods of libraries that give a time again, just as exact. */
const MOVES =
  /^(?:add|subtract|plus|minus|utc|tz|local|clone|toUTC|toLocal|setZone|utcOffset|locale)$/

const ROUNDS = /^(?:startOf|endOf|set|hours?|minutes?|seconds?|milliseconds?|date|day|month|year)$/

function ofMethod(
  { arguments: given }: Result,
  { of, key }: Extract<Term, { kind: 'part' }>,
  depth: number,
): TimeValue | null {
  const base = timeOf(of, depth + 1)
  // Nothing but a Date has it.
  if (key === 'getTime') return time('milliseconds', base?.isNow === true)
  if (base === null) return null
  if (key === 'toFixed') {
    const digits = given[0]?.term()
    const isWhole = digits === undefined || (digits.kind === 'literal' && digits.value === 0)
    return asText(isWhole ? whole(base) : base)
  }
  if (base.unit === 'date') {
    if (key === 'valueOf') return asNumber(base)
    return /^set(?:UTC)?[A-Z]\w+$/.test(key) ? time('milliseconds', false) : null
  }
  return base.unit === 'moment' ? ofMoment(key, base, given.length) : null
}

function ofMoment(key: string, moment: TimeValue, given: number): TimeValue | null {
  const { isNow } = moment
  if (MOVES.test(key)) return time('moment', isNow)
  switch (key) {
    case 'valueOf':
    case 'toMillis':
      return time('milliseconds', isNow)
    case 'unix':
    case 'toUnixInteger':
      return time('seconds', isNow)
    case 'toSeconds':
      return time(isNow ? 'fraction' : 'seconds', isNow)
    case 'toDate':
    case 'toJSDate':
      return time('date', isNow)
    case 'toISO':
    case 'toJSON':
      return isoOf(moment)
    case 'format':
      return given === 0 ? isoOf(moment) : null
    default:
      return ROUNDS.test(key) && given > 0 ? time('moment', false) : null
  }
}
