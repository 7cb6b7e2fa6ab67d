/** `root`, `ignore` and `entryPoints` of `settings.dynamodb`. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings } from '../../src/settings/settings.ts'
import { folderWith } from '../support/folder.ts'
import { lintFolder } from '../support/real-files.ts'

describe('what they may be', () => {
  it('reads all of them', () => {
    const root = import.meta.dirname
    const { settings, problems } = readSettings({
      root,
      ignore: ['legacy/', '*.generated.ts'],
      entryPoints: { 'src/rpc/*.ts': 'request', 'src/jobs.ts#nightly': 'job' },
      wrappers: {
        '@acme/db#scan': { operation: 'Scan' },
        'db#Store.get': { operation: 'GetItem', request: { TableName: 'Orders', Key: '$1.key' } },
      },
      fingerprint: 'abc',
    })
    expect(problems).toEqual([])
    expect(settings.project).toEqual({
      root,
      ignore: ['legacy/', '*.generated.ts'],
      entryPoints: [
        { files: 'src/rpc/*.ts', export: undefined, kind: 'request' },
        { files: 'src/jobs.ts', export: 'nightly', kind: 'job' },
      ],
      wrappers: new Map<string, unknown>([
        ['@acme/db#scan', { operation: 'Scan', request: { argument: 0, path: [] } }],
        [
          'db#Store.get',
          {
            operation: 'GetItem',
            request: new Map<string, unknown>([
              ['TableName', { literal: 'Orders' }],
              ['Key', { argument: 1, path: ['key'] }],
            ]),
          },
        ],
      ]),
    })
  })

  it.each([
    [
      { root: 'src' },
      "root must be the absolute path of a directory, such as import.meta.dirname; it is 'src'.",
    ],
    [
      { root: import.meta.filename },
      `root must be the absolute path of a directory, such as import.meta.dirname; there is no directory ${import.meta.filename}.`,
    ],
    [
      { ignore: 'legacy' },
      "ignore must be a list of patterns as in .gitignore, such as ['legacy/', '*.generated.ts']; it is 'legacy'.",
    ],
    [
      { ignore: [''] },
      "ignore must be a list of patterns as in .gitignore, such as ['legacy/', '*.generated.ts']; it is a list.",
    ],
    [
      { entryPoints: ['src'] },
      'entryPoints must be an object with a name for each entry; it is a list.',
    ],
    [
      { wrappers: { getItem: { operation: 'GetItem' } } },
      "wrappers.getItem must be named by a package and what it exports, such as '@acme/db#getItem' or '@acme/db#Store.scan'.",
    ],
    [
      { wrappers: { 'db#get': { operation: 'Get' } } },
      'wrappers["db#get"].operation must be one of GetItem, PutItem, UpdateItem, DeleteItem, Query, Scan, BatchGetItem, BatchWriteItem, TransactGetItems, TransactWriteItems, ExecuteStatement, BatchExecuteStatement, ExecuteTransaction, CreateTable, UpdateTable, UpdateTimeToLive; it is \'Get\'.',
    ],
    [
      { wrappers: { 'db#get': { operation: 'GetItem', request: 'Orders' } } },
      "wrappers[\"db#get\"].request must be an argument such as '$0', or the members of the request, such as { TableName: 'Orders', Key: '$0' }; it is 'Orders'.",
    ],
    [
      { wrappers: { 'db#get': { operation: 'GetItem', request: { Key: ['$0'] } } } },
      "wrappers[\"db#get\"].request.Key must be an argument such as '$0' or '$1.filter', or a text, number or boolean; it is a list.",
    ],
    [
      { wrappers: { 'db#get': { operation: 'GetItem', table: 'Orders' } } },
      'wrappers["db#get"].table is not a setting. Use one of operation, request.',
    ],
    [
      { entryPoints: { 'src/a.ts': 'http' } },
      "entryPoints[\"src/a.ts\"] must be 'request' or 'job'; it is 'http'.",
    ],
    [
      { entryPoints: { '#run': 'job' } },
      "entryPoints[\"#run\"] must be named by a pattern of files, or by one and an export, such as 'src/rpc/*.ts' or 'src/jobs.ts#nightly'.",
    ],
    [
      { entryPoints: { 'src/a.ts#': 'job' } },
      "entryPoints[\"src/a.ts#\"] must be named by a pattern of files, or by one and an export, such as 'src/rpc/*.ts' or 'src/jobs.ts#nightly'.",
    ],
    [
      { fingerprint: 1 },
      'fingerprint is written by dynamodb.project() and by nobody else. Remove it.',
    ],
  ])('explains what is wrong with %j', (value, problem) => {
    expect(readSettings(value).problems).toEqual([`settings.dynamodb.${problem}`])
  })
})

const repository = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export const listOrders = () => documents.send(new ScanCommand({ TableName: 'Orders' }))
`
const called = `import { listOrders } from '../orders'

export const serve = () => listOrders()
export const rebuild = () => listOrders()
`
const handler = `import type { APIGatewayProxyHandler } from 'aws-lambda'
import { listOrders } from '../orders'

export const handler: APIGatewayProxyHandler = async () => listOrders()
`

/** The messages of `no-scan-in-handler`. */
function scans(files: Readonly<Record<string, string>>, settings: object): string[] {
  const folder = folderWith({ 'package.json': '{}', ...files })
  const rules = { 'no-scan-in-handler': [] }
  return lintFolder({ folder, rules, settings }).map(({ file, message }) => `${file}: ${message}`)
}

