import { describe, expect, it } from 'vitest'
import { program, reportsOf, type Reported } from '../support/reports.ts'

const rule = 'valid-key'

const settings = {
  tables: {
    Orders: {
      partitionKey: { name: 'PK', type: 'S' },
      sortKey: { name: 'SK', type: 'S' },
      indexes: {
        byTotal: { partitionKey: { name: 'total', type: 'N' } },
        byCode: { partitionKey: { name: 'code', type: 'S' } },
      },
    },
    Users: { partitionKey: 'id' },
  },
}

const head = program`
  import { CreateTableCommand, DynamoDBClient, GetItemCommand, KeyType, ScalarAttributeType } from '@aws-sdk/client-dynamodb'
  import { BatchGetCommand, BatchWriteCommand, DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, ScanCommand, TransactGetCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  import { marshall } from '@aws-sdk/util-dynamodb'
  const client = new DynamoDBClient({})
  const documents = DynamoDBDocumentClient.from(client)
  const TableName = 'Orders'
`

/** A function whose first line is line 8. */
const run = (body: string, rest = ''): string =>
  `${head}export async function run(id: string, given: any) {\n${body}\n}\n${rest}`

const get = (key: string, table = 'TableName'): string =>
  `await documents.send(new GetCommand({ ${table}, Key: ${key} }))`
const put = (item: string): string =>
  `await documents.send(new PutCommand({ TableName, Item: ${item} }))`
const update = (members: string): string =>
  `await documents.send(new UpdateCommand({ TableName, Key: { PK: id, SK: id }, ${members} }))`

/** The text at each report, and what is said. */
const said = (body: string, request: Reported = { settings }, rest = ''): string[] =>
  reportsOf(rule, run(body, rest), request).map((report) => report.replace(/^\S+ /, ''))

const MISMATCH = 'DynamoDB rejects this: The provided key element does not match the schema'
const KEY = 'the key of `Orders` is `PK` and `SK`'

