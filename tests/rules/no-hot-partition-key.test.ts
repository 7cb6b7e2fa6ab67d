import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf, type Reported } from '../support/reports.ts'

const rule = 'no-hot-partition-key'

const settings = {
  tables: {
    App: {
      partitionKey: 'PK',
      sortKey: 'SK',
      indexes: {
        GSI1: { partitionKey: 'GSI1PK', sortKey: 'SK' },
        GSI2: { partitionKey: 'GSI2PK', sortKey: 'GSI2SK' },
      },
    },
    Orders: { partitionKey: 'id', indexes: { byStatus: { partitionKey: 'status' } } },
    Counters: { partitionKey: 'name' },
    Shops: { partitionKey: 'PK', sortKey: 'SK', small: true },
  },
}

const head = program`
  import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
  import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  import type { APIGatewayProxyHandler } from 'aws-lambda'
  const client = new DynamoDBClient({})
  const documents = DynamoDBDocumentClient.from(client)
`

/** A handler of requests whose first line is line 7. */
const onRequest = (body: string, rest = ''): string =>
  `${head}export const handler: APIGatewayProxyHandler = async (event) => {\nconst { id, name, status, plan = 'free', ...body } = JSON.parse(event.body!)\n${body}\nreturn { statusCode: 201, body: '' }\n}\n${rest}`

const put = (item: string, table = 'App'): string =>
  `await documents.send(new PutCommand({ TableName: '${table}', Item: { ${item} } }))`

const strict = [{ checkFewValues: true }]

const said = (code: string, more: Reported = {}): string[] =>
  reportsOf(rule, code, { settings, filename: 'src/handler.ts', ...more })

describe('a constant that requests write', () => {
  it('as the key of an index', () => {
    expect(said(onRequest(put("PK: `GAME#${id}`, SK: 'DETAILS', GSI1PK: 'GAMES', name")))).toEqual([
      "8:106-8:113 'GAMES': Partition key `GSI1PK` of index `GSI1` of `App` is always `GAMES` (handler): all items share one partition, which takes about 1,000 writes and 3,000 reads a second.",
    ])
  })

  it('as the key of the table, beside a sort key that varies', () => {
    expect(said(onRequest(put("PK: 'GAME', SK: id")))).toEqual([
      "8:69-8:75 'GAME': Partition key `PK` of `App` is always `GAME` (handler): all items share one partition, which takes about 1,000 writes and 3,000 reads a second.",
    ])
  })

  it.each([
    [
      'in a transaction',
      "await documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName: 'App', Item: { PK: 'GAME', SK: id } } }] }))",
    ],
    [
      'in a batch',
      "await documents.send(new BatchWriteCommand({ RequestItems: { App: [{ PutRequest: { Item: { PK: 'GAME', SK: id } } }] } }))",
    ],
    [
      'by the low-level client',
      "await client.send(new PutItemCommand({ TableName: 'App', Item: { PK: { S: 'GAME' }, SK: { S: id } } }))",
    ],
  ])('%s', (_, body) => {
    expect(said(onRequest(body))).toEqual([expect.stringContaining('is always `GAME`')])
  })

  it('where a function of the file makes the item: at the text', () => {
    const code = onRequest(
      "await save({ PK: `GAME#${id}`, SK: 'X', ...listed() })",
      "const save = (Item: object) => documents.send(new PutCommand({ TableName: 'App', Item }))\nconst listed = () => ({ GSI1PK: 'GAMES' })\n",
    )
    expect(said(code, { options: strict })).toEqual([
      expect.stringMatching(/^12:33-12:40 'GAMES': Partition key `GSI1PK`/),
    ])
  })
})

