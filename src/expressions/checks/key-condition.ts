import { invalid, type ExpressionFinding } from '../findings.ts'
import type { Condition, KeyConditionExpression, Operand, Path, Range } from '../nodes.ts'
import { conjuncts, topAttribute } from '../queries.ts'
import type { KeySchema } from '../schema.ts'
import { keyAttributes } from '../schema.ts'
import { walk } from '../walk.ts'
import {
  isWhole,
  touchesHole,
  typeOf,
  valueOf,
  withoutOperandBrackets,
  type CheckedExpression,
} from './context.ts'

/** One condition on one attribute of a key. */
interface KeyConditionPart {
  /** The name of the attribute, where it is known. */
  readonly attribute: string | undefined
  readonly equality: boolean
  readonly values: readonly Operand[]
  readonly range: Range
}

export interface KeyConditionTarget {
  /** The key of the table or index that is queried, where it is known. */
  readonly schema?: KeySchema | undefined
  /** Whether it is surely the table itself that is queried, whose key has two attributes at most. */
  readonly isTable: boolean
}

/**
 * What a key condition may hold, and whether it fits the key it is for.
 *
 * @see Query.KeyConditionExpressions.html
 */
export function checkKeyCondition(
  expression: CheckedExpression,
  tree: KeyConditionExpression,
  target: KeyConditionTarget,
): ExpressionFinding[] {
  const findings: ExpressionFinding[] = []
  const parts: KeyConditionPart[] = []
  for (const condition of conjuncts(tree)) {
    const part = readPart(expression, condition)
    if (part && 'code' in part) findings.push(part)
    else if (part) parts.push(part)
  }
  const isComplete = expression.parsed.complete && findings.length === 0
  const whole = tree.condition?.range ?? tree.range
  const counted = [...checkRepeated(parts), ...checkCount(parts, target, whole)]
  const fits = isComplete && counted.length === 0
  return [
    ...findings,
    ...checkValueTypes(expression, parts, target.schema),
    ...counted,
    ...(fits ? checkAttributes(parts, target.schema, whole) : []),
  ]
}

/** Reads one condition, or says what is wrong with it; what a hole may change is passed over. */
function readPart(
  expression: CheckedExpression,
  condition: Condition,
): KeyConditionPart | ExpressionFinding | undefined {
  const { kind, names } = expression
  const finding = (
    code: ExpressionFinding['code'],
    message: string,
    range: Range,
  ): ExpressionFinding => ({ code, message, range })
  const operator = (name: string, range: Range): ExpressionFinding => ({
    ...finding(
      'keyConditionOperator',
      `Invalid operator used in KeyConditionExpression: ${name}`,
      range,
    ),
    subject: name,
  })

  switch (condition.type) {
    case 'Or':
      return operator('OR', condition.range)
    case 'Not':
      return operator('NOT', condition.range)
    case 'In':
      return operator('IN', condition.range)
    case 'Comparison':
      if (condition.operator === '<>') return operator('<>', condition.operatorRange)
      break
    case 'FunctionCall':
      if (
        /^(?:attribute_exists|attribute_not_exists|attribute_type|contains)$/.test(condition.name)
      )
        return operator(condition.name, condition.nameRange)
      // What is wrong with any other function is said elsewhere.
      if (condition.name !== 'begins_with' || condition.arguments.length !== 2) return undefined
      break
    case 'Between':
      break
    default:
      return undefined
  }

  if (!isWhole(expression, condition.range)) return undefined
  const operands = operandsOf(condition).map(withoutOperandBrackets)
  const nested = operands.find(({ type }) => type === 'FunctionCall')
  if (nested) {
    const message = 'KeyConditionExpressions cannot contain nested operations'
    return finding('keyConditionOperand', message, nested.range)
  }
  const paths = operands.filter((operand): operand is Path => operand.type === 'Path')
  const [path, second] = paths
  const start = 'Invalid condition in KeyConditionExpression:'
  if (second) {
    const message = `${start} Multiple attribute names used in one condition`
    return finding('keyConditionOperand', message, second.range)
  }
  if (!path) {
    const message = `${start} No key attribute specified`
    return finding('keyConditionOperand', message, condition.range)
  }
  if (condition.type !== 'Comparison' && operands[0] !== path) {
    const name = condition.type === 'Between' ? 'BETWEEN' : 'begins_with'
    const message = `${start} ${name} operator must have the key attribute as its first operand`
    return finding('keyConditionOperand', message, condition.range)
  }
  if (path.segments.length > 1) {
    const message = 'KeyConditionExpressions cannot have conditions on nested attributes'
    return finding('keyConditionNested', invalid(kind, message), path.range)
  }
  return {
    attribute: topAttribute(path, names),
    equality: condition.type === 'Comparison' && condition.operator === '=',
    values: operands.filter((operand) => operand !== path),
    range: condition.range,
  }
}

function operandsOf(condition: Condition): readonly Operand[] {
  switch (condition.type) {
    case 'Comparison':
      return [condition.left, condition.right]
    case 'Between':
      return [condition.operand, condition.lower, condition.upper]
    case 'FunctionCall':
      return condition.arguments
    default:
      return []
  }
}

