import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf, type Reported } from '../support/reports.ts'

const rule = 'valid-key-condition'

const settings = {
  tables: {
    Orders: {
      partitionKey: { name: 'userId', type: 'S' },
      sortKey: { name: 'createdAt', type: 'N' },
      indexes: {
        byStatus: { partitionKey: 'status', sortKey: 'createdAt' },
        byCode: { partitionKey: { name: 'code', type: 'S' } },
      },
    },
  },
}

const head = program`
  import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const TableName = 'Orders'
`

/** A function whose first line is line 6. */
const run = (body: string, rest = ''): string =>
  `${head}export async function run(id: string, given: any) {\n${body}\n}\n${rest}`

const query = (condition: string, more = "ExpressionAttributeValues: { ':a': id }"): string =>
  `await documents.send(new QueryCommand({ TableName, KeyConditionExpression: ${condition}, ${more} }))`

/** The text at each report, and what is said. */
const said = (body: string, request: Reported = { settings }, rest = ''): string[] =>
  reportsOf(rule, run(body, rest), request).map((report) => report.replace(/^\S+ /, ''))

const misfit = (text: string, keys: string, message: string): string =>
  `${text}: The key of ${keys}. DynamoDB rejects this: ${message}`
const orders = '`Orders` is `userId` and `createdAt`'

describe('with the keys of the table', () => {
  it('tells the partition key that is missed, at the condition', () => {
    expect(reportsOf(rule, run(query("'createdAt >= :a'")), { settings })).toEqual([
      '6:77-6:92 createdAt >= :a: The key of `Orders` is `userId` and `createdAt`. DynamoDB rejects this: Query condition missed key schema element: userId',
    ])
  })

  it.each([
    [
      'another attribute',
      "'userId = :a AND code = :b'",
      'code = :b',
      'Query condition missed key schema element: createdAt',
    ],
    [
      'a partition key without =',
      "'begins_with(userId, :a) AND createdAt = :b'",
      'begins_with(userId, :a)',
      'Query key condition not supported',
    ],
    [
      'more conditions than keys',
      "'userId = :a AND createdAt = :b AND code = :c'",
      'code = :c',
      'The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)',
    ],
  ])('%s', (_, condition, text, message) => {
    expect(
      said(query(condition, "ExpressionAttributeValues: { ':a': id, ':b': given, ':c': given }")),
    ).toEqual([misfit(text, orders, message)])
  })

  it('tells the key of the index', () => {
    expect(
      said(query("'userId = :a'", "IndexName: 'byCode', ExpressionAttributeValues: { ':a': id }")),
    ).toEqual([
      misfit(
        'userId = :a',
        'index `byCode` of `Orders` is `code`',
        'Query condition missed key schema element: code',
      ),
    ])
  })

  it.each([
    ["{ ':a': 5 }", ':a'],
    ["{ ':a': id, ':b': String(id) ? 'x' : 'y' }", ':b'],
  ])('the type of a value: %s', (values, text) => {
    const condition = values.includes(':b') ? "'userId = :a AND createdAt = :b'" : "'userId = :a'"
    expect(said(query(condition, `ExpressionAttributeValues: ${values}`))).toEqual([
      misfit(
        text,
        orders,
        'One or more parameter values were invalid: Condition parameter type does not match schema type',
      ),
    ])
  })

  it('knows a table that the file creates', () => {
    const create =
      "export const create = () => documents.send(new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] }))\n"
    expect(said(query("'id = :a'"), {}, create)).toEqual([
      misfit('id = :a', '`Orders` is `pk`', 'Query condition missed key schema element: pk'),
    ])
    expect(said(query("'id = :a'").replace('TableName', "TableName: 'Users'"), {}, create)).toEqual(
      [],
    )
  })

  it('stands at the call that gives a wrapper its condition', () => {
    const wrapper = `const find = (condition: string, value: unknown) => documents.send(new QueryCommand({ TableName, KeyConditionExpression: condition, ExpressionAttributeValues: { ':a': value } }))\n`
    expect(said("await find('id = :a', id)", { settings }, wrapper)).toEqual([
      misfit('id = :a', orders, 'Query condition missed key schema element: userId'),
    ])
  })

  it('says nothing of parts that a wrapper may leave out', () => {
    const wrapper = (more: string): string =>
      `const find = (IndexName: string, key: string, options: any) => {\n  let condition = '#k = :k'\n  ${more} condition += ' AND #r <= :r'\n  return documents.send(new QueryCommand({ TableName, IndexName, KeyConditionExpression: condition, ExpressionAttributeNames: { '#k': key, '#r': options.range } }))\n}\n`
    const call = "await find('byCode', 'code', given)"
    expect(said(call, { settings }, wrapper('if (options.range)'))).toEqual([])
    expect(said(call, { settings }, wrapper(''))).toHaveLength(1)
  })

  const silent: Record<string, string> = {
    'what fits': query(
      "'userId = :a AND createdAt > :b'",
      "ExpressionAttributeValues: { ':a': id, ':b': 5 }",
    ),
    'what fits the index': query(
      "'#s = :a'",
      "IndexName: 'byStatus', ExpressionAttributeNames: { '#s': 'status' }, ExpressionAttributeValues: { ':a': id }",
    ),
    'an index that is not known': query(
      "'id = :a'",
      "IndexName: given, ExpressionAttributeValues: { ':a': id }",
    ),
    'an index that may be there': query(
      "'status = :a'",
      "...(given && { IndexName: 'byStatus' }), ExpressionAttributeValues: { ':a': id }",
    ),
    'an index that the settings do not name': query(
      "'id = :a'",
      "IndexName: 'byId', ExpressionAttributeValues: { ':a': id }",
    ),
    'names that are not known': query(
      "'#a = :a'",
      "ExpressionAttributeNames: given, ExpressionAttributeValues: { ':a': id }",
    ),
    'a condition that is not known whole': query('`createdAt > :a ${given}`'),
    'a table that may be another': query("'id = :a'").replace(
      'TableName',
      "TableName: given ? 'Orders' : 'Users'",
    ),
    'a table of another name': query("'id = :a'").replace('TableName', "TableName: 'Users'"),
    'a table that a parameter may name': `const find = (table = 'Orders') => ${query("'id = :a'").replace('TableName', 'TableName: table').replace('await ', '')}\nawait find(given)`,
    'what another rule says of the text': query("'userId = :a OR createdAt = :a'"),
  }
  it.each(Object.entries(silent))('says nothing of %s', (_, body) => {
    expect(said(body)).toEqual([])
  })

  it('takes a name in the environment for another name of the table', () => {
    const body = query("'id = :a'").replace(
      'TableName',
      "TableName: process.env.ORDERS ?? 'Orders'",
    )
    expect(said(body)).toHaveLength(1)
    const tables = { ORDERS: settings.tables.Orders }
    expect(said(body.replace("'Orders'", "'orders-test'"), { settings: { tables } })).toHaveLength(
      1,
    )
  })

  it('takes two names in the environment for two tables', () => {
    const body = query("'id = :a'").replace(
      'TableName',
      'TableName: given ? process.env.ORDERS : process.env.USERS',
    )
    const tables = { ORDERS: settings.tables.Orders }
    expect(said(body, { settings: { tables } })).toEqual([])
  })
})

