import { conjuncts, pathOf, topAttribute } from '../expressions/index.ts'
import type { Condition, Operand } from '../expressions/index.ts'
import type { Place, Term } from '../project/term.ts'
import { expressionOf, namesOf, placeOfPlaceholder, valueOfPlaceholder } from './request.ts'
import type { Request } from './request.ts'

/** One condition of a key condition: an attribute, how it is held against what. */
export interface KeyTest {
  readonly attribute: string
  readonly operator: '=' | '<' | '<=' | '>' | '>=' | 'BETWEEN' | 'begins_with'
  readonly node: Condition
  /** The value's placeholder, and where that is given its value. */
  readonly placeholder: string | null
  readonly value: Term | null
  readonly valueAt: Place | null
}

/** A key condition that is known whole. */
export interface KeyCondition {
  readonly tests: readonly KeyTest[]
  /** The test of the sort key: the one that is no equality, or the second of two. */
  readonly sort: KeyTest | null
  readonly partition: KeyTest | null
}

/** The key condition of a Query, where it is one complete text; null otherwise. */
export function keyConditionOf(request: Request): KeyCondition | null {
  const expression = expressionOf(request, 'KeyCondition')
  if (expression.state !== 'known' || expression.texts.length !== 1) return null
  const [parsed] = expression.texts
  if (!parsed?.complete) return null
  const tests: KeyTest[] = []
  for (const condition of conjuncts(parsed.tree)) {
    const test = testOf(condition, request)
    if (test === null) return null
    tests.push(test)
  }
  const sort = tests.find(({ operator }) => operator !== '=') ?? tests[1] ?? null
  return { tests, sort, partition: tests.find((test) => test !== sort) ?? null }
}

const REVERSED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '=': '=' } as const

/** A condition as the test of one attribute that a key condition may hold; null where it is none. */
export function testOf(condition: Condition, request: Request): KeyTest | null {
  switch (condition.type) {
    case 'Comparison': {
      const { operator } = condition
      if (operator === '<>' || operator === 'unknown') return null
      const left = attributeOf(condition.left, request)
      if (left !== null) return made(left, operator, condition, condition.right, request)
      const right = attributeOf(condition.right, request)
      return right === null
        ? null
        : made(right, REVERSED[operator], condition, condition.left, request)
    }
    case 'Between': {
      const attribute = attributeOf(condition.operand, request)
      return attribute === null
        ? null
        : made(attribute, 'BETWEEN', condition, condition.lower, request)
    }
    case 'FunctionCall': {
      if (condition.name !== 'begins_with') return null
      const [path, value] = condition.arguments
      const attribute = path ? attributeOf(path, request) : null
      return attribute === null || !value
        ? null
        : made(attribute, 'begins_with', condition, value, request)
    }
    default:
      return null
  }
}

function made(
  attribute: string,
  operator: KeyTest['operator'],
  node: Condition,
  value: Operand,
  request: Request,
): KeyTest {
  const placeholder = value.type === 'ValuePlaceholder' ? value.name : null
  return {
    attribute,
    operator,
    node,
    placeholder,
    value: placeholder === null ? null : valueOfPlaceholder(request, placeholder),
    valueAt: placeholder === null ? null : placeOfPlaceholder(request, placeholder),
  }
}

function attributeOf(operand: Operand, request: Request): string | null {
  const path = pathOf(operand)
  return (path ? topAttribute(path, namesOf(request)) : undefined) ?? null
}
