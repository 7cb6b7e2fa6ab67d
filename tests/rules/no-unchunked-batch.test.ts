import { describe, expect, it } from 'vitest'
import { mended } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'no-unchunked-batch'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { BatchExecuteStatementCommand, BatchGetCommand, BatchWriteCommand, DynamoDBDocumentClient, QueryCommand, ScanCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const T = 'Orders'
`

/** An exported function whose first line is line 6. */
const run = (body: string, parameters = 'ids: string[]', rest = ''): string =>
  `${head}export async function run(${parameters}) {\n${body}\n}\n${rest}`

const write = (list: string): string =>
  `await documents.send(new BatchWriteCommand({ RequestItems: { [T]: ${list} } }))`

const read = (list: string): string =>
  `const { Responses } = await documents.send(new BatchGetCommand({ RequestItems: { [T]: { Keys: ${list} } } }))`

const transact = (list: string): string =>
  `await documents.send(new TransactWriteCommand({ TransactItems: ${list} }))`

const remove = (ids: string): string => `${ids}.map((id) => ({ DeleteRequest: { Key: { id } } }))`

const page = (members = ''): string =>
  `const { Items = [] } = await documents.send(new QueryCommand({ TableName: T, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 1 }, ${members} }))`

const scan = (list: string): string =>
  `await documents.send(new ScanCommand({ TableName: T, FilterExpression: \`id IN (\${${list}})\`, ExpressionAttributeValues: values }))`

const said = (code: string, filename = 'src/orders.ts'): string[] =>
  reportsOf(rule, code, { filename }).map((report) => report.replace(/^\S+ /, ''))

describe('says which list, and how much is taken', () => {
  it.each([
    [
      'a batch of writes',
      run(write(remove('ids'))),
      '6:67-6:120 ids.map((id) => ({ DeleteRequest: { Key: { id } } })): `ids.map((id) => ({ DeleteRequest: { Key: { id } } }))` may hold any number of puts and deletes: BatchWriteItem takes 25 at most, and DynamoDB refuses the whole request with one more.',
    ],
    [
      'a batch of reads',
      run(read('ids.map((id) => ({ id }))')),
      '6:95-6:120 ids.map((id) => ({ id })): `ids.map((id) => ({ id }))` may hold any number of keys: BatchGetItem takes 100 at most, and DynamoDB refuses the whole request with one more.',
    ],
    [
      'values of an IN',
      run(
        `const values: Record<string, string> = {}\nfor (const [i, id] of ids.entries()) values[\`:id\${i}\`] = id\n${scan('Object.keys(values).join()')}`,
      ),
      '8:82-8:108 Object.keys(values).join(): `Object.keys(values).join()` may hold any number of values: IN takes 100 at most, and DynamoDB refuses the whole request with one more.',
    ],
  ])('%s', (_, code, expected) => {
    expect(reportsOf(rule, code)).toEqual([expected])
  })
})

/** How many reports there are, and whether each speaks of what takes the list. */
const takers = (code: string): string[] =>
  said(code).map((text) => / (\w+) takes \d+ at most/.exec(text)?.[1] ?? text)

describe('reports', () => {
  it.each([
    [
      'the items of a page',
      run(`${page()}\n${write('Items.map(({ id }) => ({ DeleteRequest: { Key: { id } } }))')}`),
      ['BatchWriteItem'],
    ],
    [
      'a transaction of a page',
      run(
        `${page()}\n${transact('Items.map(({ id }) => ({ Delete: { TableName: T, Key: { id } } }))')}`,
      ),
      ['TransactWriteItems'],
    ],
    [
      'two pages together',
      run(
        `${page()}\nconst more = await documents.send(new QueryCommand({ TableName: T, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 2 } }))\nconst all = [...Items, ...(more.Items ?? [])]\n${transact('all.map(({ id }) => ({ Delete: { TableName: T, Key: { id } } }))')}`,
      ),
      ['TransactWriteItems'],
    ],
    [
      'a list attribute',
      run(
        `${page()}\nfor (const item of Items) {\n${write('item.tags.map((id: string) => ({ DeleteRequest: { Key: { id } } }))')}\n}`,
      ),
      ['BatchWriteItem'],
    ],
    [
      'a list that a loop adds to',
      run(
        `const requests = []\nfor (const id of ids) requests.push({ DeleteRequest: { Key: { id } } })\n${write('requests')}`,
      ),
      ['BatchWriteItem'],
    ],
    [
      'a list that a callback adds to',
      run(
        `const requests: object[] = []\nids.forEach((id) => { requests.push({ DeleteRequest: { Key: { id } } }) })\n${write('requests as never')}`,
      ),
      ['BatchWriteItem'],
    ],
    [
      'a list without doubles',
      run(write(`[...new Set(ids)].map((id) => ({ DeleteRequest: { Key: { id } } }))`)),
      ['BatchWriteItem'],
    ],
    [
      'a list with one more',
      run(write(`[{ PutRequest: { Item: { id: 1 } } }, ...${remove('ids')}]`)),
      ['BatchWriteItem'],
    ],
    [
      'a list that is filtered',
      run(read('ids.filter(Boolean).map((id) => ({ id }))')),
      ['BatchGetItem'],
    ],
    [
      'statements',
      run(
        "await documents.send(new BatchExecuteStatementCommand({ Statements: ids.map((id) => ({ Statement: 'DELETE FROM T WHERE id = ?', Parameters: [id] })) }))",
      ),
      ['BatchExecuteStatement'],
    ],
    [
      'placeholders of an IN',
      run(
        'const values = Object.fromEntries(ids.map((id, i) => [`:id${i}`, id]))\n' +
          scan('ids.map((_, i) => `:id${i}`).join()'),
      ),
      ['IN'],
    ],
    [
      'an IN that is added to a text',
      run(
        "const values: Record<string, string> = { ':other': 'x' }\nfor (let i = 0; i < ids.length; ++i) values[':id' + i] = ids[i] ?? ''\nconst request = { TableName: T, FilterExpression: 'id IN ', ExpressionAttributeValues: values }\nrequest.FilterExpression += '(' + Object.keys(values).filter((key) => key !== ':other').join(',') + ')'\nawait documents.send(new ScanCommand(request))",
      ),
      ['IN'],
    ],
    [
      'an IN of a request that another function pages through',
      run(
        `const request: any = { TableName: T, FilterExpression: 'id IN ', ExpressionAttributeValues: { ':other': 1 } }
for (let i = 0; i < ids.length; ++i) request.ExpressionAttributeValues[':id' + i] = ids[i]
request.FilterExpression += '(' + Object.keys(request.ExpressionAttributeValues).join() + ')'
return await enough(request, 20)`,
        undefined,
        `async function enough(request: any, most: number) {
const found: object[] = []
while (found.length < most) {
const page = await documents.send(new QueryCommand(request))
found.push(...(page.Items ?? []))
if (!page.LastEvaluatedKey) break
request.ExclusiveStartKey = page.LastEvaluatedKey
}
return found
}
`,
      ),
      ['IN'],
    ],
    [
      'what a wrapper of the file is given',
      run(
        'await save(ids.map((id) => ({ PutRequest: { Item: { id } } })))',
        undefined,
        `async function save(requests: any[]) {\n${write('requests')}\n}\n`,
      ),
      ['BatchWriteItem'],
    ],
    [
      'a list of a request',
      `${head}export const handler = async (event: any) => {\nconst { ids } = JSON.parse(event.body)\n${transact('ids.map((id: string) => ({ Delete: { TableName: T, Key: { id } } }))')}\nreturn { statusCode: 200, body: '' }\n}\n`,
      ['TransactWriteItems'],
    ],
    [
      'ids of a query',
      `${head}export const handler = async (event: any) => {\nconst ids = event.queryStringParameters.ids.split(',')\n${write(remove('ids').replace('(id)', '(id: string)'))}\nreturn { statusCode: 200, body: '' }\n}\n`,
      ['BatchWriteItem'],
    ],
    [
      'members of what a method is given',
      `${head}export class Rooms {\nasync createGroup(room: { memberIds: string[] }) {\n${write(`[...room.memberIds].map((id) => ({ PutRequest: { Item: { id } } }))`)}\n}\n}\n`,
      ['BatchWriteItem'],
    ],
  ])('%s', (_, code, expected) => {
    expect(takers(code)).toEqual(expected)
  })
})

const pagesOf = (configuration: string): string =>
  `import { paginateQuery } from '@aws-sdk/lib-dynamodb'\n${run(
    `for await (const { Items } of paginateQuery(${configuration}, { TableName: T, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 1 } })) {\nif (Items) ${write('Items.map((Key) => ({ DeleteRequest: { Key } }))')}\n}`,
  )}`

const squad = (rest: string): string =>
  run(
    `const { Item } = await documents.send(new GetCommand({ TableName: T, Key: { id: ids[0] } }))\n${transact('Item.members.map((id: string) => ({ Delete: { TableName: T, Key: { id } } }))')}`,
    'ids: string[]',
    `import { GetCommand } from '@aws-sdk/lib-dynamodb'\n${rest}`,
  )

it.each([
  ['pages as long as they may be', pagesOf('{ client: documents }')],
  ['a list attribute', squad('')],
  [
    'a list attribute that may grow beyond a transaction',
    squad(
      'export const isFull = (it: any) => { if (it.members.length >= 500) throw new Error() }\n',
    ),
  ],
])('speaks of %s', (_, code) => {
  expect(said(code)).toHaveLength(1)
})

describe('says nothing of', () => {
  it.each([
    [
      'pages of a paginator that are as long as a batch',
      pagesOf('{ client: documents, pageSize: 25 }'),
    ],
    ['pages of a paginator that is set up elsewhere', pagesOf('(globalThis as any).paging')],
    [
      'a list attribute that is never made longer than a number',
      squad(
        'const MOST = 20\nexport function join(it: any) { if (it.members.length >= MOST) throw new Error() }\n',
      ),
    ],
    [
      'a page of a size that is set',
      run(
        `${page('Limit: 50')}\n${write('Items.map(({ id }) => ({ DeleteRequest: { Key: { id } } }))')}`,
      ),
    ],
    ['a list that is written out', run(read('[{ id: 1 }, { id: 2 }]'))],
    ['a list of two that is mapped', run(write(remove('[a, b]')), 'a: string, b: string')],
    ['a constant list', run(write(remove('IDS')), '', "const IDS = ['a', 'b']\n")],
    [
      'a loop over a constant list',
      run(
        "const requests = []\nfor (const id of ['a', 'b']) requests.push({ DeleteRequest: { Key: { id } } })\n" +
          write('requests'),
      ),
    ],
    [
      'pieces',
      run(
        `for (let i = 0; i < ids.length; i += 25) {\nconst some = ids.slice(i, i + 25)\n${write(remove('some'))}\n}`,
      ),
    ],
    [
      'pieces in place',
      run(`for (let i = 0; i < ids.length; i += 25) ${write(remove('ids.slice(i, i + 25)'))}`),
    ],
    [
      'pieces that are taken out',
      run(`while (ids.length > 0) {\n${write(remove('ids.splice(0, 25)'))}\n}`),
    ],
    [
      'pieces of a library',
      `import { chunk } from 'lodash'\n${run(`for (const some of chunk(ids, 25)) {\n${write(remove('some'))}\n}`)}`,
    ],
    [
      'pieces of a generator',
      run(
        `for (const some of piecesOf(ids)) {\n${write(remove('some'))}\n}`,
        undefined,
        'function* piecesOf(ids: string[]) { for (let i = 0; i < ids.length; i += 25) yield ids.slice(i, i + 25) }\n',
      ),
    ],
    [
      'pieces that a callback is given',
      run(
        `await Promise.all(piecesOf(ids).map((some) => documents.send(new BatchWriteCommand({ RequestItems: { [T]: ${remove('some')} } }))))`,
        undefined,
        'const piecesOf = (ids: string[]): string[][] => ids.length > 25 ? [ids.slice(0, 25), ...piecesOf(ids.slice(25))] : [ids]\n',
      ),
    ],
    ['the first of a list', run(write(remove('ids.slice(0, 25)')))],
    [
      'a list that is sent when it is full',
      run(
        `let requests: any[] = []\nfor (const id of ids) {\nrequests.push({ DeleteRequest: { Key: { id } } })\nif (requests.length === 25) {\n${write('requests')}\nrequests = []\n}\n}\n${write('requests')}`,
      ),
    ],
    [
      'a count',
      run(
        `let count = 0\nconst requests: any[] = []\nfor (const id of ids) {\nrequests.push({ DeleteRequest: { Key: { id } } })\ncount += 1\nif (count % 25 === 0) {\n${write('requests')}\n}\n}`,
      ),
    ],
    [
      'a length that is tested',
      run(`if (ids.length > 25) throw new Error('too many')\n${write(remove('ids'))}`),
    ],
    [
      'a length that a constant bounds',
      run(
        `if (ids.length > MOST) throw new Error('too many')\n${write(remove('ids'))}`,
        undefined,
        'const MOST = 25\n',
      ),
    ],
    [
      'a function that takes pieces',
      `${head}export async function writeBatch(ids: string[]) {\n${write(remove('ids'))}\n}\n`,
    ],
    ['a parameter that is a piece', run(write(remove('chunk')), 'chunk: string[]')],
    ['a wrapper that hands on', run(write('requests'), 'requests: any[]')],
    [
      'a wrapper of transactions',
      run(transact('steps.map(({ action }) => action)'), 'steps: any[]'),
    ],
    [
      'a function that this file gives pieces',
      run(
        'await removeSome(ids.slice(0, 25))',
        undefined,
        `async function removeSome(some: string[]) {\n${write(remove('some'))}\n}\n`,
      ),
    ],
    [
      'lists that are not known',
      `import { idsOf } from './ids'\n${run(write(remove('idsOf(ids)')))}`,
    ],
    ['an IN of a few', run("const values = { ':a': 1, ':b': 2 }\n" + scan("[':a', ':b'].join()"))],
    [
      'a loop that goes on while there are items',
      run(`while (ids.length) {\n${read('ids.splice(0, 100).map((id) => ({ id }))')}\n}`),
    ],
  ])('%s', (_, code) => {
    expect(said(code)).toEqual([])
  })

  it.each(['src/orders.test.ts', 'scripts/orders.ts'])('%s', (filename) => {
    expect(said(run(write(remove('ids'))), filename)).toEqual([])
  })

  it('helpers of tests', () => {
    expect(said(`import { beforeAll } from 'vitest'\n${run(write(remove('ids')))}`)).toEqual([])
  })
})

describe('offers', () => {
  it('a loop', () => {
    const code = run(`  ${write(remove('ids'))}`)
    expect(mended(rule, code)).toEqual([
      {
        title: 'Send `ids` 25 at a time (where a later call fails, the earlier ones are done).',
        code: run(
          `  for (let start = 0; start < ids.length; start += 25) {\n    ${write(remove('ids.slice(start, start + 25)'))}\n  }`,
        ),
      },
    ])
  })

  it('a loop around several lines', () => {
    const lines = (ids: string, indent: string): string =>
      [
        'await documents.send(',
        '  new BatchWriteCommand({',
        `    RequestItems: { [T]: ${remove(ids)} },`,
        '  }),',
        ');',
      ]
        .map((line) => `${indent}${line}`)
        .join('\n')
    const [suggestion] = mended(rule, run(lines('ids', '  ')))
    expect(suggestion?.code).toBe(
      run(
        `  for (let start = 0; start < ids.length; start += 25) {\n${lines('ids.slice(start, start + 25)', '    ')}\n  }`,
      ),
    )
  })

  it('what compiles', () => {
    const requests =
      'const requests = []\n  for (const id of ids) requests.push({ DeleteRequest: { Key: { id } } })\n  '
    const codes = [
      run(`  ${write(remove('ids'))}`),
      run(`  ${requests}${write('requests')}`, 'ids: readonly string[]'),
    ]
    const outputs = codes.map(
      (code, index) => [String(index), mended(rule, code)[0]?.code ?? ''] as const,
    )
    expect(typeErrorsIn(outputs).filter((error) => !error.includes('declared but'))).toEqual([])
  })

  it.each([
    [
      'a batch whose answer is read',
      run(`const answer = ${write(remove('ids'))}\nconsole.log(answer)`),
    ],
    ['reads', run(`${read('ids.map((id) => ({ id }))')}\nreturn Responses`)],
    [
      'a transaction',
      run(
        `${page()}\n${transact('Items.map(({ id }) => ({ Delete: { TableName: T, Key: { id } } }))')}`,
      ),
    ],
    ['a list without a name', run(write(remove('[...new Set(ids)]')))],
    [
      'a command that is made before',
      run(
        `const command = new BatchWriteCommand({ RequestItems: { [T]: ${remove('ids')} } })\nawait documents.send(command)`,
      ),
    ],
    ['a call in a branch without brackets', run(`if (ids.length) ${write(remove('ids'))}`)],
  ])('nothing for %s', (_, code) => {
    expect(mended(rule, code)).toEqual([])
  })
})