describe('a key', () => {
  it('is told where it stands', () => {
    expect(reportsOf(rule, run(get('{ PK: id }')), { settings })).toEqual([
      `8:55-8:65 { PK: id }: \`SK\` is missing: ${KEY}. ${MISMATCH}`,
    ])
  })

  it.each([
    [
      '{ PK: id, name: id }',
      'name: `name` is no part of the key of `Orders`, which is `PK` and `SK`. ',
    ],
    ['{ PK: id, SK: 5 }', '5: Key attribute `SK` of `Orders` is text (S). '],
    [
      '{ PK: id, SK: given ? 5 : 6 }',
      'given ? 5 : 6: Key attribute `SK` of `Orders` is text (S). ',
    ],
  ])('%s', (key, text) => {
    expect(said(get(key))).toEqual([text + MISMATCH])
  })

  it('has no more attributes than its table', () => {
    expect(said(get('{ id, name: id }', "TableName: 'Users'"))).toEqual([
      `name: \`name\` is no part of the key of \`Users\`, which is \`id\`. ${MISMATCH}`,
    ])
  })

  it.each([
    ['an update', 'await documents.send(new UpdateCommand({ TableName, Key: { PK: id } }))'],
    ['a delete', 'await documents.send(new DeleteCommand({ TableName, Key: { PK: id } }))'],
    [
      'a batch',
      'await documents.send(new BatchGetCommand({ RequestItems: { Orders: { Keys: [{ PK: id, SK: id }, { PK: id }] } } }))',
    ],
    [
      'a batch of a named table',
      'await documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: given.map((one: string) => ({ PK: one })) } } }))',
    ],
    [
      'a batch of writes',
      'await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: [{ DeleteRequest: { Key: { PK: id } } }] } }))',
    ],
    [
      'a transaction',
      "await documents.send(new TransactWriteCommand({ TransactItems: [{ ConditionCheck: { TableName, Key: { PK: id }, ConditionExpression: 'attribute_exists(PK)' } }] }))",
    ],
    [
      'a transaction of reads',
      'await documents.send(new TransactGetCommand({ TransactItems: [{ Get: { TableName, Key: { PK: id } } }] }))',
    ],
    [
      'a low-level client',
      'await client.send(new GetItemCommand({ TableName, Key: { PK: { S: id } } }))',
    ],
    ['marshall', 'await client.send(new GetItemCommand({ TableName, Key: marshall({ PK: id }) }))'],
    [
      'a table named by the environment',
      get('{ PK: id }', "TableName: process.env.TABLE || 'Orders'"),
    ],
  ])('is told of %s', (_, body) => {
    expect(said(body).map((report) => report.split(': the key')[0]?.replace(/^.*: /, ''))).toEqual([
      '`SK` is missing',
    ])
  })

  it('is told at the call that gives it to a wrapper', () => {
    const wrapper =
      'const load = (key: Record<string, unknown>) => documents.send(new GetCommand({ TableName, Key: key }))\n'
    expect(said('await load({ PK: id })', { settings }, wrapper)).toEqual([
      `{ PK: id }: \`SK\` is missing: ${KEY}. ${MISMATCH}`,
    ])
    const filled =
      "const load = (key: unknown) => documents.send(new GetCommand({ TableName, Key: { PK: key, SK: 'A' } }))\n"
    expect(said('await load(5)', { settings }, filled)).toEqual([
      `load: Key attribute \`PK\` of \`Orders\` is text (S). ${MISMATCH}`,
    ])
  })

  const silent: Record<string, string> = {
    'what fits': get('{ PK: id, SK: id }'),
    'what fits in parts': get('{ PK: id, ...{ SK: `ORDER#${id}` } }'),
    'parts that are not known': get('{ PK: id, ...given }'),
    'a key that is not known': get('given'),
    'a name that is not known': get('{ PK: id, [given]: id }'),
    'an attribute that may be left out': get('{ PK: id, SK: id, ...(given && { name: id }) }'),
    'an attribute that is left out': get('{ PK: id, SK: id, name: undefined }'),
    'a key that something else may change': `const key: any = { PK: id }\ngiven.complete(key)\n${get('key')}`,
    'values whose type is not known': get('{ PK: given, SK: Number(given) }'),
    'values in the format of the other client': get('{ PK: { S: id }, SK: { S: id } }'),
    'what no table has for a key': `${get('{ PK: id, SK: true }')}\n${get('{ PK: id, SK: id, name: id }')}\n${get('{}')}\n${get("{ PK: id, SK: '' }")}`,
    'another table': get('{ PK: id }', "TableName: 'Carts'"),
    'a table that may be another': get('{ id }', "TableName: given ? 'Orders' : 'Users'"),
    'a table that is not known': get('{ id }', 'TableName: given'),
  }
  it.each(Object.entries(silent))('says nothing of %s', (_, body) => {
    expect(said(body)).toEqual([])
  })
})

describe('an item', () => {
  it.each([
    [
      "{ PK: id, SK: '' }",
      "'': DynamoDB rejects this: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: SK",
    ],
    [
      '{ PK: id }',
      '{ PK: id }: `SK` is missing: the key of `Orders` is `PK` and `SK`. DynamoDB rejects this: One or more parameter values were invalid: Missing the key SK in the item',
    ],
    [
      '{ PK: id, SK: 7 }',
      '7: Key attribute `SK` of `Orders` is text (S). DynamoDB rejects this: One or more parameter values were invalid: Type mismatch for key SK expected: S actual: N',
    ],
    [
      "{ PK: id, SK: id, total: '7' }",
      "'7': DynamoDB rejects this: One or more parameter values were invalid: Type mismatch for Index Key total Expected: N Actual: S IndexName: byTotal",
    ],
    [
      '{ PK: id, SK: id, code: null }',
      'null: DynamoDB rejects this: One or more parameter values were invalid: Type mismatch for Index Key code Expected: S Actual: NULL IndexName: byCode',
    ],
    [
      "{ PK: id, SK: id, code: '' }",
      "'': DynamoDB rejects this: One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: byCode, IndexKey: code",
    ],
  ])('%s', (item, report) => {
    expect(said(put(item))).toEqual([report])
  })

  it.each([
    [
      'a batch',
      'await documents.send(new BatchWriteCommand({ RequestItems: { Orders: [{ PutRequest: { Item: { PK: id } } }] } }))',
    ],
    [
      'a transaction',
      'await documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: { PK: id } } }] }))',
    ],
  ])('is told of %s', (_, body) => {
    expect(said(body)).toHaveLength(1)
  })

  it.each([
    '{ PK: id, SK: id }',
    '{ PK: id, SK: id, total: 5, code: id, more: [] }',
    '{ PK: id, ...given }',
    '{ ...given }',
    'given',
    '{ PK: id, SK: id, code: undefined }',
    'Object.assign({ PK: id }, given)',
  ])('says nothing of %s', (item) => {
    expect(said(put(item))).toEqual([])
  })
})

