import type { ExpressionKind } from './nodes.ts'
import { concatenate, holeCharacter, type ExpressionText } from './text.ts'
import { isKeywordText, tokenize, type Token } from './tokens.ts'

/**
 * What a hole in an expression must be, whatever stands in it:
 * - `value`: an operand where a `:placeholder` belongs; also anything in quotes
 * - `name`: an attribute, or a part of its path or name
 * - `index`: the number of an element of a list
 * - `list`: all that an IN compares with
 * - `placeholder`: part of the name of a `#placeholder` or `:placeholder`
 * - `open`: none of these for certain: a condition, several actions, nothing at all
 */
export type HoleRole = 'value' | 'name' | 'index' | 'list' | 'placeholder' | 'open'

export interface PlacedHole {
  /** In the text as `concatenate` gives it. */
  readonly offset: number
  readonly role: HoleRole
  /** It stands between quotes, which no expression may hold. */
  readonly quoted: boolean
}

/**
 * The role of each hole in an expression, by what stands before and behind it. Never throws; its time is linear in the
 * length of the text.
 *
 * @param kind which member of a request the text is, `Filter` for FilterExpression
 * @see Expressions.OperatorsAndFunctions.html and Expressions.UpdateExpressions.html
 */
export function holesIn(kind: ExpressionKind, source: ExpressionText): readonly PlacedHole[] {
  const { holes } = concatenate(source)
  if (holes.size === 0) return []
  const { tokens } = tokenize(source)
  const reader: Reader = { kind, tokens, opened: [], between: false, clause: null }
  return tokens.flatMap((token, index) => {
    const offsets = holesOf(token, holes)
    const role = offsets.length === 0 ? 'open' : roleOf(reader, token, index)
    step(reader, token, index)
    const quoted = token.kind === 'wrong'
    return offsets.map((offset) => ({ offset, role, quoted }))
  })
}

/** Offsets of the holes in a token. */
function holesOf({ text, range }: Token, holes: ReadonlySet<number>): readonly number[] {
  if (!text.includes(holeCharacter)) return []
  const [start, end] = range
  const found: number[] = []
  for (let offset = start; offset < end; offset += 1) if (holes.has(offset)) found.push(offset)
  return found
}

/** What is open where the reader stands. */
interface Reader {
  readonly kind: ExpressionKind
  readonly tokens: readonly Token[]
  /** The brackets around, innermost last. */
  readonly opened: Bracket[]
  /** A BETWEEN whose AND is still to come. */
  between: boolean
  /** SET, REMOVE, ADD or DELETE; null before the first, and in other kinds. */
  clause: string | null
}

interface Bracket {
  /** `in`, the name of a function, or empty for a bracket that only groups. */
  readonly of: string
  /** What a condition compares stands before its IN; a function's first operand behind its bracket. */
  readonly first: Token | undefined
  operands: number
  readonly between: boolean
}

function step(reader: Reader, token: Token, index: number): void {
  const { opened } = reader
  const { text, kind } = token
  const word = kind === 'word' ? text.toUpperCase() : ''
  if (text === '(') {
    const before = reader.tokens[index - 1]
    const isCall = before?.kind === 'word' && (!isKeywordText(before.text) || isWord(before, 'IN'))
    opened.push({
      of: isCall ? before.text.toLowerCase() : '',
      first: isWord(before, 'IN') ? reader.tokens[index - 2] : reader.tokens[index + 1],
      operands: 0,
      between: reader.between,
    })
    reader.between = false
  } else if (text === ')') reader.between = opened.pop()?.between ?? false
  else if (text === ',') {
    const around = opened.at(-1)
    if (around) around.operands += 1
  } else if (word === 'BETWEEN') reader.between = true
  else if (word === 'AND') reader.between = false
  else if (isClause(reader, token)) reader.clause = word
}

function isClause({ kind, opened }: Reader, token: Token): boolean {
  return kind === 'Update' && opened.length === 0 && CLAUSES.some((word) => isWord(token, word))
}

const CLAUSES = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word
}

function roleOf(reader: Reader, token: Token, index: number): HoleRole {
  const { tokens } = reader
  if (token.kind === 'wrong') return 'value'
  if (token.kind === 'name' || token.kind === 'value') return 'placeholder'
  const before = tokens[index - 1]
  const after = tokens[index + 1]
  if (before?.text === '[' && after?.text === ']') return 'index'
  // Two holes side by side may be anything together, and a name before a bracket is a function's.
  if ((token.kind === 'hole' && token.text.length > 1) || after?.text === '(') return 'open'
  if (before?.text === '.' || after?.text === '.' || after?.text === '[') return 'name'
  const role = roleAmong(reader, before, after, index)
  // A part of a word is a part of a name, wherever an operand may stand.
  return token.kind === 'hole' || role === 'open' ? role : 'name'
}

