import type { SyntaxFinding } from '../findings.ts'
import type { ExpressionKind, Range } from '../nodes.ts'
import { tokenize, type Token } from '../tokens.ts'
import type { ExpressionText } from '../text.ts'

/**
 * Where a parser stands. After the first mistake the cursor stands at the end for good, so that
 * every loop and every recursion of the parser runs out by itself.
 */
export interface Cursor {
  readonly text: string
  readonly tokens: readonly Token[]
  /** The keywords of this kind of expression. */
  readonly keyword: RegExp
  /** Index of the first token with a hole; from there on nothing is certain. */
  readonly firstHole: number
  readonly errors: SyntaxFinding[]
  position: number
  stopped: boolean
  depth: number
  /** How many tokens have been looked at; grows linearly with the text. */
  steps: number
}

/**
 * No expression with more than 300 operators is accepted, and two pairs of brackets around one thing
 * never are, so nothing deeper than this can be right.
 */
const deepest = 700

export function createCursor(kind: ExpressionKind, source: ExpressionText): Cursor {
  const { text, tokens } = tokenize(source)
  const firstHole = tokens.findIndex((token) => token.holed)
  return {
    text,
    tokens,
    keyword: keywordOf(kind),
    firstHole: firstHole === -1 ? tokens.length : firstHole,
    errors: [],
    position: 0,
    stopped: false,
    depth: 0,
    steps: 0,
  }
}

/** The token at the cursor, or `ahead` tokens further; the end token when there is none. */
export function peek(cursor: Cursor, ahead = 0): Token {
  cursor.steps += 1
  const last = cursor.tokens.length - 1
  const index = cursor.stopped ? last : Math.min(cursor.position + ahead, last)
  // The list is never empty: its last token is the end.
  return cursor.tokens[index] as Token
}

/** Takes the token at the cursor. */
export function advance(cursor: Cursor): Token {
  const token = peek(cursor)
  if (!cursor.stopped && token.kind !== 'end') cursor.position += 1
  return token
}

/** Takes the token at the cursor if it is that punctuator. */
export function take(cursor: Cursor, punctuator: string): Token | undefined {
  return isPunctuator(peek(cursor), punctuator) ? advance(cursor) : undefined
}

/** Takes that punctuator, or fails. */
export function expect(cursor: Cursor, punctuator: string): Token | undefined {
  const token = take(cursor, punctuator)
  if (!token) fail(cursor)
  return token
}

export function isPunctuator(token: Token, text: string): boolean {
  return token.kind === 'punctuator' && token.text === text
}

/**
 * Whether the token is a keyword that may stand in this kind of expression. Other keywords can only be
 * meant as names, so that they are read as such, and reported later.
 */
export function isOwnKeyword(cursor: Cursor, token: Token): boolean {
  return token.kind === 'word' && cursor.keyword.test(token.text)
}

const conditionKeyword = /^(?:and|or|not|in|between)$/i
const updateKeyword = /^(?:set|remove|add|delete)$/i
const noKeyword = /^(?!)/

function keywordOf(kind: ExpressionKind): RegExp {
  switch (kind) {
    case 'Update':
      return updateKeyword
    case 'Projection':
      return noKeyword
    default:
      return conditionKeyword
  }
}

/** Whether the token is that keyword, in any case. */
export function isKeyword(token: Token, keyword: string): boolean {
  return token.kind === 'word' && token.text.toUpperCase() === keyword
}

/**
 * Stops the parser. The token at the cursor is reported if no hole stands before it or in it:
 * otherwise what the hole holds may make it right.
 */
export function fail(cursor: Cursor): void {
  if (cursor.stopped) return
  if (cursor.position < cursor.firstHole) reportToken(cursor, cursor.position)
  cursor.stopped = true
}

/** Adds the syntax error that DynamoDB gives for a token. */
export function reportToken(cursor: Cursor, index: number): void {
  const token = cursor.tokens[index] as Token
  const name = token.kind === 'end' ? '<EOF>' : token.text
  const from = cursor.tokens[index - 1] ?? token
  const to = cursor.tokens[index + 1] ?? token
  const near = cursor.text.slice(from.range[0], to.range[1])
  cursor.errors.push({
    code: 'syntax',
    message: `Syntax error; token: "${name}", near: "${near}"`,
    range: token.kind === 'end' ? lastCharacter(cursor.text) : token.range,
  })
}

/** Runs a parser one level deeper, or gives up where no expression could be right any more. */
export function deeper<T>(cursor: Cursor, parse: () => T | undefined): T | undefined {
  if (cursor.depth >= deepest) {
    if (!cursor.stopped && cursor.position < cursor.firstHole) {
      cursor.errors.push({
        code: 'tooDeep',
        message: 'The expression is nested too deeply',
        range: peek(cursor).range,
      })
    }
    cursor.stopped = true
    return undefined
  }
  cursor.depth += 1
  const result = parse()
  cursor.depth -= 1
  return result
}

/** From the start of one node or token to the end of another. */
export function span(from: { readonly range: Range }, to: { readonly range: Range }): Range {
  return [from.range[0], to.range[1]]
}

/** The end of the text as a range that can be seen: its last character that is not white space. */
function lastCharacter(text: string): Range {
  const end = text.trimEnd().length
  return end === 0 ? [0, text.length] : [end - 1, end]
}
