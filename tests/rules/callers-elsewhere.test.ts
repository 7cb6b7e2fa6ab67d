/** Operations that stand whole in one file, and are reached from another. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import plugin from '../../src/index.ts'
import * as ownParser from '../../src/parser/index.ts'
import { folderWith, write } from '../support/folder.ts'

const REPOSITORY = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export async function listParcels() {
  const { Items } = await client.send(
    new ScanCommand({ TableName: 'Parcels', FilterExpression: 'depot = :d', ExpressionAttributeValues: { ':d': 1 } }),
  )
  return Items
}
`
const SERVICE = `
import { listParcels } from './repository'
export class Parcels {
  all() { return listParcels() }
}
`
const HANDLER = `
import { Parcels } from '../service'
const parcels = new Parcels()
export const handler = async (event: APIGatewayProxyEvent) => ({
  statusCode: 200,
  body: JSON.stringify(await parcels.all()),
})
`
const JOB = `
import { listParcels } from './repository'
export const handler = async (event: ScheduledEvent) => { await listParcels() }
`

/** The messages about one file of a folder, with another text than the disk's where one is given. */
function lint(folder: string, file: string, text?: string): string[] {
  const path = join(folder, file)
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: ownParser },
    plugins: { dynamodb: plugin },
    rules: { 'dynamodb/no-scan-in-handler': 'error' },
  }
  const linter = new Linter({ cwd: folder, configType: 'flat' })
  return linter
    .verify(text ?? readFileSync(path, 'utf8'), [config], path)
    .map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`)
}

const REPORT =
  '9:9 Scan of `Parcels` runs on each call of the Lambda handler (listParcels ← Parcels.all (service.ts:4) ← handler (api/list.ts:4)): it reads the whole table and drops what `depot = :d` does not match.'

describe('a Scan in a file of its own', () => {
  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['is silent where nobody calls it', {}, []],
    ['is silent where only a job calls it', { 'job.ts': JOB }, []],
    [
      'is silent where only a test calls it',
      { 'service.ts': SERVICE, 'tests/list.ts': HANDLER },
      [],
    ],
    [
      'is reported where a request does, through the files between',
      { 'service.ts': SERVICE, 'job.ts': JOB, 'api/list.ts': HANDLER },
      [REPORT],
    ],
    [
      'is reported through a file that only exports on',
      {
        'service.ts': SERVICE.replace('./repository', './data'),
        'data/index.ts': "export * from '../repository'",
        'api/list.ts': HANDLER,
      },
      [REPORT],
    ],
    [
      'is reported in CommonJS',
      {
        'service.ts': SERVICE,
        'api/list.ts': HANDLER.replace(
          "import { Parcels } from '../service'",
          "const { Parcels } = require('../service.js')",
        ),
      },
      [REPORT],
    ],
    [
      'is reported through the paths of the compiler settings',
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "#services/*": ["./*"] } } }',
        'service.ts': SERVICE,
        'api/list.ts': HANDLER.replace('../service', '#services/service'),
      },
      [REPORT],
    ],
    [
      'is reported through the paths of settings for JavaScript, with comments and commas too many',
      {
        'jsconfig.json':
          '{\n  // Short names.\n  "compilerOptions": { "paths": { "~/*": ["./*"], }, },\n}\n',
        'service.ts': SERVICE,
        'api/list.ts': HANDLER.replace('../service', '~/service'),
      },
      [REPORT],
    ],
    [
      'is reported through paths beside settings that are not installed, and from those that are extended',
      {
        'tsconfig.json': '{ "extends": ["@tsconfig/node20/tsconfig.json", "./base"] }',
        'base.json':
          '{ "compilerOptions": { "baseUrl": "lib", "paths": { "@lib/*": ["none/*", "../*"], "@lib/service/*": ["none/*"] } } }',
        'service.ts': SERVICE,
        'api/list.ts': HANDLER.replace('../service', '@lib/service'),
      },
      [REPORT],
    ],
    [
      'is reported through the base of the compiler settings',
      {
        'tsconfig.json': '{ "extends": "@tsconfig/node20", "compilerOptions": { "baseUrl": "." } }',
        'service.ts': SERVICE,
        'api/list.ts': HANDLER.replace('../service', 'service'),
      },
      [REPORT],
    ],
    [
      'is reported through the aliases of a package',
      {
        'package.json': '{ "_moduleAliases": { "@root": ".", "@wrong": 1 } }',
        'service.ts': SERVICE,
        'api/list.ts': HANDLER.replace('../service', '@root/service'),
      },
      [REPORT],
    ],
    [
      'is silent where settings are no settings, or extend themselves',
      {
        'tsconfig.json': '{ "extends": "./tsconfig.json" }',
        'jsconfig.json': '[process.exit(1)] +',
        'api/jsconfig.json': '"paths"',
        'service.ts': SERVICE,
        'api/list.ts': HANDLER.replace('../service', '~/service'),
      },
      [],
    ],
  ])('%s', (_, files, expected) => {
    const folder = folderWith({ 'package.json': '{}', 'repository.ts': REPOSITORY, ...files })
    expect(lint(folder, 'repository.ts')).toEqual(expected)
  })
})

describe('a change of another file is seen', () => {
  const withoutHandler = {
    'package.json': '{}',
    'repository.ts': REPOSITORY,
    'service.ts': SERVICE,
  }
  const files: Readonly<Record<string, string>> = { ...withoutHandler, 'api/list.ts': HANDLER }
  const DEEP_HANDLER = HANDLER.replace('../service', '../../service')
  // A file that nobody changed for a moment is compared with the disk.
  const aMoment = 150

  it.each<[string, (folder: string) => void]>([
    [
      'a handler that no longer calls',
      (f) => {
        write(f, 'api/list.ts', HANDLER.replace('parcels.all()', '1'))
      },
    ],
    [
      'a handler that is gone',
      (f) => {
        rmSync(join(f, 'api/list.ts'))
      },
    ],
    [
      'a link that is gone',
      (f) => {
        rmSync(join(f, 'service.ts'))
      },
    ],
    [
      'a handler that is being edited',
      (f) => {
        lint(f, 'api/list.ts', HANDLER.replace('parcels.all()', '1'))
      },
    ],
  ])('%s', async (_, change) => {
    const folder = folderWith(files)
    expect(lint(folder, 'repository.ts')).toEqual([REPORT])
    change(folder)
    await pause(aMoment)
    expect(lint(folder, 'repository.ts')).toEqual([])
  })

  it.each<[string, string]>([
    ['a new handler', 'api/list.ts'],
    ['a new link', 'service.ts'],
    ['a new directory', 'jobs/nightly/api.ts'],
  ])('%s', async (_, missing) => {
    const { [missing]: text = DEEP_HANDLER, ...others } = files
    const folder = folderWith(missing in files ? others : withoutHandler)
    expect(lint(folder, 'repository.ts')).toEqual([])
    write(folder, missing, text)
    await pause(aMoment)
    expect(lint(folder, 'repository.ts')).toHaveLength(1)
  })

  it('an edit of a handler that is taken back', async () => {
    const folder = folderWith(files)
    expect(lint(folder, 'repository.ts')).toEqual([REPORT])
    lint(folder, 'api/list.ts', HANDLER.replace('parcels.all()', '1'))
    lint(folder, 'api/list.ts')
    await pause(aMoment)
    expect(lint(folder, 'repository.ts')).toEqual([REPORT])
  })

  it('edits of two files at once', () => {
    const folder = folderWith(files)
    expect(lint(folder, 'repository.ts')).toEqual([REPORT])
    lint(folder, 'api/list.ts', HANDLER.replace('parcels.all()', '1'))
    expect(lint(folder, 'repository.ts', `\n${REPOSITORY}`)).toEqual([])
  })

  it('the file itself, as it is being edited', () => {
    const folder = folderWith(files)
    expect(lint(folder, 'repository.ts')).toEqual([REPORT])
    expect(
      lint(folder, 'repository.ts', REPOSITORY.replace('ScanCommand({', 'GetCommand({')),
    ).toEqual([])
    expect(lint(folder, 'repository.ts', `\n${REPOSITORY}`)).toEqual([
      REPORT.replace('9:9', '10:9'),
    ])
    expect(lint(folder, 'repository.ts')).toEqual([REPORT])
  })
})

it('a Scan is reported through a router that knows only the type of what it is given', () => {
  const folder = folderWith({
    'package.json': '{}',
    'store.ts': `import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
