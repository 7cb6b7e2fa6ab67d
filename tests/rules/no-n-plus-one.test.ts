import { describe, expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'no-n-plus-one'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, paginateQuery } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const T = 'Orders'
`

/** An exported function whose first line is line 6. */
const run = (body: string, parameters = 'ids: string[]', rest = ''): string =>
  `${head}export async function run(${parameters}) {\n${body}\n}\n${rest}`

const get = (key: string): string =>
  `await documents.send(new GetCommand({ TableName: T, Key: { ${key} } }))`

const query = (pk: string, more = ''): string =>
  `await documents.send(new QueryCommand({ TableName: T, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': ${pk} }, ${more} }))`

const said = (code: string, filename = 'src/orders.ts'): string[] =>
  reportsOf(rule, code, { filename }).map((report) => /^\S+ (.*?): /.exec(report)?.[1] ?? report)

it.each([
  [
    'a Get for each id',
    run(`for (const id of ids) console.log(${get('id')})`),
    '6:60-6:70 GetCommand: Each element of `ids` costs a GetItem of its own from `Orders`: BatchGetItem reads 100 keys with one request (no key twice; the answer has an order of its own; ask again for UnprocessedKeys).',
  ],
  [
    'a Query for each item',
    run(
      `const { Items = [] } = ${query('1')}\nfor (const item of Items) console.log(${query('item.id')})`,
    ),
    '7:64-7:76 QueryCommand: Each item of `Items`, read before, costs a Query of its own to `Orders`: keep what is read together under one partition key, or keep on the item what is shown of the others.',
  ],
])('says %s', (_, code, expected) => {
  expect(reportsOf(rule, code)).toEqual([expected])
})

describe('reports', () => {
  it.each([
    ['a loop that counts', run(`for (let i = 0; i < ids.length; i++) ${get('id: ids[i]')}`)],
    ['a map', run(`return Promise.all(ids.map(async (id) => (${get('id')}).Item))`)],
    [
      'a map without await',
      run(
        `return Promise.all(ids.map((id) => documents.send(new GetCommand({ TableName: T, Key: { id } }))))`,
      ),
    ],
    ['a forEach', run(`ids.forEach(async (id) => { ${get('id')} })`)],
    [
      'a reduce',
      run(
        `await ids.reduce(async (before, id) => { await before; ${get('id')} }, Promise.resolve())`,
      ),
    ],
    ['a for in', run(`for (const id in byId) ${get('id')}`, 'byId: object')],
    ['a loop in a catch', run(`for (const id of ids) { try { ${get('id')} } catch { continue } }`)],
    [
      'a key that a variable holds',
      run(`for (const id of ids) { const key = { id: 'ORDER#' + id }; ${get('...key')} }`),
    ],
    [
      'a key that a helper makes',
      run(
        `for (const id of ids) { const key = keyOf(id); ${get('id: key.id')} }`,
        undefined,
        'declare function keyOf(id: string): { id: string }\n',
      ),
    ],
    [
      'pieces that are read one by one',
      run(
        `for (let i = 0; i < ids.length; i += 10) await Promise.all(ids.slice(i, i + 10).map(async (id) => { ${get('id')} }))`,
      ),
    ],
    [
      'items of a page of a hundred',
      run(
        `const { Items = [] } = ${query('1', 'Limit: 100')}\nfor (const item of Items) ${get('id: item.id')}`,
      ),
    ],
    [
      'rows of another database',
      `import { rows } from 'other'\n${run(`for (const row of await rows()) ${get('id: row.id')}`)}`,
    ],
    ['distinct ids', run(`for (const id of new Set(ids)) ${get('id')}`)],
  ])('%s', (_, code) => {
    expect(said(code).map((name) => name.replace(/^.* /, ''))).toEqual(['GetCommand'])
  })

  it('a helper, where it is called', () => {
    const code = run(
      'for (const id of ids) await find(T, id)',
      undefined,
      `async function find(table: string, id: string) {\nconst { Item } = await documents.send(new GetCommand({ TableName: table, Key: { id } }))\nreturn Item\n}\n`,
    )
    expect(said(code)).toEqual(['6:29-6:33 find'.replace(/^\S+ /, '')])
  })

  it('a function that is handed on, where it is', () => {
    const code = run(
      'return Promise.all(ids.map(find))',
      undefined,
      `async function find(id: string) {\nreturn ${get('id')}\n}\n`,
    )
    expect(said(code)).toEqual(['map'])
  })

  it('a list that a callback adds reads to', () => {
    const code = run(
      `const all: unknown[] = []\nids.forEach((id) => all.push(find(id)))\nreturn Promise.all(all)`,
      undefined,
      `async function find(id: string) {\nreturn ${get('id')}\n}\n`,
    )
    expect(said(code)).toEqual(['find'])
  })
})

describe('says nothing of', () => {
  it.each([
    [
      'a retry',
      run(
        `for (let attempt = 0; attempt < 3; attempt++) { const { Item } = ${get('id')}; if (Item) return Item }`,
        'id: string',
      ),
    ],
    [
      'a retry for whatever list',
      run(
        `for (const wait of waits) { ${get('id')}; console.log(wait) }`,
        'id: string, waits: number[]',
      ),
    ],
    [
      'a wait',
      run(`while (true) { const { Item } = ${get('id')}; if (Item) return Item }`, 'id: string'),
    ],
    [
      'pages',
      run(
        `let last: any\ndo { const page = ${query('id', 'ExclusiveStartKey: last')}; last = page.LastEvaluatedKey } while (last)`,
        'id: string',
      ),
    ],
    [
      'pages of a paginator',
      run(
        `for await (const page of paginateQuery({ client: documents }, { TableName: T, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': id } })) console.log(page)`,
        'id: string',
      ),
    ],
    ['a count of rounds', run(`await Promise.all(ids.map(async (_, i) => { ${get('id: i')} }))`)],
    ['a list that is written out', run(`for (const id of ['a', 'b', 'c']) ${get('id')}`, '')],
    [
      'tables',
      run(
        `for (const TableName of tables) await documents.send(new GetCommand({ TableName, Key: { id } }))`,
        'tables: string[], id: string',
      ),
    ],
    [
      'batches',
      run(
        `for (let i = 0; i < ids.length; i += 100) await documents.send(new BatchGetCommand({ RequestItems: { [T]: { Keys: ids.slice(i, i + 100).map((id) => ({ id })) } } }))`,
      ),
    ],
    ['Queries for a list that is given', run(`for (const id of ids) ${query('id')}`)],
    [
      'a chain',
      run(`while (id) { const { Item } = ${get('id')}; id = Item?.parent }`, 'id: string'),
    ],
    [
      'a tree',
      run(`const { Item } = ${get('id')}\nif (Item?.next) await run(Item.next)`, 'id: string'),
    ],
    [
      'what is written back',
      run(
        `for (const id of ids) { const { Item } = ${get('id')}; await documents.send(new PutCommand({ TableName: T, Item: { ...Item, seen: true } })) }`,
      ),
    ],
    [
      'records of a queue',
      `${head}export const handler = async (event: { Records: { body: string }[] }) => {\nfor (const record of event.Records) ${get('id: record.body')}\n}\n`,
    ],
    [
      'a page of a few',
      run(
        `const { Items = [] } = ${query('1', 'Limit: 5')}\nfor (const item of Items) ${get('id: item.id')}`,
      ),
    ],
    [
      'a read beside a loop',
      run(`const { Item } = ${get('id: ids[0]')}\nfor (const id of ids) console.log(id, Item)`),
    ],
    [
      'what a loop ranges over',
      run(`for (const tag of (${get('id')}).Item?.tags ?? []) console.log(tag)`, 'id: string'),
    ],
  ])('%s', (_, code) => {
    expect(said(code)).toEqual([])
  })

  it.each(['src/orders.test.ts', 'scripts/orders.ts'])('%s', (filename) => {
    expect(said(run(`for (const id of ids) ${get('id')}`), filename)).toEqual([])
  })
})
