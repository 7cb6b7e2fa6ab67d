/** What infrastructure files say of a handler, beside what its code shows. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Linter } from 'eslint'
import { expect, it } from 'vitest'
import plugin from '../../src/index.ts'
import * as ownParser from '../../src/parser/index.ts'
import { folderWith, write } from '../support/folder.ts'

const REPOSITORY = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
export const listParcels = async () => client.send(new ScanCommand({ TableName: 'Parcels' }))
`
/** Nothing in it says that it is a handler. */
const WRAPPED = `
import { wrap } from '@company/wrap'
import { listParcels } from '../repository'
export const list = wrap(async (input) => (await listParcels()).Items)
`
/** Looks like what answers a request. */
const ANSWERS = `
import { listParcels } from '../repository'
export const list = async () => ({ statusCode: 200, body: JSON.stringify(await listParcels()) })
`
const deploys = (...events: readonly string[]): string =>
  `functions:\n  list:\n    handler: src/api/list.list\n    events: [${events.join(', ')}]\n`

function lint(folder: string, file = 'src/repository.ts'): readonly string[] {
  const path = join(folder, file)
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: ownParser },
    plugins: { dynamodb: plugin },
    rules: { 'dynamodb/no-scan-in-handler': 'error' },
  }
  return new Linter({ cwd: folder, configType: 'flat' })
    .verify(readFileSync(path, 'utf8'), [config], path)
    .map(({ message }) => message.replace(/:.*/, ''))
}

const app = (files: Readonly<Record<string, string>>): string =>
  folderWith({ 'package.json': '{}', 'src/repository.ts': REPOSITORY, ...files })

const REPORT = 'Scan of `Parcels` runs on each GET /parcels (listParcels ← list (src/api/list.ts'

it.each<[string, string, readonly string[]]>([
  ['what a request sets off', deploys('{ http: GET parcels }'), [REPORT]],
  ['a request beside a job', deploys('{ sqs: x }', '{ http: GET parcels }'), [REPORT]],
  [
    'what browsers ask first',
    deploys('{ http: OPTIONS parcels }', '{ http: GET parcels }'),
    [REPORT],
  ],
  [
    'more than one route',
    deploys('{ http: GET parcels }', '{ http: GET all }'),
    [REPORT.replace('GET /parcels', 'call of the Lambda handler')],
  ],
  [
    'a route and every other',
    deploys('{ http: ANY / }', "{ http: 'ANY {proxy+}' }"),
    [REPORT.replace('GET /parcels', 'call of the Lambda handler')],
  ],
  ['what is only scheduled', deploys('{ schedule: rate(1 day) }'), []],
  ['what a stream or a queue sets off', deploys('{ stream: x }', '{ sns: x }'), []],
  ['what nothing is said of', deploys(), []],
  ['another file', deploys('{ http: GET parcels }').replace('list.list', 'other.list'), []],
  ['another export', deploys('{ http: GET parcels }').replace('list.list', 'list.other'), []],
])('a handler that the code does not show: %s', (_, settings, expected) => {
  expect(lint(app({ 'serverless.yml': settings, 'src/api/list.ts': WRAPPED }))).toEqual(expected)
})

it.each<[string, string, readonly string[]]>([
  [
    'nothing said',
    'functions: {}',
    [
      'Scan of `Parcels` runs on each call of the Lambda handler (listParcels ← list (src/api/list.ts',
    ],
  ],
  ['its route', deploys('{ http: GET parcels }'), [REPORT]],
  ['only ever scheduled', deploys('{ schedule: rate(1 day) }'), []],
  [
    'something of which nothing is known',
    deploys('{ schedule: rate(1 day) }', '{ ofAPlugin: x }'),
    [
      'Scan of `Parcels` runs on each call of the Lambda handler (listParcels ← list (src/api/list.ts',
    ],
  ],
])('a handler that the code takes for one: %s', (_, settings, expected) => {
  const answers = ANSWERS.replaceAll('list =', 'handler =')
  const files = {
    'serverless.yml': settings.replace('list.list', 'list.handler'),
    'src/api/list.ts': answers,
  }
  const named = expected.map((line) => line.replace(/← \w+/, '← handler'))
  expect(lint(app(files))).toEqual(named)
})

it('follows what a file exports on', () => {
  const folder = app({
    'serverless.yml': deploys('{ http: GET parcels }'),
    'src/api/list.ts': "export { run as list } from '../run'",
    'src/run.ts': WRAPPED.replaceAll('../', './').replace('list =', 'run ='),
  })
  expect(lint(folder)).toEqual([
    'Scan of `Parcels` runs on each GET /parcels (listParcels ← run (src/run.ts',
  ])
})

it('takes a handler in a folder of tools for what it is', () => {
  const folder = app({
    'serverless.yml': deploys('{ http: GET parcels }').replace('src/api', 'tools'),
    'tools/list.ts': WRAPPED.replace('../', '../src/'),
  })
  expect(lint(folder)).toEqual([REPORT.replace('src/api/list.ts', 'tools/list.ts')])
})

it('sees what changes', async () => {
  // A file that nobody changed for a moment is compared with the disk.
  const aMoment = 150
  const folder = app({ 'src/api/list.ts': WRAPPED })
  expect(lint(folder)).toEqual([])
  await pause(aMoment)
  write(folder, 'serverless.yml', deploys('{ http: GET parcels }'))
  expect(lint(folder)).toEqual([REPORT])
  await pause(aMoment)
  write(folder, 'serverless.yml', deploys('{ schedule: rate(1 day) }'))
  expect(lint(folder)).toEqual([])
})

it('sees what changes in the code that says what is deployed', async () => {
  const aMoment = 150
  const events = (event: string): string => `export const events = [{ ${event} }]\n`
  const folder = app({
    'src/api/list.ts': WRAPPED,
    'deploy/events.ts': events("http: 'GET parcels'"),
    'serverless.ts':
      "import { events } from './deploy/events'\nexport default { functions: { list: { handler: 'src/api/list.list', events } } }\n",
  })
  expect(lint(folder)).toEqual([REPORT])
  await pause(aMoment)
  write(folder, 'deploy/events.ts', events("schedule: 'rate(1 day)'"))
  expect(lint(folder)).toEqual([])
})
