import type { HoleNode, Operand } from '../nodes.ts'
import {
  advance,
  deeper,
  expect,
  isOwnKeyword,
  isPunctuator,
  peek,
  span,
  take,
  type Cursor,
} from './cursor.ts'
import { holeOf, parsePath } from './path.ts'

/**
 * Parses one operand: a path, a value, a call, or one of these in brackets. What a function takes
 * is checked later.
 *
 * @see Expressions.OperatorsAndFunctions.html
 */
export function parseOperand(cursor: Cursor): Operand | undefined {
  const token = peek(cursor)
  if (isPunctuator(token, '(')) {
    const open = advance(cursor)
    const operand = deeper(cursor, () => parseOperand(cursor))
    const close = operand && expect(cursor, ')')
    return close && { type: 'ParenthesizedOperand', range: span(open, close), operand }
  }
  if (token.kind === 'value') return parseValue(cursor)
  if (token.kind === 'word' || token.kind === 'hole') {
    if (isPunctuator(peek(cursor, 1), '(') && !isOwnKeyword(cursor, token)) {
      return parseCall(cursor)
    }
  }
  return parsePath(cursor)
}

/** Parses `:value`. */
export function parseValue(cursor: Cursor): Operand & { type: 'ValuePlaceholder' | 'Hole' } {
  const token = advance(cursor)
  if (token.holed) return holeOf(token)
  return { type: 'ValuePlaceholder', range: token.range, name: token.text }
}

function parseCall(cursor: Cursor): Operand | undefined {
  const name = advance(cursor)
  advance(cursor)
  const operands = deeper(cursor, () => parseOperands(cursor))
  const close = operands && expect(cursor, ')')
  if (!close) return undefined
  const range = span(name, close)
  if (name.holed) return { type: 'UnknownCall', range, text: name.text, arguments: operands }
  return {
    type: 'FunctionCall',
    range,
    name: name.text,
    nameRange: name.range,
    arguments: operands,
  }
}

/** Parses operands with commas between them, at least one. */
export function parseOperands(cursor: Cursor): Operand[] | undefined {
  const operands: Operand[] = []
  do {
    const operand = parseOperand(cursor)
    if (!operand) return undefined
    operands.push(operand)
    const glued = takeGluedHole(cursor)
    if (glued) operands.push(glued)
  } while (take(cursor, ','))
  return operands
}

/** Takes a hole that stands where a comma or the end was due: it may hold them. */
export function takeGluedHole(cursor: Cursor): HoleNode | undefined {
  return peek(cursor).kind === 'hole' ? { ...holeOf(advance(cursor)), glued: true } : undefined
}
