/** Functions that a function makes of what it is given: what that is, the places that call it say. */
import { describe, expect, it } from 'vitest'
import { folderWith } from '../support/folder.ts'
import { lintFolder } from '../support/real-files.ts'

/** The reports in some files, each with its file, line and column, as far as the ways to them. */
function reportsIn(files: Readonly<Record<string, string>>): string[] {
  const folder = folderWith({ '.git/HEAD': '', ...files })
  return lintFolder({
    folder,
    rules: { 'no-scan-in-handler': [], 'no-unconditional-read-modify-write': [] },
  }).map(
    ({ file, line, column, message }) =>
      `${file}:${String(line)}:${String(column)} ${message.replace(/\)[:,] .*/, ')')}`,
  )
}

const LIST = `
const createList = ({ dynamo, tableName }) => async ({ status }) => {
  const page = await dynamo.scan({ TableName: tableName }).promise()
  return page.Items.filter((parcel) => parcel.status === status)
}
module.exports = { createList }
`
const ENTRY = `
const { DocumentClient } = require('aws-sdk/clients/dynamodb')
const { createList } = require('./list')
const wrap = (useCase) => async (event) => {
  const answer = await useCase(JSON.parse(event.body))
  return { statusCode: 200, body: JSON.stringify(answer) }
}
const list = createList({ dynamo: new DocumentClient(), tableName: process.env.PARCELS })
module.exports.handler = wrap(list)
`

describe('a function that a function makes', () => {
  it('scans the table that its maker was given in an entry module', () => {
    expect(reportsIn({ 'list.js': LIST, 'entry.js': ENTRY })).toEqual([
      'list.js:3:29 Scan of `PARCELS` runs on each call of the Lambda handler (in the handler itself)',
    ])
  })

  it('scans the one table that several entry modules give it', () => {
    expect(
      reportsIn({
        'list.js': LIST,
        'entry.js': ENTRY,
        'other/index.js': ENTRY.replace('./l', '../l'),
      }),
    ).toEqual([
      'list.js:3:29 Scan of `PARCELS` runs on each call of the Lambda handler (in the handler itself)',
    ])
  })

  const OF_ANY = [
    'list.js:3:29 Scan of a table runs on each call of the Lambda handler (in the handler itself)',
  ]

  it('scans some table where its maker is given different ones', () => {
    const other = ENTRY.replace('./l', '../l').replace('PARCELS', 'CRATES')
    expect(reportsIn({ 'list.js': LIST, 'entry.js': ENTRY, 'other/index.js': other })).toEqual(
      OF_ANY,
    )
  })

  it('scans some table where its maker is handed to somebody else', () => {
    const other = `
      const { createList } = require('./list')
      const { assemble } = require('somewhere')
      assemble(createList)
    `
    expect(reportsIn({ 'list.js': LIST, 'entry.js': ENTRY, 'other.js': other })).toEqual(OF_ANY)
  })

  it('is none that a list of work was mapped by', () => {
    const work = `
const { DocumentClient } = require('aws-sdk/clients/dynamodb')
const client = new DocumentClient()
const limited = async (list, task) => { for (const one of list) await task(one) }
exports.mapped = (names, table) => names.map((name) => client.scan({ TableName: table, Segment: name }).promise())
exports.limited = async (names, table) => {
  const found = await limited(names, async (name) => client.scan({ TableName: table, Segment: name }).promise())
  return found
}
`
    const entry = `
const work = require('./work')
exports.handler = async (event) => {
  const names = JSON.parse(event.body)
  await work.mapped(names, 'Parcels')
  await work.limited(names, 'Parcels')
  return { statusCode: 200, body: '' }
}
`
    expect(reportsIn({ 'work.js': work, 'entry.js': entry })).toEqual([
      'entry.js:5:14 Scan of `Parcels` runs on each call of the Lambda handler (mapped (work.js:5) ← handler)',
      'entry.js:6:14 Scan of `Parcels` runs on each call of the Lambda handler (limited (work.js:7) ← limited (work.js:4) ← limited (work.js:6) ← handler)',
    ])
  })

  it('leaves what it is given for one call to its caller', () => {
    const scan = `
const { DocumentClient } = require('aws-sdk/clients/dynamodb')
const client = new DocumentClient()
exports.scanOf = (table) => async () => client.scan({ TableName: table }).promise()
`
    const entry = `
const { scanOf } = require('./scan')
exports.handler = async (event) => {
  const [parcels, crates] = [await scanOf('Parcels')(), await scanOf('Crates')()]
  return { statusCode: 200, body: JSON.stringify({ parcels, crates, at: event.pathParameters.id }) }
}
`
    expect(reportsIn({ 'scan.js': scan, 'entry.js': entry })).toEqual([
      'entry.js:4:36 Scan of `Parcels` runs on each call of the Lambda handler (scanOf (scan.js:4) ← handler)',
      'entry.js:4:63 Scan of `Crates` runs on each call of the Lambda handler (scanOf (scan.js:4) ← handler)',
    ])
  })

  it('is not what a test gives its maker', () => {
    const test = ENTRY.replace('./list', '../list').replace('PARCELS', 'NONE')
    expect(
      reportsIn({ 'list.js': LIST, 'entry.js': ENTRY, 'test/list.test.js': test }),
    ).toHaveLength(1)
  })
})

