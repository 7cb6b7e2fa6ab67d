/**
 * The parameters that expressions have taken the place of, and the expression that says the same. A ConditionalOperator
 * joins the conditions of another one.
 *
 * @see LegacyConditionalParameters.html
 */
export const LEGACY_PARAMETERS = {
  AttributesToGet: 'ProjectionExpression',
  AttributeUpdates: 'UpdateExpression',
  Expected: 'ConditionExpression',
  KeyConditions: 'KeyConditionExpression',
  QueryFilter: 'FilterExpression',
  ScanFilter: 'FilterExpression',
  ConditionalOperator: null,
} as const

export type LegacyParameter = keyof typeof LEGACY_PARAMETERS

export const legacyParameters = Object.keys(LEGACY_PARAMETERS) as readonly LegacyParameter[]

/**
 * A ComparisonOperator as a condition of an expression; null where there is no such operator, or not for so many values.
 *
 * @param name the attribute, as the expression names it
 * @param values the placeholders of AttributeValueList
 */
export function conditionOf(
  operator: string,
  name: string,
  values: readonly string[],
): string | null {
  const [first, second, ...others] = values
  if (operator === 'IN') return first === undefined ? null : `${name} IN (${values.join(', ')})`
  if (others.length > 0) return null
  if (operator === 'BETWEEN') {
    return first === undefined || second === undefined
      ? null
      : `${name} BETWEEN ${first} AND ${second}`
  }
  if (second !== undefined) return null
  if (first === undefined) {
    switch (operator) {
      case 'NULL':
        return `attribute_not_exists(${name})`
      case 'NOT_NULL':
        return `attribute_exists(${name})`
      default:
        return null
    }
  }
  switch (operator) {
    case 'EQ':
      return `${name} = ${first}`
    case 'NE':
      return `${name} <> ${first}`
    case 'LT':
      return `${name} < ${first}`
    case 'LE':
      return `${name} <= ${first}`
    case 'GT':
      return `${name} > ${first}`
    case 'GE':
      return `${name} >= ${first}`
    case 'CONTAINS':
      return `contains(${name}, ${first})`
    case 'NOT_CONTAINS':
      return `NOT contains(${name}, ${first})`
    case 'BEGINS_WITH':
      return `begins_with(${name}, ${first})`
    default:
      return null
  }
}

/** One action of an update expression, and the section that it stands in. */
export interface UpdateAction {
  readonly section: 'SET' | 'REMOVE' | 'ADD' | 'DELETE'
  readonly text: string
}

/**
 * An Action of AttributeUpdates as part of an update expression; null where there is no such action, or it has no value.
 *
 * @param name the attribute, as the expression names it
 * @param value the placeholder of its Value; null where it has none
 */
export function updateOf(action: string, name: string, value: string | null): UpdateAction | null {
  if (value === null) return action === 'DELETE' ? { section: 'REMOVE', text: name } : null
  switch (action) {
    case 'PUT':
      return { section: 'SET', text: `${name} = ${value}` }
    case 'ADD':
      return { section: 'ADD', text: `${name} ${value}` }
    case 'DELETE':
      return { section: 'DELETE', text: `${name} ${value}` }
    default:
      return null
  }
}