export const makeStore = (db: DynamoDBDocumentClient) => ({
  list() {
    return db.send(new ScanCommand({ TableName: 'Parcels' }))
  },
})
export type Store = ReturnType<typeof makeStore>
`,
    'router.ts': `import express from 'express'
import type { Store } from './store'
export function parcelsRouter({ store }: { store: Store }) {
  const router = express.Router()
  router.get('/parcels', async (req, res) => res.json(await store.list()))
  return router
}
`,
    'routes.ts': "export { parcelsRouter } from './router'\n",
    'app.ts': `import express from 'express'
import { parcelsRouter } from './routes'
import { makeStore } from './store'
export const createServices = (db) => ({ store: makeStore(db) })
export const createApp = (services) => {
  const app = express()
  app.use(parcelsRouter(services))
  return app
}
`,
    'index.ts': `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { createApp, createServices } from './app'
createApp(createServices(DynamoDBDocumentClient.from(new DynamoDBClient({})))).listen(80)
`,
  })
  expect(lint(folder, 'store.ts')).toEqual([
    '4:24 Scan of `Parcels` runs on each GET /parcels (list ← parcelsRouter (router.ts:5)): it reads the whole table.',
  ])
})

it('a Scan is reported whatever was linted before, however many ways lead through that', () => {
  const level = (at: number): string => {
    const ways = ['id', '[id]', '{ id }', '[[id]]', '[{ id }]', '{ id: [id] }']
    const calls = ways.map((given) => `f${String(at + 1)}(db, ${given})`)
    return `export const f${String(at)} = (db, id) => [${calls.join(', ')}]`
  }
  const files = {
    'package.json': '{}',
    'store.ts': `import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
