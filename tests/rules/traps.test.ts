/**
 * Places that simple linters get wrong, each in the shape in which it was met in real code: several files, a wrapper, a
 * class that is handed in, a Lambda layer, a handler that calls another.
 */
import { describe, expect, it } from 'vitest'
import { folderWith } from '../support/folder.ts'
import { lintFolder } from '../support/real-files.ts'

type Files = Readonly<Record<string, string>>

const CLIENT = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
export const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
`

/** A wrapper that reads all pages, and storage functions on top of it. */
const STORAGE = {
  'client.ts': CLIENT,
  'lib/dynamo.ts': `
import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { client } from '../client'
export default {
  get: async (request) => await client.send(new GetCommand(request)),
  put: async (request) => await client.send(new PutCommand(request)),
  scan: async (request) => {
    const items: Record<string, any>[] = []
    let ExclusiveStartKey
    do {
      const page = await client.send(new ScanCommand({ ...request, ExclusiveStartKey }))
      items.push(...(page.Items ?? []))
      ExclusiveStartKey = page.LastEvaluatedKey
    } while (ExclusiveStartKey)
    return { Items: items, Count: items.length }
  },
}
`,
  'storage/members.ts': `
import dynamo from '../lib/dynamo'
const TableName = process.env.MEMBERS
export const memberById = async (memberId: string) => (await dynamo.get({ TableName, Key: { memberId } })).Item
export const allMembers = async () => (await dynamo.scan({ TableName })).Items
export const memberBySub = async (sub: string) => {
  const found = await dynamo.scan({ TableName, FilterExpression: 'userSub = :s', ExpressionAttributeValues: { ':s': sub } })
  return found.Items?.[0]
}
export const putMember = async (member) => { await dynamo.put({ TableName, Item: member }) }
`,
}

/** `file:line rule` of each report in an application. */
function reports(files: Files): readonly string[] {
  const folder = folderWith({ 'package.json': '{}', ...files })
  return lintFolder({ folder }).map(({ file, line, rule }) => `${file}:${String(line)} ${rule}`)
}

describe('found', () => {
  it.each<[string, Files, readonly string[]]>([
    [
      'client, commands and table name that come out of a Lambda layer',
      {
        'layers/base/base.js': `
const { DynamoDBClient, ScanCommand } = require('@aws-sdk/client-dynamodb')
const client = new DynamoDBClient({})
module.exports = { client, ScanCommand, TABLE: process.env.TABLE }
`,
        'handlers/activity/get.js': `
const { client, ScanCommand, TABLE } = require('/opt/base')
exports.handler = async (event, context) => {
  const { Items } = await client.send(new ScanCommand({ TableName: TABLE }))
  return { statusCode: 200, body: JSON.stringify(Items) }
}
`,
      },
      ['handlers/activity/get.js:4 no-scan-in-handler'],
    ],
    [
      'a wrapper that is handed in and adds the table',
      {
        'client.ts': CLIENT,
        'db.service.ts': `
import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { client } from './client'
@Injectable()
export class DbService {
  private readonly table = process.env.TABLE
  async scan<T>(request: Partial<ScanCommandInput>): Promise<T[]> {
    const { Items } = await client.send(new ScanCommand({ TableName: this.table, ...request }))
    return Items as T[]
  }
}
`,
        'shipping.controller.ts': `
import { Controller, Get, Param } from '@nestjs/common'
import { DbService } from './db.service'
@Controller('shipping')
export class ShippingController {
  constructor(private readonly db: DbService) {}
  @Get(':order')
  async byOrder(@Param('order') order: string) {
    const [first] = await this.db.scan({
      FilterExpression: 'orderId = :o',
      ExpressionAttributeValues: { ':o': order },
    })
    return first
  }
}
`,
      },
      ['shipping.controller.ts:9 no-scan-in-handler'],
    ],
    [
      'a static wrapper that takes the filter and its values',
      {
        'client.ts': CLIENT,
        'lib/database.ts': `
import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { client } from '../client'
export class Database {
  static async scan(filter?: string, values?: Record<string, unknown>) {
    const request: { TableName: string; FilterExpression?: string; ExpressionAttributeValues?: Record<string, unknown> } = {
      TableName: 'School',
    }
    if (filter && values) {
      request.FilterExpression = filter
      request.ExpressionAttributeValues = values
    }
    const { Items } = await client.send(new ScanCommand(request))
    return Items ?? []
  }
}
`,
        'handlers/payments.ts': `
import { Database } from '../lib/database'
export const handler = async (event: APIGatewayProxyEvent) => {
  const invoices = await Database.scan('kind = :kind', { ':kind': 'Invoice' })
  return { statusCode: 200, body: JSON.stringify(invoices) }
}
`,
      },
      ['handlers/payments.ts:4 no-scan-in-handler'],
    ],
    [
      'the first of the items that a wrapper collected page by page, put back changed',
      {
        ...STORAGE,
        'api/role.ts': `
