import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'prefer-batch-write'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const T = 'Orders'
`

/** An exported function whose first line is line 6. */
const run = (body: string, parameters = 'ids: string[]', rest = ''): string =>
  `${head}export async function run(${parameters}) {\n${body}\n}\n${rest}`

const put = (item: string, more = ''): string =>
  `await documents.send(new PutCommand({ TableName: T, Item: { ${item} }, ${more} }))`

const remove = (key: string): string =>
  `await documents.send(new DeleteCommand({ TableName: T, Key: { ${key} } }))`

const update = (key: string): string =>
  `await documents.send(new UpdateCommand({ TableName: T, Key: { ${key} }, UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': 1 } }))`

const said = (code: string, filename = 'src/orders.ts'): string[] =>
  reportsOf(rule, code, { filename }).map((report) => /^\S+ (.*?): /.exec(report)?.[1] ?? report)

it('says what and why', () => {
  expect(reportsOf(rule, run(`for (const id of ids) ${remove('id')}`))).toEqual([
    '6:48-6:61 DeleteCommand: One Delete for each element of `ids`, with no condition: BatchWriteItem takes 25 of them for `Orders` with one request (no key twice in one batch; what comes back in UnprocessedItems is to be sent again).',
  ])
})

describe('reports', () => {
  it.each([
    ['puts', run(`for (const id of ids) ${put('id')}`), ['PutCommand']],
    [
      'a loop that undoes what failed',
      `import { work } from './work'\n${run(`try { await work(ids) } catch (error) { for (const id of ids) ${remove('id')}; throw error }`)}`,
      ['DeleteCommand'],
    ],
    [
      'puts of SDK v2',
      `import DynamoDB from 'aws-sdk/clients/dynamodb'\nconst documents = new DynamoDB.DocumentClient()\nexport async function run(ids: string[]) {\n  for (const id of ids) {\n    await documents.put({ TableName: 'Orders', Item: { id } }).promise()\n  }\n}\n`,
      ['put'],
    ],
    [
      'a map',
      run(
        `await Promise.all(ids.map((id) => documents.send(new PutCommand({ TableName: T, Item: { id } }))))`,
      ),
      ['PutCommand'],
    ],
    [
      'what a page holds',
      run(
        `const { Items = [] } = await documents.send(new QueryCommand({ TableName: T, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 1 } }))\nfor (const item of Items) ${remove('id: item.id')}`,
      ),
      ['DeleteCommand'],
    ],
    [
      'pages',
      run(
        `let last: any\ndo { const page = await documents.send(new QueryCommand({ TableName: T, ExclusiveStartKey: last, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 1 } }))\nfor (const item of page.Items ?? []) ${remove('id: item.id')}\nlast = page.LastEvaluatedKey } while (last)`,
        '',
      ),
      ['DeleteCommand'],
    ],
    [
      'a failure that is logged',
      run(
        `for (const id of ids) { try { ${remove('id')} } catch (error) { console.error(error) } }`,
      ),
      ['DeleteCommand'],
    ],
    [
      'a failure that is thrown again',
      run(
        `for (const id of ids) { try { ${remove('id')} } catch (error) { console.error(error); throw new Error(id) } }`,
      ),
      ['DeleteCommand'],
    ],
    [
      'a put and a delete',
      run(`for (const id of ids) { ${put('id')}; ${remove('old: id')} }`),
      ['PutCommand', 'DeleteCommand'],
    ],
    [
      'a wrapper that is given no condition',
      run(
        'for (const id of ids) await save({ id })',
        undefined,
        `async function save(Item: object, condition?: string) {\nawait documents.send(new PutCommand({ TableName: T, Item: Item as never, ...(condition ? { ConditionExpression: condition } : {}) }))\n}\n`,
      ),
      ['save'],
    ],
    [
      'many that are written out',
      run(
        `for (const id of [${Array.from({ length: 12 }, (_, i) => String(i)).join(', ')}]) ${put('id')}`,
        '',
      ),
      ['PutCommand'],
    ],
  ])('%s', (_, code, expected) => {
    expect(said(code)).toEqual(expected)
  })
})

describe('says nothing of', () => {
  it.each([
    [
      'conditions',
      run(`for (const id of ids) ${put('id', "ConditionExpression: 'attribute_not_exists(id)'")}`),
    ],
    ['old values', run(`for (const id of ids) ${put('id', "ReturnValues: 'ALL_OLD'")}`)],
    ['updates', run(`for (const id of ids) ${update('id')}`)],
    [
      'transactions',
      run(
        `for (const id of ids) await documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName: T, Item: { id } } }] }))`,
      ),
    ],
    [
      'a put beside an update',
      run(`for (const id of ids) { ${put('id')}; ${update('other: id')} }`),
    ],
    [
      'a put beside a message',
      `import { tell } from './mail'\n${run(`for (const id of ids) { ${put('id')}; await tell(id) }`)}`,
    ],
    [
      'failures that are dealt with',
      run(
        `const failed: string[] = []\nfor (const id of ids) { try { ${put('id')} } catch { again(id) } }`,
        undefined,
        'declare function again(id: string): void\n',
      ),
    ],
    [
      'failures that are caught',
      run(
        `await Promise.all(ids.map((id) => documents.send(new PutCommand({ TableName: T, Item: { id } })).catch(() => id)))`,
      ),
    ],
    [
      'what something else failed for',
      `import { tell } from './socket'\n${run(`await Promise.all(ids.map(async (id) => { try { await tell(id) } catch { ${remove('id')} } }))`)}`,
    ],
    [
      'what something else failed for, in a function of its own',
      `import { tell } from './socket'\n${run(
        'for (const id of ids) await tellOrForget(id)',
        undefined,
        `async function tellOrForget(id: string) {\ntry { await tell(id) } catch (error) { console.log(error); if ((error as { statusCode?: number }).statusCode === 410) { ${remove('id')} } }\n}\n`,
      )}`,
    ],
    [
      'what something else failed for, in a callback',
      `import { tell } from './socket'\n${run(`await Promise.all(ids.map((id) => tell(id).catch(() => documents.send(new DeleteCommand({ TableName: T, Key: { id } })))))`)}`,
    ],
    ['a few', run(`for (const id of ['a', 'b']) ${put('id')}`, '')],
    ['the same again', run(`for (const id of ids) { console.log(id); ${put("id: 'last'")} }`)],
    [
      'a wrapper that is given a condition',
      run(
        "for (const id of ids) await save({ id }, 'attribute_not_exists(id)')",
        undefined,
        `async function save(Item: object, condition?: string) {\nawait documents.send(new PutCommand({ TableName: T, Item: Item as never, ...(condition ? { ConditionExpression: condition } : {}) }))\n}\n`,
      ),
    ],
    [
      'records of a stream',
      `${head}export const handler = async (event: { Records: { id: string }[] }) => {\nfor (const record of event.Records) ${put('id: record.id')}\n}\n`,
    ],
    [
      'the progress of a loop',
      run(
        `for (let i = 0; i < ids.length; i++) { console.log(ids[i]); if (i % 10 === 0) ${put("id: 'job', done: i")} }`,
      ),
    ],
    [
      'what a file does when it is loaded',
      `${head}for (const id of JSON.parse(process.argv[2] ?? '[]')) ${put('id')}\n`,
    ],
  ])('%s', (_, code) => {
    expect(said(code)).toEqual([])
  })

  it.each([
    'src/orders.test.ts',
    'scripts/orders.ts',
    'migrations-data/orders.js',
    'src/testing/orders.ts',
  ])('%s', (filename) => {
    expect(said(run(`for (const id of ids) ${put('id')}`), filename)).toEqual([])
  })
})

describe('offers', () => {
  const act = (commands: string, body: string, parameters = 'ids: string[]'): string =>
    `import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ${commands} } from '@aws-sdk/lib-dynamodb'
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const T = 'Orders'
console.log(randomUUID(), T)
export async function act(${parameters}) {
${body.replace(/^(?=.)/gm, '  ')}
}
`
  const page =
    "const { Items = [] } = await documents.send(new QueryCommand({ TableName: T, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': ids[0] } }))\n"
  const oneKey = 'await documents.send(new DeleteCommand({ TableName: T, Key: { id: ids[0] } }))\n'
  const codes = {
    'deletes by id': act('DeleteCommand', `for (const id of ids) {\n  ${remove('id')}\n}`),
    'deletes of what was listed': act(
      'DeleteCommand, QueryCommand',
      `${page}for (const item of Items) {\n  await documents.send(\n    new DeleteCommand({\n      TableName: T,\n      Key: {\n        pk: item.pk,\n        sk: item.sk,\n      },\n    }),\n  )\n  console.log('Deleted', item.sk)\n}`,
    ),
    'puts with random ids': act(
      'PutCommand',
      `let count = 0;\nfor (const name of ids) {\n  const id = randomUUID();\n  if (name === '') continue;\n  const params = { TableName: process.env.TABLE, Item: { id, name } };\n  await documents.send(new PutCommand(params));\n  count += 1;\n}\nawait documents.send(new DeleteCommand({ TableName: process.env.TABLE, Key: { id: 'x' } }));\nreturn count;`,
    ).replace('PutCommand }', 'DeleteCommand, PutCommand }'),
    'a command with a name': act(
      'DeleteCommand',
      `for (const id of ids) {\n  const command = new DeleteCommand({ TableName: T, Key: { id } })\n\n  await documents.send(command)\n}`,
    ),
    'copies of elements': act(
      'DeleteCommand, PutCommand',
      `${oneKey}for (const order of orders) {\n  await documents.send(new PutCommand({ TableName: T, Item: { ...order, seen: true } }))\n}`,
      'ids: string[], orders: { id: string }[]',
    ),
    'elements as they are, all at once': act(
      'DeleteCommand, PutCommand',
      `${oneKey}await Promise.all(orders.map((order) => documents.send(new PutCommand({ TableName: T, Item: order }))))`,
      'ids: string[], orders: { id: string }[]',
    ),
    'a map with a block': act(
      'PutCommand',
      `await Promise.all(\n  ids.map(async (name) => {\n    const Item = { id: randomUUID(), name }\n    const now = new Date().toISOString()\n    await documents.send(new PutCommand({ TableName: T, Item: { ...Item, id: randomUUID(), now } }))\n  }),\n)\n${oneKey}`,
    ).replace('PutCommand }', 'DeleteCommand, PutCommand }'),
    'a map with two parts of a key': act(
      'DeleteCommand',
      'await Promise.all(lines.map(({ order, line }) => documents.send(new DeleteCommand({ TableName: T, Key: { PK: `ORDER#${order}`, SK: `LINE#${line}` } }))))',
      'lines: { order: string; line: number }[]',
    ),
    'low-level values': `import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'\nconst client = new DynamoDBClient({})\n\nexport async function act(ids: string[]) {\n    for (const id of ids) {\n        await client.send(new DeleteItemCommand({ TableName: 'Orders-v2', Key: { id: { S: id } } }))\n    }\n}\n`,
    'methods of v2': `const AWS = require('aws-sdk');\nconst documents = new AWS.DynamoDB.DocumentClient();\n\nexports.act = async (ids) => {\n  await Promise.all(ids.map((id) => documents.delete({ TableName: 'Orders', Key: { id } }).promise()));\n};\n`,
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
      'items whose key is not known',
      act('PutCommand', `for (const id of ids) {\n  ${put('id')}\n}`),
    ],
    [
      'a round that waits for something else',
      act(
        'DeleteCommand',
        `for (const id of ids) {\n  console.log(await fetch(id))\n  ${remove('id')}\n}`,
      ),
    ],
    [
      'a round that may end the function',
      act(
        'DeleteCommand',
        `for (const id of ids) {\n  if (!id) throw new Error()\n  ${remove('id')}\n}`,
      ),
    ],
    [
      'answers that somebody takes',
      act(
        'DeleteCommand',
        `return Promise.all(ids.map((id) => documents.send(new DeleteCommand({ TableName: T, Key: { id } }))))`,
      ),
    ],
    [
      'a table that differs',
      act(
        'DeleteCommand',
        `for (const id of ids) {\n  ${remove('id').replace('TableName: T', 'TableName: id')}\n}`,
      ),
    ],
    [
      'a key that is made by a call',
      act('DeleteCommand', `for (const id of ids) {\n  ${remove('id: next(id)')}\n}`) +
        'declare function next(id: string): string\n',
    ],
    ['a loop without a block', act('DeleteCommand', `for (const id of ids) ${remove('id')}`)],
  ])('nothing for %s', (_, code) => {
    expect(mended(rule, code)).toEqual([])
  })
})
