import type { Token } from '../tokens.ts'
import { isOwnKeyword, type Cursor } from './cursor.ts'

/** Tokens that may stand in the same places. */
type Kind =
  | 'word'
  | 'name'
  | 'value'
  | 'number'
  | 'comparator'
  | 'junction'
  | 'not'
  | 'between'
  | 'in'
  | 'section'
  | 'sign'
  | ','
  | '.'
  | '('
  | ')'
  | '['
  | ']'
  | 'end'

const operand: readonly Kind[] = ['word', 'name', 'value', '(']
const condition: readonly Kind[] = [...operand, 'not']
const behindOperand: readonly Kind[] = [
  'comparator',
  'junction',
  'between',
  'in',
  'section',
  'sign',
  ',',
  ')',
  'end',
]
/** The value of ADD and DELETE stands right behind a path. */
const behindPath: readonly Kind[] = [...behindOperand, '.', '[', 'value']

/** What may follow each kind of token, in any kind of expression. */
const followers: Readonly<Record<Kind, readonly Kind[]>> = {
  word: [...behindPath, '('],
  name: behindPath,
  value: behindOperand,
  number: [']'],
  comparator: operand,
  junction: condition,
  not: condition,
  between: operand,
  in: ['('],
  section: ['word', 'name'],
  sign: operand,
  ',': operand,
  '.': ['word', 'name'],
  '(': condition,
  ')': behindOperand,
  '[': ['number'],
  ']': behindPath,
  end: [],
}

/**
 * Finds the first two tokens behind a hole that can never stand beside each other, whatever the hole
 * holds: `= =`, `AND )`, a comma at the end.
 *
 * @returns the index of the second one; -1 where there are none
 */
export function impossibleNeighbour(cursor: Cursor): number {
  for (let index = cursor.firstHole; index < cursor.tokens.length - 1; index += 1) {
    const left = cursor.tokens[index]
    const right = cursor.tokens[index + 1]
    if (!left || !right || left.holed || right.holed) continue
    const before = kindOf(cursor, left)
    const behind = kindOf(cursor, right)
    if (before && behind && !followers[before].includes(behind)) return index + 1
  }
  return -1
}

function kindOf(cursor: Cursor, token: Token): Kind | undefined {
  switch (token.kind) {
    case 'name':
    case 'value':
    case 'number':
    case 'end':
      return token.kind
    case 'word':
      return isOwnKeyword(cursor, token) ? keywordKind(token.text.toLowerCase()) : 'word'
    case 'punctuator':
      return punctuatorKind(token.text)
    default:
      return undefined
  }
}

function keywordKind(keyword: string): Kind {
  switch (keyword) {
    case 'and':
    case 'or':
      return 'junction'
    case 'not':
    case 'between':
    case 'in':
      return keyword
    default:
      return 'section'
  }
}

function punctuatorKind(text: string): Kind {
  switch (text) {
    case ',':
    case '.':
    case '(':
    case ')':
    case '[':
    case ']':
      return text
    default:
      return text === '+' || text === '-' ? 'sign' : 'comparator'
  }
}
