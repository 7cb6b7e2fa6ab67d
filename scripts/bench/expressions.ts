/** Expressions of the benchmark's own making, to check without a linter around them. */
import type { AttributeValue, ExpressionRequest } from '../../src/expressions/index.ts'
import { pick, wholeNumber, type Random } from './random.ts'

/** Many short expressions, few long ones, or one that is longer than DynamoDB takes it. */
export const expressionShapes = ['many short', 'few long', 'one over the limit'] as const

export type ExpressionShape = (typeof expressionShapes)[number]

/** Bytes that DynamoDB takes; a few less than it is. */
const longest = 4000

/**
 * Requests whose expressions have at least so many characters together, and at most one clause more.
 *
 * @param characters of all expressions; with the last shape, of the only one
 */
export function requestsOf(
  shape: ExpressionShape,
  characters: number,
  random: Random,
): readonly ExpressionRequest[] {
  const most = { 'many short': 120, 'few long': longest, 'one over the limit': characters }[shape]
  const requests: ExpressionRequest[] = []
  for (let left = characters; left > 0;) {
    const request = requestOf(Math.min(most, left), shape, random)
    requests.push(request)
    left -= lengthOf(request)
  }
  return requests
}

/** Characters of all expressions of a request. */
export function lengthOf({ expressions }: ExpressionRequest): number {
  return Object.values(expressions).reduce(
    (sum, text) => sum + (typeof text === 'string' ? text.length : 0),
    0,
  )
}

const attributes = ['city', 'price', 'weight', 'owner', 'title', 'grade', 'stock', 'score']

/** Placeholders of short expressions are short; those of long ones let fewer operators fill the text. */
function requestOf(characters: number, shape: ExpressionShape, random: Random): ExpressionRequest {
  const names = new Map<string, string>()
  const values = new Map<string, AttributeValue>()
  const padding = shape === 'many short' ? '' : '_'.repeat(30)
  const value = (attribute: string): string => {
    const placeholder = `:${attribute}${padding}${values.size}`
    values.set(placeholder, { type: 'S', value: `${attribute} ${values.size}` })
    return placeholder
  }
  const name = (attribute: string): string => {
    const placeholder = `#${attribute}${padding}`
    names.set(placeholder, attribute)
    return placeholder
  }
  const isUpdate = wholeNumber(random, 0, 1) === 0
  const clauses: string[] = []
  let length = isUpdate ? 'SET '.length : 0
  const room = characters - { 'many short': 30, 'few long': 220, 'one over the limit': 0 }[shape]
  do {
    const attribute = pick(random, attributes)
    const clause = isUpdate
      ? `${name(attribute)}.part${clauses.length} = ${value(attribute)}`
      : pick(random, conditions)(name(attribute), () => value(attribute))
    clauses.push(clause)
    length += clause.length + (clauses.length === 1 ? 0 : isUpdate ? 2 : 5)
  } while (length < room)
  const text = isUpdate ? `SET ${clauses.join(', ')}` : clauses.join(' AND ')
  return {
    operation: isUpdate ? 'UpdateItem' : 'Scan',
    expressions: isUpdate ? { UpdateExpression: text } : { FilterExpression: text },
    names: { entries: names, open: false },
    values: { entries: values, open: false },
  }
}

const conditions: readonly ((name: string, value: () => string) => string)[] = [
  (name, value) => `${name} = ${value()}`,
  (name, value) => `contains(${name}, ${value()})`,
  (name, value) => `(attribute_exists(${name}) OR ${name} <> ${value()})`,
  (name, value) => `NOT begins_with(${name}, ${value()})`,
  (name, value) => `${name} IN (${value()}, ${value()}, ${value()})`,
]
