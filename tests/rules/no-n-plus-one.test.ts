import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

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

describe('offers', () => {
  const own = program`
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
    import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
    const T = 'Orders'
  `
  const act = (body: string, parameters = 'ids: string[]'): string =>
    `${own}export async function act(${parameters}) {\n${body.replace(/^(?=.)/gm, '  ')}\n}\n`
  const codes = {
    'a map with a block': act(
      `const orders = await Promise.all(\n  ids.map(async (id) => {\n    const { Item } = ${get('id')}\n    return Item\n  }),\n)\nreturn orders.filter((order) => order !== undefined)`,
    ),
    'a map that takes the item': act(
      `return Promise.all(ids.map(async (id: string) => (${get('PK: `ORDER#${id}`, SK: "META"')}).Item))`,
    ),
    'a map that waits for something else as well': act(
      `return await Promise.all(\n  ids.map(async (id) => {\n    const { Item: order } = ${get('id')}\n    await documents.config.region()\n    return order\n  }),\n)`,
    ),
    'a map with then': act(
      `return Promise.all(ids.map((id) => ${get('id').replace('await ', '')}.then(({ Item }) => Item)))`,
    ),
    'a loop over what was read': act(
      `const names = []\nfor (const line of lines) {\n  const result = ${get('id: line.orderId')}\n  if (!result.Item) throw new Error('No such order')\n  names.push(result.Item.name, line.count)\n}\nreturn names`,
      'lines: { orderId: string; count: number }[]',
    ),
    'a loop with a pattern and two parts of a key': act(
      `const names: string[] = [];\nfor (const { tenant, id: orderId } of lines) {\n  const { Item } = await documents.send(\n    new GetCommand({\n      TableName: process.env.TABLE,\n      Key: {\n        tenant,\n        orderId,\n      },\n      ConsistentRead: true,\n    }),\n  );\n  if (Item) names.push(Item.name, T);\n}\nreturn names;`,
      'lines: { tenant: string; id: string }[]',
    ),
    'a request with a name': act(
      `const names = []\nfor (const id of ids) {\n  const params = { TableName: T, Key: { id } }\n  const { Item } = await documents.send(new GetCommand(params))\n  names.push(Item?.name)\n}\nreturn names`,
    ),
    'a command with a name': act(
      `const names = []\nfor (const id of ids) {\n  const command = new GetCommand({ TableName: T, Key: { id } })\n  const { Item } = await documents.send(command)\n  names.push(Item?.name)\n}\nreturn names`,
    ),
    'low-level values': `import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'\nimport { unmarshall } from '@aws-sdk/util-dynamodb'\nconst client = new DynamoDBClient({})\n\nexport async function act(ids: string[]) {\n  const all = []\n  for (const id of ids) {\n    const { Item } = await client.send(new GetItemCommand({ TableName: 'Orders-v2', Key: { id: { S: id } } }))\n    if (Item) all.push(unmarshall(Item))\n  }\n  return all\n}\n`,
    'methods of v2': `const AWS = require('aws-sdk');\nconst documents = new AWS.DynamoDB.DocumentClient();\n\nexports.act = async (ids) => {\n    return Promise.all(ids.map(async (id) => {\n        const result = await documents.get({ TableName: 'Orders', Key: { id } }).promise();\n        return result.Item;\n    }));\n};\n`,
  }

  it.each(Object.entries(codes))('batches for %s', (_, code) => {
    const [suggestion, ...others] = mended(rule, code)
    expect(others).toEqual([])
    expect(
      suggestion && [suggestion.title, ...newLines(code, suggestion)].join('\n'),
    ).toMatchSnapshot()
  })

  it('what compiles', () => {
    const outputs = Object.entries(codes)
      .filter(([, code]) => !code.includes('require('))
      .map(([name, code]) => [name, mended(rule, code)[0]?.code ?? ''] as const)
    expect(typeErrorsIn(outputs)).toEqual([])
  })

  it.each([
    [
      'a round that may end before it reads',
      act(
        `for (const id of ids) {\n  if (id === '') continue\n  const { Item } = ${get('id')}\n  console.log(Item)\n}`,
      ),
    ],
    [
      'a search',
      act(`for (const id of ids) {\n  const { Item } = ${get('id')}\n  if (Item) return Item\n}`),
    ],
    [
      'what fails alone',
      act(
        `for (const id of ids) {\n  try {\n    const { Item } = ${get('id')}\n    console.log(Item)\n  } catch {\n    console.log(id)\n  }\n}`,
      ),
    ],
    [
      'a projection',
      act(
        `for (const id of ids) {\n  const { Item } = ${get('id').replace('Key:', "ProjectionExpression: 'title', Key:")}\n  console.log(Item)\n}`,
      ),
    ],
    [
      'more of an answer than its item',
      act(
        `for (const id of ids) {\n  const answer = ${get('id')}\n  console.log(answer.Item, answer.$metadata)\n}`,
      ),
    ],
    [
      'an item that is changed',
      act(
        `for (const id of ids) {\n  const { Item } = ${get('id')}\n  if (Item) Item.seen = true\n}`,
      ),
    ],
    [
      'a key that is made by a call',
      act(
        `for (const id of ids) {\n  const { Item } = ${get('id: next(id)')}\n  console.log(Item)\n}\nfunction next(id: string) {\n  return fetch(id)\n}`,
      ),
    ],
    [
      'a table that differs',
      act(
        `for (const id of ids) {\n  const { Item } = ${get('id').replace('TableName: T', 'TableName: id')}\n  console.log(Item)\n}`,
      ),
    ],
    [
      'answers as they are',
      act(`return Promise.all(ids.map((id) => ${get('id').replace('await ', '')}))`),
    ],
    [
      'a Query',
      act(
        `const { Items = [] } = ${query('1')}\nfor (const item of Items) console.log(${query('item.id')})`,
      ).replace('GetCommand }', 'QueryCommand }'),
    ],
  ])('nothing for %s', (_, code) => {
    expect(mended(rule, code)).toEqual([])
  })
})
