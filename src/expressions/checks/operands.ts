import { invalid, type ExpressionFinding } from '../findings.ts'
import type { Between, Comparison, FunctionCall, In, Operand, Range } from '../nodes.ts'
import {
  compareValues,
  isAttributeType,
  type AttributeType,
  type AttributeValue,
} from '../values.ts'
import { walk } from '../walk.ts'
import {
  certainPath,
  holdsHole,
  pathText,
  typeOf,
  valueOf,
  withoutOperandBrackets,
  type CheckedExpression,
} from './context.ts'

/**
 * Types of operands, bounds of BETWEEN and operands that must differ, in conditions.
 *
 * @see Expressions.OperatorsAndFunctions.html
 */
export function checkOperands(expression: CheckedExpression): ExpressionFinding[] {
  const findings: ExpressionFinding[] = []
  walk(expression.parsed.tree, {
    Comparison: (node) => findings.push(...checkComparison(expression, node)),
    Between: (node) => findings.push(...checkBetween(expression, node)),
    In: (node) => findings.push(...checkIn(expression, node)),
    FunctionCall: (node) => findings.push(...checkCall(expression, node)),
  })
  return findings
}

function checkComparison(expression: CheckedExpression, node: Comparison): ExpressionFinding[] {
  const { operator, left, right } = node
  if (operator === 'unknown' || holdsHole(expression, node.range)) return []
  const same = checkSame(expression, operator, left, [right])
  if (operator === '=' || operator === '<>') return same
  return [...same, ...checkTypes(expression, operator, [left, right], ordered)]
}

function checkIn(expression: CheckedExpression, node: In): ExpressionFinding[] {
  if (holdsHole(expression, node.range)) return []
  return checkSame(expression, 'IN', node.operand, node.candidates)
}

function checkBetween(expression: CheckedExpression, node: Between): ExpressionFinding[] {
  const { operand, lower, upper } = node
  const { kind, values } = expression
  if (holdsHole(expression, node.range)) return []
  const findings = [
    ...checkSame(expression, 'BETWEEN', operand, [lower, upper]),
    ...checkTypes(expression, 'BETWEEN', [operand, lower, upper], ordered),
  ]
  const low = valueOf(lower, values)
  const high = valueOf(upper, values)
  const lowType = typeOf(lower, values)
  const highType = typeOf(upper, values)
  if (!low || !high || !lowType || !highType) return findings
  const bounds = `lower bound operand: ${boundText(low)}, upper bound operand: ${boundText(high)}`
  const range: Range = [lower.range[0], upper.range[1]]
  const rule = 'The BETWEEN operator requires'
  if (lowType !== highType) {
    const message = `${rule} same data type for lower and upper bounds; ${bounds}`
    findings.push({ code: 'betweenBounds', message: invalid(kind, message), range })
  } else if ((compareValues(low, high) ?? 0) > 0) {
    const message = `${rule} upper bound to be greater than or equal to lower bound; ${bounds}`
    findings.push({ code: 'betweenBounds', message: invalid(kind, message), range })
  }
  return findings
}

function checkCall(expression: CheckedExpression, call: FunctionCall): ExpressionFinding[] {
  const { kind, values } = expression
  const operands = call.arguments
  const [first, second] = operands
  if (holdsHole(expression, call.range)) return []
  const same = first && second ? checkSame(expression, call.name, first, operands.slice(1)) : []
  switch (call.name) {
    case 'size':
      return operands.length === 1 ? checkTypes(expression, 'size', operands, sized) : []
    case 'begins_with':
      return [...same, ...checkTypes(expression, 'begins_with', operands, text)]
    case 'contains':
      return same
    case 'attribute_type': {
      if (operands.length !== 2 || !second) return same
      const type = valueTypeOf(second, values)
      if (type === undefined) return same
      if (type !== 'S') return [...same, wrongType(expression, 'attribute_type', second, type)]
      const value = valueOf(second, values)
      if (value?.type !== 'S' || value.value === undefined || isAttributeType(value.value)) {
        return same
      }
      const message = `Invalid attribute type name found; type: ${value.value}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`
      return [
        ...same,
        {
          code: 'attributeTypeName',
          message: invalid(kind, message),
          range: second.range,
          subject: value.value,
        },
      ]
    }
    default:
      return []
  }
}

const ordered: ReadonlySet<string> = new Set<AttributeType>(['S', 'N', 'B'])
const text: ReadonlySet<string> = new Set<AttributeType>(['S', 'B'])
const sized: ReadonlySet<string> = new Set<AttributeType>(['S', 'B', 'SS', 'NS', 'BS', 'L', 'M'])

/** Reports the first operand whose type is known and not among those allowed. */
export function checkTypes(
  expression: CheckedExpression,
  operator: string,
  operands: readonly Operand[],
  allowed: ReadonlySet<string>,
): ExpressionFinding[] {
  for (const operand of operands) {
    const type = typeOf(operand, expression.values)
    if (type && !allowed.has(type)) return [wrongType(expression, operator, operand, type)]
  }
  return []
}

function wrongType(
  { kind }: CheckedExpression,
  operator: string,
  operand: Operand,
  type: string,
): ExpressionFinding {
  return {
    code: 'operandType',
    message: invalid(
      kind,
      `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
    ),
    range: operand.range,
    subject: operator,
  }
}

/** The type of what must be a value; a path counts as every type, as DynamoDB's message has it. */
function valueTypeOf(operand: Operand, values: CheckedExpression['values']): string | undefined {
  const bare = withoutOperandBrackets(operand)
  return bare.type === 'Path' ? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}' : typeOf(bare, values)
}

/** The first operand must not be the same path as one of the others. */
function checkSame(
  expression: CheckedExpression,
  operator: string,
  first: Operand,
  rest: In['candidates'],
): ExpressionFinding[] {
  const bare = withoutOperandBrackets(first)
  const path = bare.type === 'Path' ? certainPath(expression, bare) : undefined
  if (!path) return []
  const written = pathText(path)
  for (const operand of rest) {
    const other = withoutOperandBrackets(operand)
    const otherPath = other.type === 'Path' ? certainPath(expression, other) : undefined
    if (!otherPath || !samePath(path, otherPath)) continue
    const message = `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${written}`
    return [
      {
        code: 'sameOperands',
        message: invalid(expression.kind, message),
        range: operand.range,
        subject: operator,
      },
    ]
  }
  return []
}

function samePath(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index])
}

/** A bound as DynamoDB's messages show it. */
function boundText(value: AttributeValue): string {
  const known = 'value' in value ? value.value : undefined
  const shown = known === undefined || typeof known === 'object' ? '…' : String(known)
  return `AttributeValue: {${value.type}:${shown}}`
}
