import { describe, expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'

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