/** Nothing in it speaks of a database, and it imports nothing. */
const WEIGH = `
module.exports = (options, others) => {
  const { parcels } = options
  return async (id, grams) => {
    const parcel = await parcels.find(id)
    parcel.weight = parcel.weight + grams
    await parcels.keep(parcel)
  }
}
`
const PARCELS = `
module.exports = (config) => {
  const Parcels = {
    find: async (id) => {
      const { Item } = await config.client.get({ TableName: config.tables.parcels, Key: { id } }).promise()
      return Item
    },
    keep: async (parcel) => {
      await config.client.put({ TableName: config.tables.parcels, Item: parcel }).promise()
    },
  }
  return Parcels
}
`
const USE_CASES = `
function useCases(options) {
  const UseCases = {}
  UseCases.weigh = require('./weigh')(options, UseCases)
  return UseCases
}
module.exports = useCases
`
const APP = `
const { DocumentClient } = require('aws-sdk/clients/dynamodb')
const parcels = require('./parcels')({ client: new DocumentClient(), tables: { parcels: process.env.PARCELS } })
const { weigh } = require('./use-cases')({ parcels })
exports.handler = async (event) => {
  await weigh(event.pathParameters.id, 10)
  return { statusCode: 204 }
}
`
const RACE =
  'use-cases/weigh.js:7:19 The item read from `PARCELS` in line 5 is put back changed with no condition (keep (parcels.js:8) ← handler (app.js:5))'

describe('a file that imports nothing and makes functions', () => {
  const files = {
    'parcels.js': PARCELS,
    'use-cases/index.js': USE_CASES,
    'use-cases/weigh.js': WEIGH,
    'app.js': APP,
  }

  it('is looked at with what it is given two files away', () => {
    expect(reportsIn(files)).toEqual([RACE])
  })

  it('tells of itself what a class would', () => {
    const weigh = `
export const weigh = (parcels: unknown) => ({
  weigh: async (id: string, grams: number) => {
    const parcel = await parcels.find(id)
    await parcels.keep({ ...parcel, weight: parcel.weight + grams })
  },
})
`
    const app = `
import { DocumentClient } from 'aws-sdk/clients/dynamodb'
import { newParcels } from './parcels'
import { weigh } from './handing-on'
import type { APIGatewayProxyEvent } from 'aws-lambda'
const parcels = newParcels({ client: new DocumentClient(), tables: { parcels: 'Parcels' } })
const scales = weigh(parcels)
export const handler = async (event: APIGatewayProxyEvent) => {
  await scales.weigh(event.pathParameters!.id!, 10)
  return { statusCode: 204 }
}
`
    expect(
      reportsIn({
        'parcels.ts': PARCELS.replace('module.exports =', 'export const newParcels ='),
        'weigh.ts': weigh,
        'handing-on.ts': `export * from './weigh'`,
        'app.ts': app,
      }),
    ).toEqual([
      'weigh.ts:5:19 The item read from `Parcels` in line 4 is put back changed with no condition (keep (parcels.ts:8) ← weigh ← handler (app.ts:8))',
    ])
  })

  it('says nothing where nobody that leads to DynamoDB makes use of it', () => {
    const { 'app.js': app, ...others } = files
    expect(app).toContain('use-cases')
    expect(reportsIn(others)).toEqual([])
  })
})

it('hands on a list that whoever sets it off gave it, of any length', () => {
  const handler = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { traced } from 'tracing'
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const read = async (labels) =>
  client.send(new BatchGetCommand({ RequestItems: { Labels: { Keys: labels.map((label) => ({ label })) } } }))
const make = ({ read, zip }) => async (event) => {
  const { labels } = event
  return zip(await read(labels))
}
export const handler = traced(make({ read, zip: JSON.stringify }))
`
  const folder = folderWith({ '.git/HEAD': '', 'handler.js': handler })
  expect(
    lintFolder({ folder, rules: { 'no-unchunked-batch': [] } }).map(
      ({ line, column }) => `${String(line)}:${String(column)}`,
    ),
  ).toEqual(['7:69'])
})