describe('few values', () => {
  const ways: readonly (readonly [string, string, RegExp])[] = [
    [
      'a status of the request',
      "PK: id, SK: 'X', GSI1PK: `STATUS#${status}`",
      /is a status or type/,
    ],
    ['one with a default', "PK: id, SK: 'X', GSI1PK: `PLAN#${plan}`", /is a status or type/],
    ['a member', "PK: id, SK: 'X', GSI1PK: body.orderStatus", /is a status or type/],
    ['a constant status', "PK: id, SK: 'X', GSI1PK: 'STATUS#open'", /is a status or type/],
    ['yes or no', "PK: id, SK: 'X', GSI1PK: 'no'", /is true or false/],
    ['a comparison', "PK: id, SK: 'X', GSI1PK: String(name === 'x')", /is true or false/],
    ['one of two', "PK: id, SK: 'X', GSI1PK: name ? 'NAMED' : 'OTHER'", /is one of a few values/],
    [
      'today',
      "PK: id, SK: 'X', GSI1PK: `DATE#${new Date().toISOString().slice(0, 10)}`",
      /is a date/,
    ],
    [
      'today, split',
      "PK: id, SK: 'X', GSI1PK: new Date().toISOString().split('T')[0]",
      /is a date/,
    ],
    [
      'this hour',
      "PK: id, SK: 'X', GSI1PK: new Date().toISOString().substring(0, 13)",
      /is a date/,
    ],
    ['the year', "PK: id, SK: 'X', GSI1PK: `Y#${new Date().getFullYear()}`", /is a date/],
  ]
  it.each(ways)('%s', (_, item, message) => {
    const code = onRequest(put(item))
    expect(said(code)).toEqual([])
    expect(said(code, { options: strict })).toEqual([expect.stringMatching(message)])
  })

  it('a status that an update sets', () => {
    const code = onRequest(
      "await documents.send(new UpdateCommand({ TableName: 'Orders', Key: { id }, UpdateExpression: 'SET #s = :s', ExpressionAttributeNames: { '#s': 'status' }, ExpressionAttributeValues: { ':s': 'PAID' } }))",
    )
    expect(said(code)).toEqual([])
    expect(said(code, { options: strict })).toEqual([
      expect.stringMatching(/'PAID': Partition key `status` of index `byStatus` .* is a status/),
    ])
  })

  it('a type that is a union of literals', () => {
    const code = `${head}export async function list(id: string, group: 'a' | 'b') {\n${put('PK: id, SK: id, GSI1PK: group')}\n}\n`
    expect(said(code, { options: strict })).toEqual([
      expect.stringContaining('is one of a few values'),
    ])
  })

  it('what a caller gives a wrapper', () => {
    const code = onRequest(
      "await log(id, 'DELETE')",
      "const log = (id: string, action: string) => documents.send(new PutCommand({ TableName: 'App', Item: { PK: id, SK: id, GSI1PK: action } }))\n",
    )
    expect(said(code)).toEqual([])
    expect(said(code, { options: strict })).toEqual([
      expect.stringMatching(/'DELETE': Partition key `GSI1PK` .* is one of a few values/),
    ])
  })

  it('an index whose sort key an update gives later', () => {
    const code = onRequest(
      put("PK: id, SK: 'X', GSI2PK: 'LISTING'"),
      "export const list = (id: string, at: string) => documents.send(new UpdateCommand({ TableName: 'App', Key: { PK: id, SK: 'X' }, UpdateExpression: 'SET GSI2SK = :at', ExpressionAttributeValues: { ':at': at } }))\n",
    )
    expect(said(code)).toEqual([expect.stringContaining('is always `LISTING`')])
  })

  it('what no request writes', () => {
    const code = `${head}export async function seedGame(id: string) {\n${put("PK: 'GAME', SK: id")}\n}\n`
    expect(said(code)).toEqual([])
    expect(said(code, { options: strict })).toHaveLength(1)
  })
})

