/** `root`, `ignore` and `entryPoints` of `settings.dynamodb`. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings } from '../../src/plugin/settings.ts'
import { folderWith } from '../support/folder.ts'
import { lintFolder } from '../support/real-files.ts'

describe('what they may be', () => {
  it('reads all of them', () => {
    const root = import.meta.dirname
    const { settings, problems } = readSettings({
      root,
      ignore: ['legacy/', '*.generated.ts'],
      entryPoints: { 'src/rpc/*.ts': 'request', 'src/jobs.ts#nightly': 'job' },
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
      'src/handlers/list.ts: Scan of `Orders` runs on each Lambda handler (listOrders ← handler): it reads the whole table.',
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
