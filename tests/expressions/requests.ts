import {
  attributeValueFromJson,
  checkRequest,
  type AttributeNames,
  type AttributeValues,
  type ExpressionOperation,
  type ExpressionRequest,
  type IndexSchema,
  type KeyAttribute,
  type KeySchema,
  type RequestFinding,
  type TableSchema,
} from '../../src/expressions/index.ts'

/** A request as the low-level interface takes it. */
export type LowLevelRequest = Readonly<Record<string, unknown>>

/** A table as CreateTable takes it. */
export interface TableDefinition {
  readonly AttributeDefinitions: readonly {
    readonly AttributeName: string
    readonly AttributeType: string
  }[]
  readonly KeySchema: readonly KeyElement[]
  readonly GlobalSecondaryIndexes?: readonly IndexDefinition[]
  readonly LocalSecondaryIndexes?: readonly IndexDefinition[]
}

interface IndexDefinition {
  readonly IndexName: string
  readonly KeySchema: readonly KeyElement[]
}

interface KeyElement {
  readonly AttributeName: string
  readonly KeyType: string
}

export function schemaOf(table: TableDefinition): TableSchema {
  const types = new Map(
    table.AttributeDefinitions.map(({ AttributeName, AttributeType }) => [
      AttributeName,
      AttributeType,
    ]),
  )
  const attribute = ({ AttributeName: name }: KeyElement): KeyAttribute => {
    const type = types.get(name)
    return { name, type: type === 'S' || type === 'N' || type === 'B' ? type : undefined }
  }
  const keyOf = (elements: readonly KeyElement[]): KeySchema => ({
    partition: elements.filter(({ KeyType }) => KeyType === 'HASH').map(attribute),
    sort: elements.filter(({ KeyType }) => KeyType === 'RANGE').map(attribute),
  })
  const indexes = new Map<string, IndexSchema>()
  for (const index of table.GlobalSecondaryIndexes ?? []) {
    indexes.set(index.IndexName, { ...keyOf(index.KeySchema), kind: 'global' })
  }
  for (const index of table.LocalSecondaryIndexes ?? []) {
    indexes.set(index.IndexName, { ...keyOf(index.KeySchema), kind: 'local' })
  }
  return { key: keyOf(table.KeySchema), indexes }
}

const legacyParameters = [
  'AttributesToGet',
  'QueryFilter',
  'ScanFilter',
  'KeyConditions',
  'Expected',
  'AttributeUpdates',
  'ConditionalOperator',
]

/** What the checker says of a request of the low-level interface. */
export function check(
  operation: ExpressionOperation,
  request: LowLevelRequest,
  table?: TableSchema,
): RequestFinding[] {
  return checkRequest(requestOf(operation, request, table))
}

/** A request of the low-level interface as the checker takes it. */
export function requestOf(
  operation: ExpressionOperation,
  request: LowLevelRequest,
  table?: TableSchema,
): ExpressionRequest {
  const text = (member: string): string | undefined => {
    const value = request[member]
    return typeof value === 'string' ? value : undefined
  }
  const index = text('IndexName')
  return {
    operation,
    expressions: {
      KeyConditionExpression: text('KeyConditionExpression'),
      FilterExpression: text('FilterExpression'),
      UpdateExpression: text('UpdateExpression'),
      ConditionExpression: text('ConditionExpression'),
      ProjectionExpression: text('ProjectionExpression'),
    },
    names: namesOf(request.ExpressionAttributeNames),
    values: valuesOf(request.ExpressionAttributeValues),
    table,
    index: index === undefined ? undefined : { name: index },
    consistentRead: request.ConsistentRead === true,
    legacyParameters: legacyParameters.filter((parameter) => request[parameter] !== undefined),
  }
}

function namesOf(json: unknown): AttributeNames | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  const entries = Object.entries(json).map(([key, name]) => [key, String(name)] as const)
  return { entries: new Map(entries), open: false }
}

function valuesOf(json: unknown): AttributeValues | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  const entries = Object.entries(json).map(
    ([key, value]) => [key, attributeValueFromJson(repeatStrings(value))] as const,
  )
  return { entries: new Map(entries), open: false }
}

/** The cases write a long text as `{ "$repeat": [text, times] }`. */
function repeatStrings(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json
  if (Array.isArray(json)) return json.map(repeatStrings)
  if ('$repeat' in json && Array.isArray(json.$repeat)) {
    const [text, times] = json.$repeat as [unknown, unknown]
    return String(text).repeat(Number(times))
  }
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, repeatStrings(value)]))
}
