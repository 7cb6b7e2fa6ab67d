import { conjuncts, parseExpression, pathOf, print } from '../expressions/index.ts'
import type { Condition, Operand } from '../expressions/index.ts'
import { testOf } from '../operations/key-condition.ts'
import type { KeyTest } from '../operations/key-condition.ts'
import type { Request } from '../operations/request.ts'

/** Whether a condition is one that a key condition may hold: of one attribute of the item, and of values. */
export function isKeyTest(condition: Condition): boolean {
  const operands = operandsOf(condition)
  const paths = operands.filter((operand) => operand.type === 'Path')
  const values = operands.filter((operand) => operand.type === 'ValuePlaceholder')
  const [path] = paths
  const isWhole = paths.length === 1 && values.length === operands.length - 1
  return isWhole && path?.segments.length === 1
}

function operandsOf(condition: Condition): readonly Operand[] {
  switch (condition.type) {
    case 'Comparison':
      return condition.operator === '<>' || condition.operator === 'unknown'
        ? []
        : [condition.left, condition.right]
    case 'Between':
      return [condition.operand, condition.lower, condition.upper]
    case 'FunctionCall':
      return condition.name === 'begins_with' ? condition.arguments : []
    default:
      return []
  }
}

/** The tests of a key condition with one more; null where they do not go together. */
export function withTest(
  tests: readonly KeyTest[],
  condition: Condition,
  request: Request,
): readonly KeyTest[] | null {
  if (isAlwaysThere(condition)) return tests
  const test = isKeyTest(condition) ? testOf(condition, request) : null
  if (test === null) return null
  const same = tests.find(({ attribute }) => attribute === test.attribute)
  if (!same) return [...tests, test]
  if (print(same.node) === print(test.node)) return tests
  const range = rangeOf(same, test, request)
  return range && tests.map((one) => (one === same ? range : one))
}

/** Every item has its keys. */
function isAlwaysThere(condition: Condition): boolean {
  if (condition.type !== 'FunctionCall' || condition.name !== 'attribute_exists') return false
  const [operand] = condition.arguments
  return operand !== undefined && pathOf(operand)?.segments.length === 1
}

/** `a >= :low` and `a <= :high` as one. */
function rangeOf(a: KeyTest, b: KeyTest, request: Request): KeyTest | null {
  const low = [a, b].find(({ operator }) => operator === '>=')
  const high = [a, b].find(({ operator }) => operator === '<=')
  if (low?.placeholder == null || high?.placeholder == null) return null
  const { node } = low
  if (node.type !== 'Comparison') return null
  const path = print(node.left.type === 'Path' ? node.left : node.right)
  const text = `${path} BETWEEN ${low.placeholder} AND ${high.placeholder}`
  const [condition] = conjuncts(parseExpression('KeyCondition', { parts: [text] }).tree)
  return condition ? testOf(condition, request) : null
}