/** The role of a hole that is a whole operand, or a part of one word. */
function roleAmong(
  reader: Reader,
  before: Token | undefined,
  after: Token | undefined,
  index: number,
): HoleRole {
  const around = reader.opened.at(-1)
  if (around && around.of !== '') return roleInBrackets(around, before, after)
  switch (reader.kind) {
    case 'Projection':
      return isBoundary(before) && isBoundary(after) ? 'name' : 'open'
    case 'Update':
      return roleInUpdate(reader, before, after)
    default:
      return roleInCondition(reader, before, after, index)
  }
}

function isBoundary(token: Token | undefined): boolean {
  return token === undefined || token.kind === 'end' || token.text === ','
}

function roleInBrackets(
  { of, first, operands }: Bracket,
  before: Token | undefined,
  after: Token | undefined,
): HoleRole {
  const isWhole =
    (before?.text === '(' || before?.text === ',') && (after?.text === ')' || after?.text === ',')
  if (of === 'in') {
    const isAlone = before?.text === '(' && after?.text === ')'
    return isAlone ? 'list' : isWhole ? beside(first) : 'open'
  }
  if (!isWhole) return 'open'
  switch (of) {
    case 'list_append':
      return 'value'
    case 'if_not_exists':
    case 'begins_with':
    case 'contains':
    case 'attribute_type':
      if (operands === 0) return after.text === ',' ? 'name' : 'open'
      return operands === 1 && after.text === ')' ? beside(first) : 'open'
    case 'size':
    case 'attribute_exists':
    case 'attribute_not_exists':
      return after.text === ')' ? 'name' : 'open'
    default:
      return 'open'
  }
}

/** What is compared with a value is an attribute. */
function beside(other: Token | undefined): HoleRole {
  return other?.kind === 'value' ? 'name' : 'value'
}

function roleInUpdate(
  { clause }: Reader,
  before: Token | undefined,
  after: Token | undefined,
): HoleRole {
  const ends = isBoundary(after) || CLAUSES.some((word) => isWord(after, word))
  const begins = before?.text === ',' || (clause !== null && isWord(before, clause))
  switch (clause) {
    case 'SET':
      if (begins) return after?.text === '=' ? 'name' : 'open'
      if (before?.text !== '=' && before?.text !== '+' && before?.text !== '-') return 'open'
      return ends || after?.text === '+' || after?.text === '-' ? 'value' : 'open'
    case 'REMOVE':
      return begins && ends ? 'name' : 'open'
    case 'ADD':
    case 'DELETE':
      if (begins) return isOperand(after) ? 'name' : 'open'
      return isOperand(before) && ends ? 'value' : 'open'
    default:
      return 'open'
  }
}

function isOperand(token: Token | undefined): boolean {
  switch (token?.kind) {
    case 'word':
      return !isKeywordText(token.text)
    case 'name':
    case 'value':
    case 'hole':
      return true
    default:
      return token?.text === ']'
  }
}

const COMPARATOR = /^(?:=|<>|<=?|>=?)$/

function isComparator(token: Token | undefined): boolean {
  return token?.kind === 'punctuator' && !token.holed && COMPARATOR.test(token.text)
}

function roleInCondition(
  reader: Reader,
  before: Token | undefined,
  after: Token | undefined,
  index: number,
): HoleRole {
  const { tokens, between } = reader
  const ends =
    after === undefined ||
    after.kind === 'end' ||
    after.text === ')' ||
    isWord(after, 'AND') ||
    isWord(after, 'OR')
  if (isComparator(before)) return ends ? beside(tokens[index - 2]) : 'open'
  if (isWord(before, 'BETWEEN'))
    return between && isWord(after, 'AND') ? beside(tokens[index - 2]) : 'open'
  if (isWord(before, 'AND') && isWord(tokens[index - 3], 'BETWEEN'))
    return ends ? beside(tokens[index - 4]) : 'open'
  const begins =
    before === undefined ||
    before.text === '(' ||
    ['AND', 'OR', 'NOT'].some((word) => isWord(before, word))
  const isCompared = isComparator(after) || isWord(after, 'BETWEEN') || isWord(after, 'IN')
  return begins && isCompared ? 'name' : 'open'
}