import { memberBySub, putMember } from '../storage/members'
export const handler = async (event: APIGatewayProxyEvent) => {
  const { sub, role } = JSON.parse(event.body)
  const member = await memberBySub(sub)
  if (!member) return { statusCode: 404 }
  await putMember({ ...member, role })
  return { statusCode: 204 }
}
`,
      },
      [
        'api/role.ts:7 no-unconditional-read-modify-write',
        'storage/members.ts:7 no-scan-in-handler',
      ],
    ],
    [
      'the greatest id of all, and one more, put by a function whose file shows the key',
      {
        ...STORAGE,
        'api/join.ts': `
import { allMembers, putMember } from '../storage/members'
export const handler = async (event: APIGatewayProxyEvent) => {
  const greatest = (await allMembers()).map((m) => Number(m.memberId)).reduce((max, id) => (max > id ? max : id), 0)
  await putMember({ memberId: (greatest + 1).toString(), nick: event.body })
  return { statusCode: 201 }
}
`,
      },
      ['api/join.ts:5 no-sequential-partition-key', 'storage/members.ts:5 no-scan-in-handler'],
    ],
    [
      'functions that return a command, which another function sends',
      {
        'client.ts': CLIENT,
        'commands.ts': `
import { UpdateCommand, GetCommand } from '@aws-sdk/lib-dynamodb'
export const getReport = (id: string) => new GetCommand({ TableName: 'Reports', Key: { id } })
export const setViews = (id: string, views: number) =>
  new UpdateCommand({ TableName: 'Reports', Key: { id }, UpdateExpression: 'SET visits = :v', ExpressionAttributeValues: { ':v': views } })
`,
        'api/view.ts': `
import { client } from '../client'
import { getReport, setViews } from '../commands'
export const handler = async (event: APIGatewayProxyEvent) => {
  const id = event.pathParameters.id
  const { Item } = await client.send(getReport(id))
  await client.send(setViews(id, Item.visits + 1))
  return { statusCode: 204 }
}
`,
      },
      ['api/view.ts:7 no-unconditional-read-modify-write'],
    ],
    [
      'a test whether an item exists, with the command class imported inside the function',
      {
        'client.ts': CLIENT,
        'api/picks.ts': `
import { client } from '../client'
export const handler = async (event: APIGatewayProxyEvent) => {
  const { GetCommand, PutCommand } = await import('@aws-sdk/lib-dynamodb')
  const { pickId } = JSON.parse(event.body)
  const { Item } = await client.send(new GetCommand({ TableName: 'Picks', Key: { pickId } }))
  if (Item) return { statusCode: 409 }
  await client.send(new PutCommand({ TableName: 'Picks', Item: { pickId, at: 1 } }))
  return { statusCode: 201 }
}
`,
      },
      ['api/picks.ts:8 require-uniqueness-condition'],
    ],
  ])('%s', (_, files, expected) => {
    expect(reports(files)).toEqual(expected)
  })
})

describe('left alone', () => {
  it.each<[string, Files]>([
    [
      'a Query that only finds the key, then an atomic update',
      {
        'client.ts': CLIENT,
        'apps.ts': `
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { client } from './client'
export const handler = async (event: APIGatewayProxyEvent) => {
  const { Items } = await client.send(
    new QueryCommand({ TableName: 'Apps', IndexName: 'byClient', KeyConditionExpression: 'clientId = :c', ExpressionAttributeValues: { ':c': event.body } }),
  )
  const [app] = Items
  await client.send(
    new UpdateCommand({ TableName: 'Apps', Key: { id: app.id }, UpdateExpression: 'ADD uses :one', ExpressionAttributeValues: { ':one': 1 } }),
  )
  return { statusCode: 204 }
}
`,
      },
    ],
    [
      'a lock on a version that a builder puts into the condition',
      {
        'client.ts': CLIENT,
        'builder.ts': `
