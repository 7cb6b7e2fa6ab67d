import { checkExpression } from './checks/expression.ts'
import type { CheckedExpression } from './checks/context.ts'
import { checkKeyCondition, keyConditionAttributes } from './checks/key-condition.ts'
import { checkFilterKeys, checkNestedKeys, checkUpdatedKeys } from './checks/keys.ts'
import { checkMaps } from './checks/maps.ts'
import { checkParameters } from './checks/parameters.ts'
import type { ExpressionFinding } from './findings.ts'
import { parseExpression } from './parser/parse.ts'
import { noPlaceholders, unknownPlaceholders, type AttributeNames } from './placeholders.ts'
import {
  expressionMembers,
  type ExpressionMember,
  type ExpressionRequest,
  type RequestFinding,
} from './request.ts'
import { keyAttributes, type KeySchema } from './schema.ts'
import type { ExpressionText } from './text.ts'

/**
 * Checks all expressions of one request together with their maps of placeholders and, where it is
 * known, the schema of the table. Reports only what DynamoDB would surely refuse, whatever the parts
 * that are not known turn out to be.
 *
 * @returns the findings, those within expressions first, in the order of the members
 * @see Expressions.html
 */
export function checkRequest(request: ExpressionRequest): RequestFinding[] {
  const expressions = parseMembers(request)
  const findings: RequestFinding[] = []
  for (const [member, expression] of expressions) {
    for (const finding of checkMember(request, expressions, expression)) {
      const { range, ...rest } = finding
      findings.push({ ...rest, place: { in: 'expression', member, range } })
    }
  }
  for (const { code, message, map, placeholder } of checkMaps(request.names, valuesOf(request))) {
    findings.push({ code, message, place: { in: map, placeholder }, subject: placeholder })
  }
  return [...findings, ...checkParameters(request, expressions)]
}

/**
 * The attributes that a Query names in its key condition whichever of some texts it has.
 *
 * @see Query.KeyConditionExpressions.html
 */
export function queriedAttributes(
  texts: readonly ExpressionText[],
  names: AttributeNames = unknownPlaceholders,
): readonly string[] {
  const [first, ...others] = texts.map((text) => {
    const kind = 'KeyCondition'
    const parsed = parseExpression(kind, text)
    const expression: CheckedExpression = { kind, parsed, names, values: unknownPlaceholders }
    return keyConditionAttributes(expression, parsed.tree)
  })
  return [...(first ?? [])].filter((name) => others.every((other) => other.has(name)))
}

function parseMembers(
  request: ExpressionRequest,
): ReadonlyMap<ExpressionMember, CheckedExpression> {
  const absent = request.open ? unknownPlaceholders : noPlaceholders
  const names = request.names ?? absent
  const values = request.values ?? absent
  const members = new Map<ExpressionMember, CheckedExpression>()
  for (const [member, kind] of expressionMembers) {
    const text = request.expressions[member]
    if (text === undefined) continue
    members.set(member, { kind, parsed: parseExpression(kind, text), names, values })
  }
  return members
}

/** GetItem has no such member, and what a request has beyond its members is passed over. */
function valuesOf(request: ExpressionRequest): ExpressionRequest['values'] {
  return request.operation === 'GetItem' ? undefined : request.values
}

function checkMember(
  request: ExpressionRequest,
  members: ReadonlyMap<ExpressionMember, CheckedExpression>,
  expression: CheckedExpression,
): ExpressionFinding[] {
  const findings = checkExpression(expression)
  const stopped = findings.some(({ code }) => code === 'expressionSize')
  if (stopped || expression.parsed.errors.length > 0) return findings
  return [...findings, ...checkKeys(request, members, expression)]
}

/** What can be said of one expression with the keys of its table, or at least of its request. */
function checkKeys(
  request: ExpressionRequest,
  members: ReadonlyMap<ExpressionMember, CheckedExpression>,
  expression: CheckedExpression,
): ExpressionFinding[] {
  const { tree } = expression.parsed
  const { table } = request
  switch (tree.type) {
    case 'KeyConditionExpression':
      return checkKeyCondition(expression, tree, {
        schema: queriedSchema(request),
        isTable: !request.index && !request.open,
      })
    case 'FilterExpression':
      return [
        ...(request.operation === 'Query'
          ? checkFilterKeys(expression, queriedKeys(request, members))
          : []),
        ...(table ? checkNestedKeys(expression, table) : []),
      ]
    case 'ProjectionExpression':
      return table ? checkNestedKeys(expression, table) : []
    case 'UpdateExpression': {
      const keys = new Set(request.keyAttributes)
      for (const { name } of table ? keyAttributes(table.key) : []) keys.add(name)
      return checkUpdatedKeys(expression, tree, keys, table)
    }
    case 'ConditionExpression':
      return []
  }
}

/** The key of the table or index that is read, where it is known which that is. */
function queriedSchema({ table, index, open }: ExpressionRequest): KeySchema | undefined {
  if (!table) return undefined
  if (!index) return open ? undefined : table.key
  return index.name === undefined ? undefined : table.indexes.get(index.name)
}

/** Keys by the schema, and those that the key condition names: it would be refused otherwise. */
function queriedKeys(
  request: ExpressionRequest,
  members: ReadonlyMap<ExpressionMember, CheckedExpression>,
): ReadonlySet<string> {
  const keys = new Set<string>(request.queriedAttributes)
  const schema = queriedSchema(request)
  for (const { name } of schema ? keyAttributes(schema) : []) keys.add(name)
  const condition = members.get('KeyConditionExpression')
  if (!schema && condition?.parsed.errors.length === 0) {
    const { tree } = condition.parsed
    if (tree.type === 'KeyConditionExpression') {
      for (const name of keyConditionAttributes(condition, tree)) keys.add(name)
    }
  }
  return keys
}