function checkRepeated(parts: readonly KeyConditionPart[]): ExpressionFinding[] {
  const findings: ExpressionFinding[] = []
  const seen = new Set<string>()
  for (const { attribute, range } of parts) {
    if (attribute === undefined) continue
    if (seen.has(attribute)) {
      const message = 'KeyConditionExpressions must only contain one condition per key'
      findings.push({
        code: 'keyConditionRepeated',
        message: invalid('KeyCondition', message),
        range,
        subject: attribute,
      })
    }
    seen.add(attribute)
  }
  return findings
}

/** A key is text, a number or binary, whatever the schema; and never empty. */
function checkValueTypes(
  { values }: CheckedExpression,
  parts: readonly KeyConditionPart[],
  schema: KeySchema | undefined,
): ExpressionFinding[] {
  const findings: ExpressionFinding[] = []
  for (const part of parts) {
    const key = schema && keyAttributes(schema).find(({ name }) => name === part.attribute)
    for (const operand of part.values) {
      const type = typeOf(operand, values)
      if (!type) continue
      if (key?.type ? key.type !== type : !/^[SNB]$/.test(type)) {
        findings.push({
          code: 'keyConditionType',
          message:
            'One or more parameter values were invalid: Condition parameter type does not match schema type',
          range: operand.range,
          ...(part.attribute !== undefined && { subject: part.attribute }),
        })
        continue
      }
      const value = valueOf(operand, values)
      const isEmpty = (value?.type === 'S' || value?.type === 'B') && value.value === ''
      if (!isEmpty || !part.equality || part.attribute === undefined) continue
      findings.push({
        code: 'emptyKeyValue',
        message: `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${value.type === 'S' ? 'string' : 'binary'} value. Key: ${part.attribute}`,
        range: operand.range,
        subject: part.attribute,
      })
    }
  }
  return findings
}

/** A global index has at most four partition and four sort attributes. */
const mostKeyAttributes = 8

function checkCount(
  parts: readonly KeyConditionPart[],
  { schema, isTable }: KeyConditionTarget,
  range: Range,
): ExpressionFinding[] {
  const most = schema ? keyAttributes(schema).length : isTable ? 2 : mostKeyAttributes
  const named = new Set(parts.map(({ attribute }, index) => attribute ?? index))
  if (named.size <= most) return []
  return [
    {
      code: 'keyConditionCount',
      message: `The number of query conditions (${String(parts.length)}) exceeds the number of key attributes defined in the schema (${String(most)})`,
      range: parts[most]?.range ?? range,
    },
  ]
}

function checkAttributes(
  parts: readonly KeyConditionPart[],
  schema: KeySchema | undefined,
  whole: Range,
): ExpressionFinding[] {
  const notSupported = (range: Range, subject?: string): ExpressionFinding => ({
    code: 'keyConditionEquality',
    message: 'Query key condition not supported',
    range,
    ...(subject !== undefined && { subject }),
  })
  const missed = (name: string, range: Range): ExpressionFinding => ({
    code: 'keyConditionAttribute',
    message: `Query condition missed key schema element: ${name}`,
    range,
    subject: name,
  })
  if (!schema || parts.some(({ attribute }) => attribute === undefined)) {
    // Whatever the key is, one attribute of it has to be equal to something.
    const hasNone = parts.length > 0 && parts.every(({ equality }) => !equality)
    return hasNone ? [notSupported(whole)] : []
  }

  const byName = new Map(parts.map((part) => [part.attribute, part]))
  for (const { name } of schema.partition) {
    const part = byName.get(name)
    if (!part) return [missed(name, whole)]
    if (!part.equality) return [notSupported(part.range, name)]
  }
  const known = new Set(keyAttributes(schema).map(({ name }) => name))
  const foreign = parts.find(({ attribute }) => attribute !== undefined && !known.has(attribute))
  const sort = schema.sort.map(({ name }) => ({ name, part: byName.get(name) }))
  if (foreign) {
    const free = sort.find(({ part }) => !part)
    return [missed(free?.name ?? schema.partition[0]?.name ?? '', foreign.range)]
  }
  const last = sort.findLast(({ part }) => part)
  if (!last?.part) return []
  const gaps = sort.slice(0, sort.indexOf(last)).filter(({ part }) => !part?.equality)
  if (gaps.length === 0) return []
  return [
    {
      code: 'keyConditionGap',
      message: `RANGE key attributes ${gaps.map(({ name }) => name).join(', ')} must have equality conditions specified in the query because a condition is present on key attribute ${last.name}`,
      range: last.part.range,
      subject: last.name,
    },
  ]
}

/**
 * The attributes that a key condition names for certain: keys of what it queries, or it is refused.
 */
export function keyConditionAttributes(
  expression: CheckedExpression,
  tree: KeyConditionExpression,
): ReadonlySet<string> {
  const attributes = new Set<string>()
  walk(tree, {
    Path: (path) => {
      const attribute = touchesHole(expression, path.range)
        ? undefined
        : topAttribute(path, expression.names)
      if (attribute !== undefined) attributes.add(attribute)
    },
  })
  return attributes
}
