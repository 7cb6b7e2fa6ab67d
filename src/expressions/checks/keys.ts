import type { ExpressionFinding } from '../findings.ts'
import type { Expression, Path, UpdateExpression } from '../nodes.ts'
import { assignments, topAttribute } from '../queries.ts'
import type { TableSchema } from '../schema.ts'
import { keyAttributes } from '../schema.ts'
import type { AttributeType } from '../values.ts'
import { walk } from '../walk.ts'
import { certainPath, typeOf, type CheckedExpression } from './context.ts'

/**
 * Key attributes of what a Query reads, named in its filter.
 *
 * @see Query.FilterExpression.html
 */
export function checkFilterKeys(
  expression: CheckedExpression,
  keys: ReadonlySet<string>,
): ExpressionFinding[] {
  return pathsOutermost(expression.parsed.tree).flatMap((path) => {
    const attribute = certainPath(expression, path)?.[0] ?? certainHead(expression, path)
    if (typeof attribute !== 'string' || !keys.has(attribute)) return []
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
  return pathsOutermost(expression.parsed.tree).flatMap((path) => {
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
  for (const action of assignments(update)) {
    if (action.type === 'Hole' || action.path.type === 'Hole') continue
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
    const type = typeOf(action.value, expression.values)
    const indexKey = indexKeys.get(attribute)
    if (!type || !indexKey || indexKey.type === type) continue
    findings.push({
      code: 'indexKeyType',
      message: `One or more parameter values were invalid: Type mismatch for Index Key ${attribute} Expected: ${indexKey.type} Actual: ${type} IndexName: ${indexKey.index}`,
      range: action.value.range,
      subject: attribute,
    })
  }
  return findings
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
  const whole = certainPath(expression, path)
  if (whole) return typeof whole[0] === 'string' ? whole[0] : undefined
  const hasHole = path.segments.some(({ type }) => type === 'Hole')
  return hasHole ? topAttribute(path, expression.names) : undefined
}

/** The paths of a tree but for those that are the head of another. */
function pathsOutermost(tree: Expression): readonly Path[] {
  const paths: Path[] = []
  walk(tree, {
    Path: (path, parent) => {
      if (parent?.type !== 'PathGroup') paths.push(path)
    },
  })
  return paths
}
