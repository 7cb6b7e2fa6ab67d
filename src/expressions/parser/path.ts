import type { HoleNode, ListIndex, Path, PathSegment } from '../nodes.ts'
import type { Token } from '../tokens.ts'
import {
  advance,
  expect,
  fail,
  isOwnKeyword,
  isPunctuator,
  peek,
  span,
  take,
  type Cursor,
} from './cursor.ts'

/**
 * Parses a document path: a name, then `.name` and `[index]` as often as wanted. A keyword is taken
 * for a name where it can be meant as nothing else, so that it can be reported as one.
 *
 * @see Expressions.Attributes.html
 */
export function parsePath(cursor: Cursor): Path | HoleNode | undefined {
  const token = peek(cursor)
  const isName = token.kind === 'word' || token.kind === 'name' || token.kind === 'hole'
  if (!isName || (isOwnKeyword(cursor, token) && !meansName(peek(cursor, 1)))) {
    fail(cursor)
    return undefined
  }
  return parsePathAfter(cursor, nameSegment(advance(cursor)))
}

/** Parses the rest of a path whose head is known. A hole with nothing after it stays a hole. */
function parsePathAfter(cursor: Cursor, head: PathSegment): Path | HoleNode | undefined {
  const segments: PathSegment[] = [head]
  for (;;) {
    if (take(cursor, '.')) {
      const token = peek(cursor)
      const isName = token.kind === 'word' || token.kind === 'name' || token.kind === 'hole'
      if (!isName) {
        fail(cursor)
        return undefined
      }
      segments.push(nameSegment(advance(cursor)))
    } else if (isPunctuator(peek(cursor), '[')) {
      const index = parseIndex(cursor)
      if (!index) return undefined
      segments.push(index)
    } else break
  }
  if (segments.length === 1 && head.type === 'Hole') return head
  return { type: 'Path', range: span(head, segments[segments.length - 1] ?? head), segments }
}

function parseIndex(cursor: Cursor): ListIndex | HoleNode | undefined {
  const open = advance(cursor)
  const token = peek(cursor)
  const mayBeNumber = token.kind === 'number' || (token.holed && token.kind !== 'punctuator')
  if (!mayBeNumber) {
    fail(cursor)
    return undefined
  }
  advance(cursor)
  const close = expect(cursor, ']')
  if (!close) return undefined
  const range = span(open, close)
  return token.holed
    ? { type: 'Hole', range, text: `[${token.text}]` }
    : { type: 'ListIndex', range, text: token.text }
}

function nameSegment(token: Token): PathSegment {
  if (token.holed) return holeOf(token)
  const { range, text } = token
  return token.kind === 'name'
    ? { type: 'NamePlaceholder', range, name: text }
    : { type: 'Identifier', range, name: text }
}

export function holeOf(token: Token): HoleNode {
  return { type: 'Hole', range: token.range, text: token.text }
}

/** Whether a keyword before this token can only be meant as the name of an attribute. */
function meansName(token: Token): boolean {
  return token.kind === 'punctuator' && /^(?:[=.[,)]|<>|[<>]=?)$/.test(token.text)
}