describe('entryPoints', () => {
  const files = { 'src/orders.ts': repository, 'src/custom/orders.ts': called }

  it('are found in the code where nothing is told', () => {
    expect(scans(files, {})).toEqual([])
  })

  it.each(['src/custom/*.ts', '/src/custom/', 'src/**/*.ts#serve'])(
    '%s takes in requests',
    (pattern) => {
      expect(scans(files, { entryPoints: { [pattern]: 'request' } })).toEqual([
        'src/orders.ts: Scan of `Orders` runs on each call of serve (listOrders ← serve (src/custom/orders.ts:3)): it reads the whole table.',
      ])
    },
  )

  it('names the export that is meant', () => {
    expect(scans(files, { entryPoints: { 'src/custom/orders.ts#rebuild': 'request' } })).toEqual([
      'src/orders.ts: Scan of `Orders` runs on each call of rebuild (listOrders ← rebuild (src/custom/orders.ts:4)): it reads the whole table.',
    ])
    expect(scans(files, { entryPoints: { 'src/custom/orders.ts#other': 'request' } })).toEqual([])
    expect(scans(files, { entryPoints: { 'src/custom/orders.ts': 'job' } })).toEqual([])
  })

  it('that are told count for more than those that are found', () => {
    const found = { 'src/orders.ts': repository, 'src/handlers/list.ts': handler }
    expect(scans(found, {})).toHaveLength(1)
    expect(scans(found, { entryPoints: { 'src/handlers/': 'job' } })).toEqual([])
  })
})

describe('ignore', () => {
  const files = {
    'src/orders.ts': repository,
    'src/handlers/list.ts': handler,
  }

  it.each(['src/handlers/', 'list.ts', 'src/**/list.*'])('%s: nobody there calls', (pattern) => {
    expect(scans(files, { ignore: [pattern] })).toEqual([])
  })

  it('leaves a file that it names to itself', () => {
    const own = handler.replace("import { listOrders } from '../orders'", repository)
    expect(scans({ 'src/handlers/list.ts': own }, { ignore: ['src/'] })).toEqual([
      'src/handlers/list.ts: Scan of `Orders` runs on each call of the Lambda handler (listOrders ← handler): it reads the whole table.',
    ])
  })

  it('ends what imports lead to', () => {
    const store = {
      'src/lib/store.ts': repository
        .replace('= ()', '= (TableName: string)')
        .replace("TableName: 'Orders'", 'TableName'),
      'src/handlers/list.ts': handler
        .replace('../orders', '../lib/store')
        .replace('listOrders()', "listOrders('Orders')"),
    }
    expect(scans(store, {})).toHaveLength(1)
    expect(scans(store, { ignore: ['src/lib/'] })).toEqual([])
  })
})

describe('root', () => {
  const packages = {
    'package.json': '{ "workspaces": ["packages/*"] }',
    'packages/data/orders.ts': repository,
    'packages/api/handlers/list.ts': handler.replace('../orders', '../../data/orders'),
  }

  it('is where callers are looked for', () => {
    expect(scans(packages, {})).toHaveLength(1)
    const folder = folderWith(packages)
    const reports = (root: string): number =>
      lintFolder({ folder, rules: { 'no-scan-in-handler': [] }, settings: { root } }).length
    expect(reports(join(folder, 'packages/data'))).toBe(0)
    expect(reports(folder)).toBe(1)
    // Of a file that is not in it, the root is found.
    expect(reports(join(folder, 'packages/api'))).toBe(1)
  })
})

describe('wrappers', () => {
  const wrappers = {
    '@acme/db#scan': { operation: 'Scan' },
    '@acme/db#Store.all': {
      operation: 'Scan',
      request: { TableName: 'Parcels', FilterExpression: '$0.filter' },
    },
    '@acme/db#get': { operation: 'GetItem', request: { TableName: 'Parcels', Key: '$0' } },
    '@acme/db#put': { operation: 'PutItem', request: { TableName: 'Parcels', Item: '$0' } },
  }
  const lint = (text: string, settings: unknown = { wrappers }): string[] => {
    const rules = { 'no-scan-in-handler': [], 'require-uniqueness-condition': [] }
    const folder = folderWith({ '.git/HEAD': '', 'list.ts': text })
    return lintFolder({ folder, rules, settings }).map(
      ({ line, message }) => `${String(line)} ${message}`,
    )
  }
  const scans = `import { Store, scan } from '@acme/db'
const store = new Store()
export const handler = async (event: APIGatewayProxyEvent) => {
  const first = await scan({ TableName: 'Orders' })
  const second = await store.all({ filter: 'weight > :w' })
  return { statusCode: 200, body: JSON.stringify([first, second]) }
}`

  it('speak to DynamoDB, in files that do not', () => {
    expect(lint(scans)).toEqual([
      '4 Scan of `Orders` runs on each call of the Lambda handler (handler): it reads the whole table.',
      '5 Scan of `Parcels` runs on each call of the Lambda handler (handler): it reads the whole table and drops what `weight > :w` does not match.',
    ])
    expect(lint(scans, {})).toEqual([])
  })

  it('are compared with each other', () => {
    const text = `import { get, put } from '@acme/db'
export async function register(id: string, weight: number) {
  const { Item } = await get({ id })
  if (Item) throw new Error('taken')
  await put({ id, weight })
}`
    expect(lint(text)).toEqual([
      '5 This Put rests on the read in line 3 having found no such item in `Parcels`, but has no condition (register): two requests at once both find none, and the second overwrites the first.',
    ])
  })
})
