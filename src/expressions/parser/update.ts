import type {
  Arithmetic,
  HoleNode,
  Operand,
  Path,
  UpdateAction,
  UpdateExpression,
  UpdateKeyword,
  UpdateSection,
  ValuePlaceholder,
} from '../nodes.ts'
import type { Token } from '../tokens.ts'
import {
  advance,
  deeper,
  expect,
  fail,
  isPunctuator,
  peek,
  span,
  take,
  type Cursor,
} from './cursor.ts'
import { parseOperand, parseValue, takeGluedHole } from './operand.ts'
import { holeOf, parsePath } from './path.ts'

/**
 * Parses the clauses of an update, in any order and as often as they are written.
 *
 * @see Expressions.UpdateExpressions.html
 */
export function parseSections(cursor: Cursor): UpdateExpression['sections'] {
  const sections: (UpdateSection | HoleNode)[] = []
  while (peek(cursor).kind !== 'end') {
    const token = peek(cursor)
    const keyword = keywordOf(token)
    if (keyword) sections.push(parseSection(cursor, keyword))
    else if (token.kind === 'hole' || (token.kind === 'word' && token.holed)) {
      sections.push(holeOf(advance(cursor)))
    } else fail(cursor)
  }
  return sections
}

function parseSection(cursor: Cursor, keyword: UpdateKeyword): UpdateSection {
  const start = advance(cursor)
  const actions: (UpdateAction | HoleNode)[] = []
  do {
    const action = parseActionOrHole(cursor, keyword)
    if (!action) break
    actions.push(action)
    const glued = takeGluedHole(cursor)
    if (glued) actions.push(glued)
  } while (take(cursor, ','))
  return {
    type: 'UpdateSection',
    range: span(start, actions[actions.length - 1] ?? start),
    keyword,
    keywordRange: start.range,
    actions,
  }
}

/** A hole where an action is due may stand for any number of actions, or for the path of one. */
function parseActionOrHole(
  cursor: Cursor,
  keyword: UpdateKeyword,
): UpdateAction | HoleNode | undefined {
  const token = peek(cursor)
  if (token.kind === 'hole') {
    const next = peek(cursor, 1)
    const goesOn = isPunctuator(next, '=') || isPunctuator(next, '.') || isPunctuator(next, '[')
    if (!goesOn && next.kind !== 'value') return holeOf(advance(cursor))
  }
  const path = parsePath(cursor)
  return path && parseAction(cursor, keyword, path)
}

function parseAction(
  cursor: Cursor,
  keyword: UpdateKeyword,
  path: Path | HoleNode,
): UpdateAction | HoleNode | undefined {
  switch (keyword) {
    case 'SET': {
      if (isOpenHole(path) && !isPunctuator(peek(cursor), '=')) return path
      if (!expect(cursor, '=')) return undefined
      const value = parseSetValue(cursor)
      return value && { type: 'SetAction', range: span(path, value), path, value }
    }
    case 'REMOVE':
      return { type: 'RemoveAction', range: path.range, path }
    case 'ADD':
    case 'DELETE': {
      const value = parseActionValue(cursor)
      if (!value) {
        if (isOpenHole(path)) return path
        fail(cursor)
        return undefined
      }
      const type = keyword === 'ADD' ? 'AddAction' : 'DeleteAction'
      return { type, range: span(path, value), path, value }
    }
  }
}

/**
 * Parses what SET assigns: an operand, or two with one `+` or `-` between them; brackets may stand
 * around either, but what they hold is no operand if it is a sum.
 */
function parseSetValue(cursor: Cursor): Operand | undefined {
  let left: Operand | undefined
  if (isPunctuator(peek(cursor), '(')) {
    const open = advance(cursor)
    const inner = deeper(cursor, () => parseSetValue(cursor))
    const close = inner && expect(cursor, ')')
    if (!close) return undefined
    left = { type: 'ParenthesizedOperand', range: span(open, close), operand: inner }
    if (isArithmetic(inner)) return left
  } else left = parseOperand(cursor)
  if (!left) return undefined
  const token = peek(cursor)
  if (!isPunctuator(token, '+') && !isPunctuator(token, '-')) return left
  const operator: Arithmetic['operator'] = advance(cursor).text === '+' ? '+' : '-'
  const right = parseOperand(cursor)
  if (!right) return undefined
  return { type: 'Arithmetic', range: span(left, right), operator, left, right }
}

function isArithmetic(operand: Operand): boolean {
  let bare = operand
  while (bare.type === 'ParenthesizedOperand') bare = bare.operand
  return bare.type === 'Arithmetic'
}

function parseActionValue(cursor: Cursor): ValuePlaceholder | HoleNode | undefined {
  const token = peek(cursor)
  if (token.kind === 'value') return parseValue(cursor)
  return token.kind === 'hole' ? holeOf(advance(cursor)) : undefined
}

/** Whether what is unknown may hold more than a name, as in `SET a${rest}`. */
function isOpenHole(path: Path | HoleNode): path is HoleNode {
  return path.type === 'Hole'
}

function keywordOf(token: Token): UpdateKeyword | undefined {
  if (token.kind !== 'word') return undefined
  const upper = token.text.toUpperCase()
  return upper === 'SET' || upper === 'REMOVE' || upper === 'ADD' || upper === 'DELETE'
    ? upper
    : undefined
}