export class UpdateBuilder {
  private condition = ''
  private values: Record<string, unknown> = {}
  constructor(private readonly table: string, private readonly id: string) {}
  set(name: string, value: unknown) { this.values[':' + name] = value; return this }
  expectLock(n: number) { this.condition = 'lockNumber = :lock'; this.values[':lock'] = n; return this }
  finalise() {
    return { TableName: this.table, Key: { id: this.id }, UpdateExpression: 'SET title = :title ADD lockNumber :one', ConditionExpression: this.condition, ExpressionAttributeValues: this.values }
  }
}
`,
        'api/rename.ts': `
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { client } from '../client'
import { UpdateBuilder } from '../builder'
export const handler = async (event: APIGatewayProxyEvent) => {
  const id = event.pathParameters.id
  const { Item } = await client.send(new GetCommand({ TableName: 'Templates', Key: { id } }))
  const update = new UpdateBuilder('Templates', id).set('title', Item.title + '!').set('one', 1).expectLock(Item.lockNumber)
  await client.send(new UpdateCommand(update.finalise()))
  return { statusCode: 204 }
}
`,
      },
    ],
    [
      'expressions made by templates and method calls',
      {
        'client.ts': CLIENT,
        'api/patch.ts': `
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { client } from '../client'
export const handler = async (event: APIGatewayProxyEvent) => {
  const entries = Object.entries(JSON.parse(event.body))
  await client.send(
    new UpdateCommand({
      TableName: 'Things',
      Key: { id: event.pathParameters.id },
      UpdateExpression: \`SET \${entries.map(([k]) => \`#\${k} = :\${k}\`).join(', ')}\`,
      ConditionExpression: 'attribute_exists(id)',
      ExpressionAttributeNames: Object.fromEntries(entries.map(([k]) => [\`#\${k}\`, k])),
      ExpressionAttributeValues: Object.fromEntries(entries.map(([k, v]) => [\`:\${k}\`, v])),
    }),
  )
  return { statusCode: 204 }
}
`,
      },
    ],
    [
      'a scan of files, and SQL through a client of another service',
      {
        'build.ts': `
import { Glob } from 'bun'
export const handler = async (event: APIGatewayProxyEvent) => {
  const files = new Glob('*.ts').scan()
  return { statusCode: 200, body: JSON.stringify(files) }
}
`,
        'vectors.ts': `
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data'
const client = new RDSDataClient({})
export const handler = async (event: APIGatewayProxyEvent) => {
  await client.send(new ExecuteStatementCommand({ sql: \`SELECT * FROM t WHERE id = '\${event.body}'\`, resourceArn: 'a', secretArn: 'b' }))
  return { statusCode: 204 }
}
`,
      },
    ],
    [
      'a command-line program',
      {
        'actions/scan.js': `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
const docClient = DynamoDBDocumentClient.from(new DynamoDBClient({}))
export const main = async () => {
  const { Items } = await docClient.send(new ScanCommand({ TableName: 'Birds' }))
  for (const bird of Items) console.log(bird.name)
}
`,
      },
    ],
    [
      'maintenance code with the shape of a lost update',
      {
        'client.ts': CLIENT,
        'scripts/backfill.ts': `
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { client } from '../client'
async function run() {
  const { Items } = await client.send(new ScanCommand({ TableName: 'Users' }))
  for (const user of Items) await client.send(new PutCommand({ TableName: 'Users', Item: { ...user, email: user.email.toLowerCase() } }))
}
run()
`,
      },
    ],
    [
      'routes of one handler in branches that exclude each other',
      {
        'client.ts': CLIENT,
        'users.ts': `
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { client } from './client'
const get = async (id: string) => (await client.send(new GetCommand({ TableName: 'Users', Key: { id } }))).Item
const setName = (id: string, nick: string) =>
  client.send(new UpdateCommand({ TableName: 'Users', Key: { id }, UpdateExpression: 'SET nick = :n', ConditionExpression: 'attribute_exists(id)', ExpressionAttributeValues: { ':n': nick } }))
export const handler = async (event: APIGatewayProxyEvent) => {
  const id = event.pathParameters.id
  let user
  if (event.httpMethod === 'GET') {
    user = await get(id)
    return { statusCode: 200, body: JSON.stringify(user) }
  } else if (event.httpMethod === 'PUT') {
    await setName(id, JSON.parse(event.body).nick)
    return { statusCode: 204 }
  }
  return { statusCode: 405 }
}
`,
      },
    ],
    [
      'a bounded page behind an interface, whose cursor the callers handle',
      {
        'client.ts': CLIENT,
        'store.ts': `
import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { client } from './client'
export interface Store { page(size: number, cursor?: Record<string, unknown>): Promise<unknown> }
export class DynamoStore implements Store {
  async page(size: number, cursor?: Record<string, unknown>) {
    const { Items, LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName: 'Templates', Limit: size, ExclusiveStartKey: cursor }),
    )
    return { items: Items, cursor: LastEvaluatedKey }
  }
}
`,
        'api/list.ts': `
import { DynamoStore } from '../store'
const store = new DynamoStore()
export const handler = async (event: APIGatewayProxyEvent) => {
  const page = await store.page(25, JSON.parse(event.queryStringParameters.cursor))
  return { statusCode: 200, body: JSON.stringify(page) }
}
`,
      },
    ],
  ])('%s', (_, files) => {
    expect(reports(files)).toEqual([])
  })
})