describe('silent', () => {
  const item = (text: string, table = 'App'): string => onRequest(put(text, table))
  it.each([
    ['a suffix that varies', item("PK: id, SK: 'X', GSI1PK: `GAMES#${id}`")],
    ['a shard', item("PK: id, SK: 'X', GSI1PK: `GAMES#${Math.floor(Math.random() * 10)}`")],
    ['a second attribute', item("PK: id, SK: 'X', GSI1PK: `${body.tenant}#${status}`")],
    ['two with few values', item("PK: id, SK: 'X', GSI1PK: `${plan}#${status}`")],
    ['the time', item("PK: id, SK: 'X', GSI1PK: new Date().toISOString()")],
    [
      'the birthday of somebody',
      item("PK: id, SK: 'X', GSI1PK: `B#${new Date(body.born).toISOString().slice(0, 10)}`"),
    ],
    ['an entry of a configuration that is listed', item("PK: id, SK: 'X', GSI1PK: 'APP_CONFIG'")],
    ['what would be no key', item("PK: id, SK: 'X', GSI1PK: `G#${undefined}`")],
    ['a minute', item("PK: id, SK: 'X', GSI1PK: new Date().toISOString().slice(0, 16)")],
    ['a value of the request', item("PK: id, SK: 'X', GSI1PK: body.team")],
    ['one item', item("PK: 'HOME', SK: 'PAGE', title: name")],
    ['an item of a configuration', item("PK: 'SETTINGS', SK: name")],
    ['a table of a partition key alone', item("name: 'orders', last: 1", 'Counters')],
    ['a small table', item("PK: 'SHOP', SK: id", 'Shops')],
    [
      'an item that does not enter the index, for want of its sort key',
      item("PK: id, SK: 'X', GSI2PK: 'LISTING'"),
    ],
    [
      'an item that enters the index at times',
      item("PK: id, SK: 'X', GSI2PK: 'ARCHIVED', GSI2SK: body.archived ? name : undefined"),
    ],
    ['a number that is an id', item("PK: '1', SK: name")],
    ['a state that may be one of a country', item("PK: id, SK: 'X', GSI1PK: body.state")],
    ['no value at all', item("PK: id, SK: 'X', GSI1PK: undefined")],
    ['a sparse index', item("PK: id, SK: 'X', ...(body.open ? { GSI1PK: 'OPEN' } : {})")],
    [
      'a mark that is taken away again',
      onRequest(
        put("PK: id, SK: 'X', GSI1PK: 'OPEN'"),
        "export const close = (id: string) => documents.send(new UpdateCommand({ TableName: 'App', Key: { PK: id, SK: 'X' }, UpdateExpression: 'REMOVE GSI1PK' }))\n",
      ),
    ],
    [
      'an update of an item by its key',
      onRequest(
        "await documents.send(new UpdateCommand({ TableName: 'App', Key: { PK: 'GAME', SK: id }, UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': 1 } }))",
      ),
    ],
    ['an unknown table', onRequest(put("PK: 'GAME', SK: id", 'Unknown'))],
  ])('%s', (_, code) => {
    expect(said(code, { options: strict })).toEqual([])
  })

  it('in a script', () => {
    const code = onRequest(put("PK: 'GAME', SK: id"))
    expect(said(code, { options: strict, filename: 'scripts/seed.ts' })).toEqual([])
  })
})

describe('offers a shard', () => {
  const offered = (item: string): readonly string[] => {
    const before = onRequest(put(item))
    return mended(rule, before, { settings, filename: 'src/handler.ts', options: strict }).flatMap(
      (after) => newLines(before, after),
    )
  }
  it('behind a text', () => {
    expect(offered("PK: id, SK: 'X', GSI1PK: 'GAMES'")).toEqual([
      put("PK: id, SK: 'X', GSI1PK: `GAMES#${Math.floor(Math.random() * 10)}`"),
    ])
  })
  it('behind a template', () => {
    expect(offered("PK: id, SK: 'X', GSI1PK: `STATUS#${status}`")).toEqual([
      put("PK: id, SK: 'X', GSI1PK: `STATUS#${status}#${Math.floor(Math.random() * 10)}`"),
    ])
  })
  it.each([
    ['in the key of the table, by which single items are found', "PK: 'GAME', SK: id"],
    ['where the text is elsewhere', "PK: id, SK: 'X', GSI1PK: plan"],
  ])('not %s', (_, item) => {
    expect(offered(item)).toEqual([])
  })
})
