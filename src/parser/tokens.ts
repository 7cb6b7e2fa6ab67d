import type { Locator, SourceLocation } from './locations.ts'
import {
  endOfLineComment,
  endOfNumber,
  endOfPunctuator,
  endOfString,
  endOfWord,
  isDigit,
  isWordStart,
  skipTrivia,
} from './scan.ts'
import { reservedWords, type TokenMarks } from './tree.ts'

/** A token in the form of ESLint's `ast.tokens`. */
export interface Token {
  type: string
  value: string
  range: [number, number]
  loc: SourceLocation
  regex?: { pattern: string; flags: string }
}

/**
 * The tokens of a text that has been parsed, as typescript-estree gives them. What cannot be told
 * from the text alone (a regular expression, JSX text, where `>>` is two tokens) comes from the
 * tree's marks.
 */
export function tokenize(text: string, marks: TokenMarks, locate: Locator): Token[] {
  const tokens: Token[] = []
  let at = text.startsWith('#!') ? endOfLineComment(text, 0) : 0
  while (at < text.length) {
    // JSX text may begin with what would otherwise be white space or a comment.
    const start = marks.known.has(at) ? at : skipTrivia(text, at).end
    if (start >= text.length) break
    const token = createToken(text, start, marks, locate)
    tokens.push(token)
    at = Math.max(token.range[1], start + 1)
  }
  return tokens
}

function createToken(text: string, start: number, marks: TokenMarks, locate: Locator): Token {
  const known = marks.known.get(start)
  const { type, end } = known ?? recognize(text, start, marks)
  const value = text.slice(start, end)
  const token: Token = { type, value, range: [start, end], loc: locate(start, end) }
  if (type === 'RegularExpression') {
    const slash = value.lastIndexOf('/')
    token.regex = { pattern: value.slice(1, slash), flags: value.slice(slash + 1) }
  } else if (type === 'PrivateIdentifier') {
    token.value = value.slice(1)
  }
  return token
}

function recognize(text: string, start: number, marks: TokenMarks): { type: string; end: number } {
  const code = text.charCodeAt(start)
  if (isWordStart(code)) {
    const end = endOfWord(text, start)
    return { type: typeOfWord(text.slice(start, end)), end }
  }
  if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(start + 1)))) {
    return { type: 'Numeric', end: endOfNumber(text, start) }
  }
  if (code === 34 || code === 39) {
    return { type: 'String', end: endOfString(text, start).end }
  }
  if (code === 35) return { type: 'PrivateIdentifier', end: endOfWord(text, start + 1) }
  if (marks.single.has(start)) return { type: 'Punctuator', end: start + 1 }
  return { type: 'Punctuator', end: endOfPunctuator(text, start) }
}

function typeOfWord(word: string): string {
  if (word === 'null') return 'Null'
  if (word === 'true' || word === 'false') return 'Boolean'
  return reservedWords.has(word) ? 'Keyword' : 'Identifier'
}