describe('whatever the keys are', () => {
  it.each([
    ['begins_with alone', "'begins_with(pk, :a)'", 'begins_with(pk, :a)'],
    ['a range alone', "'createdAt BETWEEN :a AND :b'", 'createdAt BETWEEN :a AND :b'],
  ])('%s has no equality', (_, condition, text) => {
    expect(said(query(condition, "ExpressionAttributeValues: { ':a': id, ':b': id }"), {})).toEqual(
      [
        `${text}: A Query needs \`=\` on the partition key, and this compares nothing by \`=\`. DynamoDB rejects this: Query key condition not supported`,
      ],
    )
  })

  it('a key is never a boolean, nor empty', () => {
    const values = "ExpressionAttributeValues: { ':a': '', ':b': true }"
    expect(said(query("'pk = :a AND sk = :b'", values), {})).toEqual([
      ':a: DynamoDB rejects this: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
      ':b: DynamoDB rejects this: One or more parameter values were invalid: Condition parameter type does not match schema type',
    ])
  })

  it.each([
    ['what inferred keys would not fit', `${query("'pk = :a'")}\n${query("'sk = :a'")}`],
    [
      'values in the format of the other client',
      query("'pk = :a'", "ExpressionAttributeValues: { ':a': { S: id } }"),
    ],
    ['a hole that may hold an equality', query('`${given} AND begins_with(pk, :a)`')],
  ])('says nothing of %s', (_, body) => {
    expect(said(body, {})).toEqual([])
  })
})

describe('the index that fits', () => {
  const offered = (body: string) => mended(rule, run(body), { settings })

  it('is added', () => {
    const body = query(
      "'status = :a AND createdAt > :b'",
      "ExpressionAttributeValues: { ':a': id, ':b': 5 }",
    )
    const [only, ...others] = offered(body)
    expect(others).toEqual([])
    expect(only?.title).toBe(
      'Query index `byStatus`, whose key is `status` and `createdAt` (an item without these is not in the index).',
    )
    expect(only && newLines(run(body), only)).toEqual([
      body.replace('TableName,', "TableName, IndexName: 'byStatus',"),
    ])
  })

  it('is put in the place of another', () => {
    const body = query(
      "'code = :a'",
      "IndexName: 'byStatus', ExpressionAttributeValues: { ':a': id }",
    )
    const [only] = offered(body)
    expect(only && newLines(run(body), only)).toEqual([body.replace('byStatus', 'byCode')])
  })

  it('is the table itself', () => {
    const body = query(
      "'userId = :a'",
      "IndexName: 'byCode', ExpressionAttributeValues: { ':a': id }",
    )
    const [only] = offered(body)
    expect(only?.title).toBe('Query the table itself, whose key is `userId` and `createdAt`.')
    expect(only && newLines(run(body), only)).toEqual([body.replace("IndexName: 'byCode', ", '')])
  })

  it.each([
    ['none fits', query("'total = :a'")],
    [
      'the read must be consistent',
      query("'code = :a'", "ConsistentRead: true, ExpressionAttributeValues: { ':a': id }"),
    ],
    [
      'the filter names its key',
      query(
        "'code = :a'",
        "FilterExpression: 'attribute_exists(code)', ExpressionAttributeValues: { ':a': id }",
      ),
    ],
  ])('is not offered where %s', (_, body) => {
    expect(offered(body)).toEqual([])
  })

  it('is not offered where several fit', () => {
    const { Orders } = settings.tables
    const tables = {
      Orders: { ...Orders, indexes: { ...Orders.indexes, again: { partitionKey: 'code' } } },
    }
    expect(mended(rule, run(query("'code = :a'")), { settings: { tables } })).toEqual([])
  })
})

it('looks at scripts and not at tests', () => {
  const code = run(query("'begins_with(pk, :a)'"))
  expect(reportsOf(rule, code, { filename: 'scripts/orders.ts' })).toHaveLength(1)
  expect(reportsOf(rule, code, { filename: 'tests/orders.ts' })).toEqual([])
})
