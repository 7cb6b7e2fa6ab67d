import type { Comparator, Condition, Operand } from '../nodes.ts'
import type { Token } from '../tokens.ts'
import {
  advance,
  deeper,
  expect,
  fail,
  isKeyword,
  isPunctuator,
  peek,
  span,
  type Cursor,
} from './cursor.ts'
import { parseOperand, parseOperands } from './operand.ts'
import { holeOf } from './path.ts'

/**
 * Parses a condition, with `OR` weaker than `AND` weaker than `NOT`.
 *
 * @see Expressions.OperatorsAndFunctions.html
 */
export function parseCondition(cursor: Cursor): Condition | undefined {
  const parsed = parseJunction(cursor)
  return parsed && asCondition(cursor, parsed)
}

/** What brackets may hold: a condition, or an operand of a comparison that follows. */
type ConditionOrOperand = Condition | Operand

/** Parses conditions beside each other: one, unless a hole hides what joins them. */
function parseJunction(cursor: Cursor): ConditionOrOperand | undefined {
  const first = parseOr(cursor)
  if (!first || !isCondition(first)) return first
  const parts: Condition[] = [first]
  for (;;) {
    const next = peek(cursor)
    const hidden = next.kind === 'hole'
    const afterHole = parts[parts.length - 1]?.type === 'Hole' && beginsCondition(next)
    if (!hidden && !afterHole) break
    const part = parseOr(cursor)
    if (!part) break
    const condition = asCondition(cursor, part)
    if (!condition) break
    parts.push(condition)
  }
  if (parts.length === 1) return first
  const range = span(first, parts[parts.length - 1] ?? first)
  return { type: 'UnknownJunction', range, parts }
}

function parseOr(cursor: Cursor): ConditionOrOperand | undefined {
  return parseChain(cursor, 'OR', parseAnd, (range, conditions) => ({
    type: 'Or',
    range,
    conditions,
  }))
}

function parseAnd(cursor: Cursor): ConditionOrOperand | undefined {
  return parseChain(cursor, 'AND', parseNot, (range, conditions) => ({
    type: 'And',
    range,
    conditions,
  }))
}

function parseChain(
  cursor: Cursor,
  keyword: 'AND' | 'OR',
  parsePart: (cursor: Cursor) => ConditionOrOperand | undefined,
  make: (range: Condition['range'], conditions: Condition[]) => Condition,
): ConditionOrOperand | undefined {
  const first = parsePart(cursor)
  if (!first || !isKeyword(peek(cursor), keyword)) return first
  const head = asCondition(cursor, first)
  if (!head) return undefined
  const conditions: Condition[] = [head]
  while (isKeyword(peek(cursor), keyword)) {
    advance(cursor)
    const part = parsePart(cursor)
    const condition = part && asCondition(cursor, part)
    if (!condition) break
    conditions.push(condition)
  }
  if (conditions.length === 1) return head
  return make(span(head, conditions[conditions.length - 1] ?? head), conditions)
}

function parseNot(cursor: Cursor): ConditionOrOperand | undefined {
  const token = peek(cursor)
  if (!isKeyword(token, 'NOT') || isComparator(peek(cursor, 1))) return parsePrimary(cursor)
  const not = advance(cursor)
  const part = deeper(cursor, () => parseNot(cursor))
  const condition = part && asCondition(cursor, part)
  return condition && { type: 'Not', range: span(not, condition), condition }
}

function parsePrimary(cursor: Cursor): ConditionOrOperand | undefined {
  const token = peek(cursor)
  if (isPunctuator(token, '(')) return parseBrackets(cursor)
  if (token.kind === 'hole' && !isPunctuator(peek(cursor, 1), '(')) {
    const next = peek(cursor, 1)
    if (!isComparator(next) && !/^[.[]$/.test(next.text) && !isKeyword(next, 'IN')) {
      if (!isKeyword(next, 'BETWEEN')) return holeOf(advance(cursor))
    }
  }
  const operand = parseOperand(cursor)
  return operand && parseAfterOperand(cursor, operand)
}

function parseBrackets(cursor: Cursor): ConditionOrOperand | undefined {
  const open = advance(cursor)
  const inner = deeper(cursor, () => parseJunction(cursor))
  const close = inner && expect(cursor, ')')
  if (!close) return undefined
  const couldBeOperand = isOperandNode(inner)
  const next = peek(cursor)
  const isOperand = isComparator(next) || isKeyword(next, 'IN') || isKeyword(next, 'BETWEEN')
  if (isCondition(inner) && !(couldBeOperand && isOperand)) {
    return { type: 'ParenthesizedCondition', range: span(open, close), condition: inner }
  }
  if (!isOperandNode(inner)) {
    fail(cursor)
    return undefined
  }
  const range = span(open, close)
  return parseAfterOperand(cursor, { type: 'ParenthesizedOperand', range, operand: inner })
}

/** Parses what makes an operand a condition. Without it the operand is given back as it is. */
function parseAfterOperand(cursor: Cursor, left: Operand): ConditionOrOperand | undefined {
  const token = peek(cursor)
  if (isComparator(token)) {
    advance(cursor)
    const right = parseOperand(cursor)
    if (!right) return undefined
    return {
      type: 'Comparison',
      range: span(left, right),
      operator: token.holed ? 'unknown' : (token.text as Comparator),
      operatorText: token.text,
      operatorRange: token.range,
      left,
      right,
    }
  }
  if (isKeyword(token, 'BETWEEN')) {
    advance(cursor)
    const lower = parseOperand(cursor)
    if (!lower) return undefined
    if (!isKeyword(peek(cursor), 'AND')) {
      fail(cursor)
      return undefined
    }
    advance(cursor)
    const upper = parseOperand(cursor)
    return upper && { type: 'Between', range: span(left, upper), operand: left, lower, upper }
  }
  if (isKeyword(token, 'IN')) {
    advance(cursor)
    return parseCandidates(cursor, left)
  }
  return left
}

function parseCandidates(cursor: Cursor, operand: Operand): Condition | undefined {
  // `a IN ${list}`: the hole may hold the brackets too.
  const hidden = peek(cursor).kind === 'hole' ? holeOf(advance(cursor)) : undefined
  if (hidden && !isPunctuator(peek(cursor), '(')) {
    return { type: 'In', range: span(operand, hidden), operand, candidates: [hidden] }
  }
  if (!expect(cursor, '(')) return undefined
  const candidates = parseOperands(cursor)
  const close = candidates && expect(cursor, ')')
  return close && { type: 'In', range: span(operand, close), operand, candidates }
}

/** Fails where an operand stands alone, at the token that should have made it a condition. */
function asCondition(cursor: Cursor, parsed: ConditionOrOperand): Condition | undefined {
  if (isCondition(parsed)) return parsed
  fail(cursor)
  return undefined
}

function isCondition(node: ConditionOrOperand): node is Condition {
  switch (node.type) {
    case 'Path':
    case 'ValuePlaceholder':
    case 'ParenthesizedOperand':
    case 'Arithmetic':
      return false
    default:
      return true
  }
}

function isOperandNode(node: ConditionOrOperand): node is Operand {
  return !isCondition(node) || /^(?:FunctionCall|UnknownCall|Hole)$/.test(node.type)
}

function isComparator(token: Token): boolean {
  return token.kind === 'punctuator' && /^[=<>]/.test(token.text)
}

function beginsCondition(token: Token): boolean {
  if (token.kind === 'word') return !/^(?:and|or|in|between)$/i.test(token.text)
  return token.kind === 'name' || token.kind === 'value' || isPunctuator(token, '(')
}
