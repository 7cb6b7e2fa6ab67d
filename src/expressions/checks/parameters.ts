import type { FindingCode } from '../findings.ts'
import type { PlaceholderMap } from '../placeholders.ts'
import type {
  ExpressionMember,
  ExpressionOperation,
  ExpressionRequest,
  FindingPlace,
  RequestFinding,
} from '../request.ts'
import type { CheckedExpression } from './context.ts'

type Members = ReadonlyMap<ExpressionMember, CheckedExpression>

/** The expressions of each operation that may use a value, in the order of DynamoDB's message. */
const valueMembers: Readonly<Record<ExpressionOperation, readonly ExpressionMember[]>> = {
  Query: ['FilterExpression', 'KeyConditionExpression'],
  Scan: ['FilterExpression'],
  GetItem: [],
  PutItem: ['ConditionExpression'],
  UpdateItem: ['UpdateExpression', 'ConditionExpression'],
  DeleteItem: ['ConditionExpression'],
  ConditionCheck: ['ConditionExpression'],
}

/** Members that do not go together, or that nothing uses. */
export function checkParameters(request: ExpressionRequest, members: Members): RequestFinding[] {
  return [
    ...checkMixed(request, members),
    ...checkIndex(request),
    ...checkNames(request, members),
    ...checkValues(request, members),
  ]
}

function inRequest(code: FindingCode, message: string): RequestFinding {
  return { code, message, place: { in: 'request' } }
}

/** @see LegacyConditionalParameters.html */
function checkMixed(request: ExpressionRequest, members: Members): RequestFinding[] {
  const legacy = request.legacyParameters ?? []
  if (members.size === 0 || (request.operation === 'Query' && !request.open)) {
    const hasKeys =
      members.has('KeyConditionExpression') || legacy.includes('KeyConditions') || request.open
    if (request.operation === 'Query' && !hasKeys) {
      return [
        inRequest(
          'keyConditionMissing',
          'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
        ),
      ]
    }
    if (members.size === 0) return []
  }
  // KeyConditions may stand beside a FilterExpression.
  const mixed = legacy.filter(
    (parameter) => parameter !== 'KeyConditions' || members.has('KeyConditionExpression'),
  )
  if (mixed.length === 0) return []
  return [
    inRequest(
      'mixedParameters',
      `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${mixed.join(', ')}} Expression parameters: {${[...members.keys()].join(', ')}}`,
    ),
  ]
}

/** @see GSI.html */
function checkIndex({ table, index, consistentRead }: ExpressionRequest): RequestFinding[] {
  if (!table || index?.name === undefined) return []
  const schema = table.indexes.get(index.name)
  if (!schema) {
    const message = `The table does not have the specified index: ${index.name}`
    return table.open ? [] : [{ ...inRequest('unknownIndex', message), subject: index.name }]
  }
  if (schema.kind === 'local' || consistentRead !== true) return []
  const message = 'Consistent reads are not supported on global secondary indexes'
  return [inRequest('consistentReadOnIndex', message)]
}

/** @see Expressions.ExpressionAttributeNames.html */
function checkNames(request: ExpressionRequest, members: Members): RequestFinding[] {
  const { names, open } = request
  if (!names) return []
  if (members.size === 0) {
    if (open || mayBeAbsent(names)) return []
    const message = 'ExpressionAttributeNames can only be specified when using expressions'
    return [{ code: 'namesWithoutExpression', message, place: { in: 'names' } }]
  }
  if (names.entries.size === 0) {
    if (names.open) return []
    const message = 'ExpressionAttributeNames must not be empty'
    return [{ code: 'emptyNames', message, place: { in: 'names' } }]
  }
  return unused(request, members, 'names', names)
}

/** @see Expressions.ExpressionAttributeValues.html */
function checkValues(request: ExpressionRequest, members: Members): RequestFinding[] {
  const { values, operation, open } = request
  const users = valueMembers[operation]
  if (!values || users.length === 0) return []
  if (users.every((member) => !members.has(member))) {
    if (open || mayBeAbsent(values)) return []
    const verb = users.length > 1 ? 'are' : 'is'
    const message = `ExpressionAttributeValues can only be specified when using expressions: ${users.join(' and ')} ${verb} null`
    return [{ code: 'valuesWithoutExpression', message, place: { in: 'values' } }]
  }
  if (values.entries.size === 0) {
    if (values.open) return []
    const message = 'ExpressionAttributeValues must not be empty'
    return [{ code: 'emptyValues', message, place: { in: 'values' } }]
  }
  return unused(request, members, 'values', values)
}

/** A map of which nothing is known may be undefined, and so left out. */
function mayBeAbsent(map: PlaceholderMap<unknown>): boolean {
  return map.open && map.entries.size === 0
}

function unused(
  { open }: ExpressionRequest,
  members: Members,
  map: 'names' | 'values',
  { entries }: PlaceholderMap<unknown>,
): RequestFinding[] {
  const expressions = [...members.values()]
  if (open || expressions.some(({ parsed }) => parsed.holes > 0)) return []
  const used = new Set<string>()
  for (const { parsed } of expressions) {
    for (const { kind, text } of parsed.tokens) {
      if (kind === 'name' || kind === 'value') used.add(text)
    }
  }
  const [code, member] =
    map === 'names'
      ? (['unusedName', 'ExpressionAttributeNames'] as const)
      : (['unusedValue', 'ExpressionAttributeValues'] as const)
  const left = [...entries.keys()].filter((placeholder) => !used.has(placeholder))
  // DynamoDB lists them all in one message.
  const message = `Value provided in ${member} unused in expressions: keys: {${left.join(', ')}}`
  return left.map((placeholder) => {
    const place: FindingPlace = { in: map, placeholder }
    return { code, message, place, subject: placeholder }
  })
}
