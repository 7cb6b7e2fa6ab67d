import { concatenate } from '../expressions/index.ts'
import type { ExpressionText } from '../expressions/index.ts'

/** What a hole in a PartiQL statement must be, whatever stands in it; `open` where that is not certain. */
export interface StatementHole {
  /** In the text as `concatenate` of `src/expressions` gives it. */
  readonly offset: number
  readonly role: 'value' | 'name' | 'index' | 'open'
  /** The quoted text that it stands in, with its quotes, as offsets; null where it stands bare. */
  readonly quoted: readonly [number, number] | null
  /** How many `?` stand before it. */
  readonly parameters: number
}

interface Token {
  readonly kind: 'word' | 'hole' | 'text' | 'quoted-name' | 'parameter' | 'punctuator'
  readonly text: string
  readonly range: readonly [number, number]
}

/**
 * The role of each hole in a PartiQL statement: a value in single quotes or behind a comparator, a name in double quotes
 * or where a table or attribute stands. Never throws; linear in the length of the text.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html
 */
export function holesInStatement(source: ExpressionText): readonly StatementHole[] {
  const { text, holes } = concatenate(source)
  if (holes.size === 0) return []
  const tokens = tokensOf(text, holes)
  let parameters = 0
  return tokens.flatMap((token, index): readonly StatementHole[] => {
    if (token.kind === 'parameter') parameters += 1
    const [start, end] = token.range
    const found: StatementHole[] = []
    for (let offset = start; offset < end; offset += 1) {
      if (!holes.has(offset)) continue
      const quoted = token.kind === 'text' || token.kind === 'quoted-name' ? token.range : null
      found.push({ offset, role: roleOf(tokens, index), quoted, parameters })
    }
    return found
  })
}

/** How many `?` a statement has. */
export function parametersIn(source: ExpressionText): number {
  const { text, holes } = concatenate(source)
  return tokensOf(text, holes).filter(({ kind }) => kind === 'parameter').length
}

/** Comments are left out; a quote that is never closed takes in the rest. */
function tokensOf(text: string, holes: ReadonlySet<number>): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const character = text.charAt(at)
    const start = at
    const add = (kind: Token['kind'], end: number): void => {
      tokens.push({ kind, text: text.slice(start, end), range: [start, end] })
      at = end
    }
    if (text.startsWith('--', at)) at = endOf(text, '\n', at)
    else if (text.startsWith('/*', at)) at = endOf(text, '*/', at + 2)
    else if (character === "'") add('text', quoteEnd(text, at, holes))
    else if (character === '"') add('quoted-name', quoteEnd(text, at, holes))
    else if (character === '?') add('parameter', at + 1)
    else if (isWordAt(text, at, holes)) {
      let end = at
      let known = 0
      for (; isWordAt(text, end, holes); end += 1) if (!holes.has(end)) known += 1
      add(known === 0 && end === at + 1 ? 'hole' : 'word', end)
    } else if (/\s/.test(character)) at += 1
    else {
      const pair = text.slice(at, at + 2)
      add('punctuator', at + (/^(?:<>|!=|<=|>=|<<|>>|\|\|)$/.test(pair) ? 2 : 1))
    }
  }
  return tokens
}

function endOf(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from)
  return found < 0 ? text.length : found + end.length
}

/** Behind the closing quote; a doubled quote stands for itself. */
function quoteEnd(text: string, start: number, holes: ReadonlySet<number>): number {
  const quote = text.charAt(start)
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) !== quote || holes.has(at)) continue
    if (text.charAt(at + 1) !== quote) return at + 1
    at += 1
  }
  return text.length
}

function isWordAt(text: string, at: number, holes: ReadonlySet<number>): boolean {
  return holes.has(at) || /[\w$]/.test(text.charAt(at))
}

const COMPARATOR = /^(?:=|<>|!=|<=?|>=?)$/

function roleOf(tokens: readonly Token[], index: number): StatementHole['role'] {
  const token = tokens[index]
  if (token?.kind === 'text') return 'value'
  if (token?.kind === 'quoted-name') return 'name'
  const before = tokens[index - 1]
  const after = tokens[index + 1]
  const isFirst = (wanted: string): boolean => isWord(before, wanted)
  if (before?.text === '[' && after?.text === ']' && isPath(tokens[index - 2])) return 'index'
  if (before?.text === '.' || after?.text === '.') return 'name'
  if (['FROM', 'INTO', 'UPDATE'].some(isFirst)) return 'name'
  if (['SET', 'REMOVE', 'WHERE', 'AND', 'OR', 'NOT'].some(isFirst)) {
    const isCompared = after?.kind === 'punctuator' && COMPARATOR.test(after.text)
    return isCompared ? 'name' : 'open'
  }
  // Part of a word is no value that anybody wrote.
  if (token?.kind !== 'hole') return 'open'
  const isBehindComparator = before?.kind === 'punctuator' && COMPARATOR.test(before.text)
  const isMember = before?.text === ':' && (after?.text === ',' || after?.text === '}')
  return isMember || (isBehindComparator && isEnd(after)) ? 'value' : 'open'
}

function isPath(token: Token | undefined): boolean {
  return (
    (token?.kind === 'word' && !isWord(token, 'IN')) ||
    token?.kind === 'hole' ||
    token?.kind === 'quoted-name' ||
    token?.text === ']'
  )
}

function isWord(token: Token | undefined, wanted: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === wanted
}

function isEnd(token: Token | undefined): boolean {
  if (token === undefined || token.text === ')' || token.text === ',' || token.text === ';')
    return true
  return ['AND', 'OR', 'SET', 'REMOVE', 'WHERE', 'ORDER', 'RETURNING'].some((word) =>
    isWord(token, word),
  )
}