describe('an expression', () => {
  it.each([
    [
      "UpdateExpression: 'SET SK = :a', ExpressionAttributeValues: { ':a': id }",
      'SK: DynamoDB rejects this: One or more parameter values were invalid: Cannot update attribute SK. This attribute is part of the key',
    ],
    [
      "UpdateExpression: 'SET total = :a', ExpressionAttributeValues: { ':a': 'x' }",
      ':a: DynamoDB rejects this: One or more parameter values were invalid: Type mismatch for Index Key total Expected: N Actual: S IndexName: byTotal',
    ],
  ])('%s', (members, report) => {
    expect(said(update(members))).toEqual([report])
  })

  it('updates no attribute of the Key that the request itself has', () => {
    const body =
      "await documents.send(new UpdateCommand({ TableName: given, Key: { id }, UpdateExpression: 'SET id = :a, n = :a', ExpressionAttributeValues: { ':a': id } }))"
    expect(said(body, {}).map((report) => report.split(':')[0])).toEqual(['id'])
  })

  it('looks into no key attribute', () => {
    const body =
      "await documents.send(new ScanCommand({ TableName, FilterExpression: 'PK.id = :a', ExpressionAttributeValues: { ':a': id } }))"
    expect(said(body).map((report) => report.split(':')[0])).toEqual(['PK.id'])
  })

  it('of a key condition is for another rule', () => {
    const body =
      "await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'PK = :a', ExpressionAttributeValues: { ':a': '' } }))"
    expect(said(body)).toEqual([])
  })
})

describe('a table that the file creates', () => {
  const create = (name: string, keys: string, more = ''): string =>
    `export const create${name.replaceAll(/\W/g, '')} = () => client.send(new CreateTableCommand({ TableName: ${name}, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: ScalarAttributeType.N }], KeySchema: ${keys}${more} }))\n`
  const id = "[{ AttributeName: 'id', KeyType: KeyType.HASH }]"

  it('is known by what names it', () => {
    expect(said(get('{ PK: 5 }'), {}, create('TableName', id))).toEqual([
      `PK: \`PK\` is no part of the key of \`Orders\`, which is \`id\`. ${MISMATCH}`,
    ])
    expect(said(get("{ id: 'x' }"), {}, create("'Orders'", id))).toHaveLength(1)
    expect(
      said(get("{ id: 'x' }", 'TableName: process.env.T'), {}, create('process.env.T', id)),
    ).toHaveLength(1)
  })

  it.each([
    ['another name', create("'orders-test'", id)],
    [
      'keys that are not known',
      create('TableName', '[{ AttributeName: KEY, KeyType: KeyType.HASH }]', '').replace(
        'export',
        'declare const KEY: string\nexport',
      ),
    ],
    [
      'another definition beside it',
      create('TableName', id) + create("'Orders'", "[{ AttributeName: 'pk', KeyType: 'HASH' }]"),
    ],
  ])('says nothing where it has %s', (_, rest) => {
    expect(said(get("{ id: 'x', a: 5 }"), {}, rest)).toEqual([])
  })

  it('gives way to the settings', () => {
    expect(said(get('{ PK: id, SK: id }'), { settings }, create('TableName', id))).toEqual([])
  })
})

it('looks at scripts and not at tests', () => {
  const code = run(get('{ PK: id }'))
  expect(reportsOf(rule, code, { settings, filename: 'scripts/orders.ts' })).toHaveLength(1)
  expect(reportsOf(rule, code, { settings, filename: 'tests/orders.ts' })).toEqual([])
})
