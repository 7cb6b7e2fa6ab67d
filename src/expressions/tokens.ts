import { concatenate, type ConcatenatedText, type ExpressionText } from './text.ts'
import type { Range } from './nodes.ts'

/**
 * - `word`: an identifier, a keyword or the name of a function; also a name with an underscore in
 *   front, which is reported as such
 * - `name`: `#placeholder`; `value`: `:placeholder`
 * - `number`: a list index: `0`, or digits that do not begin with one
 * - `punctuator`: brackets, `.`, `,`, `+`, `-` and the comparators
 * - `hole`: an unknown piece that touches no word
 * - `wrong`: a character that no expression may hold, or a quoted string
 */
export type TokenKind =
  'word' | 'name' | 'value' | 'number' | 'punctuator' | 'hole' | 'wrong' | 'end'

export interface Token {
  readonly kind: TokenKind
  /** As written, a hole being `holeCharacter`. */
  readonly text: string
  readonly range: Range
  /** Whether a hole is in the token, or touches it so that it may be more than what is seen. */
  readonly holed: boolean
}

export interface TokenizedText {
  readonly text: string
  /** In order; the last one is `end`, with an empty range. */
  readonly tokens: readonly Token[]
}

/**
 * The words that can name no attribute anywhere, whatever the kind of expression; in any case.
 * Every one of them needs a `#placeholder`.
 */
const keyword = /^(?:in|between|not|and|or|set|add|delete|remove)$/i

export function isKeywordText(word: string): boolean {
  return keyword.test(word)
}

/**
 * Cuts the text of an expression into tokens and drops the white space. Never throws; looks at each
 * character at most twice.
 */
export function tokenize(source: ExpressionText): TokenizedText {
  const concatenated = concatenate(source)
  const { text } = concatenated
  const tokens: Token[] = []
  let offset = 0
  while (offset < text.length) {
    if (isSpace(text.charCodeAt(offset))) {
      offset += 1
      continue
    }
    const token = tokenAt(concatenated, offset)
    tokens.push(token)
    offset = token.range[1]
  }
  tokens.push({ kind: 'end', text: '', range: [text.length, text.length], holed: false })
  return { text, tokens }
}

function tokenAt(source: ConcatenatedText, start: number): Token {
  const { text, holes } = source
  const first = text.charCodeAt(start)
  const make = (kind: TokenKind, end: number, holed: boolean): Token => ({
    kind,
    text: text.slice(start, end),
    range: [start, end],
    holed,
  })

  if (first === hash || first === colon) {
    const run = wordRun(source, start + 1)
    if (run.end === start + 1) return make('wrong', start + 1, false)
    return make(first === hash ? 'name' : 'value', run.end, run.holes > 0)
  }
  if (isDigit(first)) {
    let end = start + 1
    if (first !== zero) while (isDigit(text.charCodeAt(end))) end += 1
    if (!holes.has(end)) return make('number', end, false)
    return make('number', wordRun(source, end).end, true)
  }
  if (isLetter(first) || first === underscore || holes.has(start)) {
    const run = wordRun(source, start)
    return make(run.holes === run.end - start ? 'hole' : 'word', run.end, run.holes > 0)
  }

  const pair = text.slice(start, start + 2)
  const length = pair === '<>' || pair === '<=' || pair === '>=' ? 2 : 1
  const end = start + length
  if (comparatorStart.test(pair)) {
    const mayGoOn = length === 1 && !pair.startsWith('=') && holes.has(end)
    const mayHaveBegun = !pair.startsWith('<') && holes.has(start - 1)
    return make('punctuator', end, mayGoOn || mayHaveBegun)
  }
  if (punctuator.test(pair)) return make('punctuator', end, false)
  if (first === doubleQuote || first === singleQuote)
    return make('wrong', quoteEnd(text, start), false)
  return make('wrong', start + (isHighSurrogate(first) ? 2 : 1), false)
}

/** The end of a quoted string, or of its quote where it is never closed. */
function quoteEnd(text: string, start: number): number {
  const close = text.indexOf(text.charAt(start), start + 1)
  return close === -1 ? start + 1 : close + 1
}

/** The letters, digits, underscores and holes that follow each other from `start` on. */
function wordRun(source: ConcatenatedText, start: number): { end: number; holes: number } {
  let end = start
  let holes = 0
  for (; end < source.text.length; end += 1) {
    if (source.holes.has(end)) holes += 1
    else if (!isWordCharacter(source.text.charCodeAt(end))) break
  }
  return { end, holes }
}

const hash = 0x23
const colon = 0x3a
const underscore = 0x5f
const zero = 0x30
const doubleQuote = 0x22
const singleQuote = 0x27
const comparatorStart = /^[<>=]/
const punctuator = /^[()[\].,+-]/

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isLetter(code: number): boolean {
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x7a
}

function isWordCharacter(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === underscore
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}
