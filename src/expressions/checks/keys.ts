import type { ExpressionFinding } from '../findings.ts'
import type { Expression, Operand, Path, UpdateExpression } from '../nodes.ts'
import { topAttribute } from '../queries.ts'
import type { TableSchema } from '../schema.ts'
import { keyAttributes } from '../schema.ts'
import type { AttributeType } from '../values.ts'
import { walk } from '../walk.ts'
import { certainTargets } from './update.ts'
import {
  isWhole,
  touchesHole,
  typeOf,
  valueOf,
  withoutOperandBrackets,
  type CheckedExpression,
} from './context.ts'

/**
 * Key attributes of what a Query reads, named in its filter.
 *
 * @see Query.FilterExpression.html
 */
export function checkFilterKeys(
  expression: CheckedExpression,
  keys: ReadonlySet<string>,
): ExpressionFinding[] {
  return pathsOf(expression.parsed.tree).flatMap((path) => {
    const attribute = certainHead(expression, path)
    if (attribute === undefined || !keys.has(attribute)) return []
    return [
      {
        code: 'keyInFilter' as const,
        message: `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${attribute}`,
        range: path.range,
        subject: attribute,
      },
    ]
  })
}

/** Paths into key attributes, which are never maps or lists. */
export function checkNestedKeys(
  expression: CheckedExpression,
  table: TableSchema,
): ExpressionFinding[] {
  const keys = new Set(keyAttributes(table.key).map(({ name }) => name))
  return pathsOf(expression.parsed.tree).flatMap((path) => {
    const attribute = certainHead(expression, path)
    if (attribute === undefined || !keys.has(attribute) || path.segments.length < 2) return []
    return [
      {
        code: 'nestedKey' as const,
        message: `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: ${attribute}`,
        range: path.range,
        subject: attribute,
      },
    ]
  })
}

/**
 * Key attributes that an update changes, and values of another type than an index key has.
 *
 * @param keys the attributes of the table's key
 * @see Expressions.UpdateExpressions.html
 */
export function checkUpdatedKeys(
  expression: CheckedExpression,
  update: UpdateExpression,
  keys: ReadonlySet<string>,
  table: TableSchema | undefined,
): ExpressionFinding[] {
  const findings: ExpressionFinding[] = []
  const indexKeys = indexKeyTypes(table)
  for (const action of certainTargets(expression, update)) {
    const attribute = certainHead(expression, action.path)
    if (attribute === undefined) continue
    if (keys.has(attribute)) {
      findings.push({
        code: 'keyInUpdate',
        message: `One or more parameter values were invalid: Cannot update attribute ${attribute}. This attribute is part of the key`,
        range: action.path.range,
        subject: attribute,
      })
      continue
    }
    if (action.type === 'RemoveAction' || action.path.segments.length > 1) continue
    if (!isWhole(expression, action.range)) continue
    const indexKey = indexKeys.get(attribute)
    if (!indexKey) continue
    const written = writtenValue(action.value)
    const type = typeOf(written, expression.values)
    const { range } = action.value
    if (type && type !== indexKey.type) {
      findings.push({
        code: 'indexKeyType',
        message: `One or more parameter values were invalid: Type mismatch for Index Key ${attribute} Expected: ${indexKey.type} Actual: ${type} IndexName: ${indexKey.index}`,
        range,
        subject: attribute,
      })
    }
    const value = valueOf(written, expression.values)
    if ((value?.type !== 'S' && value?.type !== 'B') || value.value !== '') continue
    findings.push({
      code: 'emptyKeyValue',
      message: `One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty ${value.type === 'S' ? 'string' : 'binary'} value.`,
      range,
      subject: attribute,
    })
  }
  return findings
}

/** What a SET writes; `if_not_exists` writes its second operand when it writes at all. */
function writtenValue(operand: Operand): Operand {
  const bare = withoutOperandBrackets(operand)
  const [, fallback] = bare.type === 'FunctionCall' ? bare.arguments : []
  const isDefault = bare.type === 'FunctionCall' && bare.name === 'if_not_exists'
  return isDefault && fallback ? fallback : bare
}

function indexKeyTypes(
  table: TableSchema | undefined,
): ReadonlyMap<string, { type: AttributeType; index: string }> {
  const types = new Map<string, { type: AttributeType; index: string }>()
  for (const [index, schema] of table?.indexes ?? []) {
    for (const { name, type } of keyAttributes(schema)) {
      if (type && !types.has(name)) types.set(name, { type, index })
    }
  }
  return types
}

/** The attribute a path begins with; a hole before the path may hold another beginning. */
function certainHead(expression: CheckedExpression, path: Path): string | undefined {
  const head = path.segments[0]
  if (!head || touchesHole(expression, [head.range[0], path.range[1]])) return undefined
  return topAttribute(path, expression.names)
}

function pathsOf(tree: Expression): readonly Path[] {
  const paths: Path[] = []
  walk(tree, { Path: (path) => paths.push(path) })
  return paths
}