export const makeStore = (db: DynamoDBDocumentClient) => ({
  list() {
    return db.send(new ScanCommand({ TableName: 'Parcels' }))
  },
})
`,
    'deep.ts': `import './store'
${[0, 1, 2, 3, 4, 5].map(level).join('\n')}
export const f6 = (db, id) => db.remember(id)
`,
    'router.ts': `import express from 'express'
import './store'
export function parcelsRouter(services) {
  const router = express.Router()
  router.get('/parcels', async (req, res) => res.json(await services.store.list()))
  return router
}
`,
    'app.ts': `import express from 'express'
import { f0 } from './deep'
import { parcelsRouter } from './router'
import { makeStore } from './store'
export const createServices = (db) => ({ first: f0(db, 'first'), store: makeStore(db) })
export const createApp = (db, services) => {
  f0(db, 'app')
  return express().use(parcelsRouter(services))
}
`,
    'index.ts': `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { createApp, createServices } from './app'
const db = DynamoDBDocumentClient.from(new DynamoDBClient({}))
createApp(db, createServices(db)).listen(80)
`,
  }
  const folder = folderWith(files)
  const alone = lint(folder, 'store.ts')
  expect(alone).toEqual([
    '4:24 Scan of `Parcels` runs on each GET /parcels (list ← parcelsRouter (router.ts:5)): it reads the whole table.',
  ])
  const again = folderWith(files)
  for (const file of ['index.ts', 'app.ts', 'router.ts', 'deep.ts']) lint(again, file)
  expect(lint(again, 'store.ts')).toEqual(alone)
})
