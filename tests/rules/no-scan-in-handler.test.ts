import { describe, expect, it } from 'vitest'
import { program, reportsOf, type Reported } from '../support/reports.ts'

const reports = (code: string, request?: Reported) => reportsOf('no-scan-in-handler', code, request)

describe('every way to spell a Scan', () => {
  it('SDK v3, document client', () => {
    const code = program`
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
      import type { APIGatewayProxyEvent } from 'aws-lambda'

      const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

      export const handler = async (event: APIGatewayProxyEvent) => {
        const { Items } = await documents.send(
          new ScanCommand({
            TableName: 'Orders',
            FilterExpression: '#status = :status',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':status': event.queryStringParameters?.status },
          }),
        )
        return { statusCode: 200, body: JSON.stringify(Items) }
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "9:9-9:20 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table and drops what \`#status = :status\` does not match.",
      ]
    `)
  })

  it('SDK v3, low level, the namespace imported', () => {
    const code = program`
      import * as dynamodb from '@aws-sdk/client-dynamodb'
      import type { APIGatewayProxyEvent } from 'aws-lambda'

      const client = new dynamodb.DynamoDBClient({})

      export async function handler(event: APIGatewayProxyEvent) {
        const input = { TableName: 'Orders' }
        const page = await client.send(new dynamodb.ScanCommand(input))
        return { statusCode: 200, body: JSON.stringify(page.Items) }
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "8:38-8:58 dynamodb.ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table.",
      ]
    `)
  })

  it('SDK v3, aggregated clients', () => {
    const code = program`
      import { DynamoDB } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'
      import { Hono } from 'hono'

      const client = new DynamoDB({})
      const documents = DynamoDBDocument.from(client)
      const app = new Hono()

      app.get('/low', async (c) => c.json(await client.scan({ TableName: 'Orders' })))
      app.get('/high', async (c) => c.json(await documents.scan({ TableName: 'Orders' })))

      export default app
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "9:50-9:54 scan: Scan of \`Orders\` runs on each GET /low (in the handler itself): it reads the whole table.",
        "10:54-10:58 scan: Scan of \`Orders\` runs on each GET /high (in the handler itself): it reads the whole table.",
      ]
    `)
  })

  it('SDK v3, paginator', () => {
    const code = program`
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
      import type { APIGatewayProxyEvent } from 'aws-lambda'

      const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))

      export async function handler(event: APIGatewayProxyEvent) {
        const orders = []
        for await (const page of paginateScan({ client, pageSize: 100 }, { TableName: 'Orders' })) {
          orders.push(...(page.Items ?? []))
        }
        return { statusCode: 200, body: JSON.stringify(orders) }
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "9:28-9:40 paginateScan: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table.",
      ]
    `)
  })

  it('SDK v2, promises, CommonJS', () => {
    const code = program`
      const AWS = require('aws-sdk')
      const express = require('express')

      const documents = new AWS.DynamoDB.DocumentClient()
      const router = express.Router()

      router.get('/orders', async function listOrders(request, response) {
        const { Items } = await documents.scan({ TableName: process.env.ORDERS_TABLE }).promise()
        response.json(Items)
      })

      module.exports = router
    `
    expect(reports(code, { filename: 'src/orders.js' })).toMatchInlineSnapshot(`
      [
        "8:37-8:41 scan: Scan of \`ORDERS_TABLE\` runs on each GET /orders (listOrders): it reads the whole table.",
      ]
    `)
  })

  it('SDK v2, callback, the client from its own entry', () => {
    const code = program`
      const DynamoDB = require('aws-sdk/clients/dynamodb')

      const dynamodb = new DynamoDB()

      exports.handler = (event, context, callback) => {
        dynamodb.scan({ TableName: 'Orders' }, (error, page) => {
          if (error) return callback(error)
          callback(null, { statusCode: 200, body: JSON.stringify(page.Items) })
        })
      }
    `
    expect(reports(code, { filename: 'src/orders.js' })).toMatchInlineSnapshot(`
      [
        "6:12-6:16 scan: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table.",
      ]
    `)
  })

  it('a command in a variable is reported where it is made', () => {
    const code = program`
      import { DynamoDBClient, ScanCommand as Scan } from '@aws-sdk/client-dynamodb'
      import type { APIGatewayProxyEvent } from 'aws-lambda'

      const client = new DynamoDBClient({})

      export async function handler(event: APIGatewayProxyEvent) {
        const command = new Scan({ TableName: 'Orders' })
        const page = await client.send(command)
        return { statusCode: 200, body: JSON.stringify(page.Items) }
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "7:23-7:27 Scan: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table.",
      ]
    `)
  })

  it('a function that returns a command', () => {
    const code = program`
      import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
      import type { APIGatewayProxyEvent } from 'aws-lambda'

      const client = new DynamoDBClient({})
      const allOrders = () => new ScanCommand({ TableName: 'Orders' })

      export async function handler(event: APIGatewayProxyEvent) {
        const page = await client.send(allOrders())
        return { statusCode: 200, body: JSON.stringify(page.Items) }
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "8:29-8:33 send: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table.",
      ]
    `)
  })

  it('parameters in a local that is changed later', () => {
    const code = program`
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocumentClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb'
      import type { APIGatewayProxyEvent } from 'aws-lambda'

      const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

      export async function handler(event: APIGatewayProxyEvent) {
        const params: ScanCommandInput = { TableName: 'Orders' }
        params.FilterExpression = 'customerId = :customer'
        params.ExpressionAttributeValues = { ':customer': event.pathParameters?.customer }
        const page = await documents.send(new ScanCommand(params))
        return { statusCode: 200, body: JSON.stringify(page.Items) }
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "11:41-11:52 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table and drops what \`customerId = :customer\` does not match.",
      ]
    `)
  })

  it('parameters in a local that a paging loop changes', () => {
    const code = program`
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
      import type { APIGatewayProxyEvent } from 'aws-lambda'

      const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

      export async function handler(event: APIGatewayProxyEvent) {
        const params: Record<string, unknown> = { TableName: 'Orders', Limit: 500 }
        const orders = []
        do {
          const page = await documents.send(new ScanCommand(params as never))
          orders.push(...(page.Items ?? []))
          params.ExclusiveStartKey = page.LastEvaluatedKey
        } while (params.ExclusiveStartKey)
        return { statusCode: 200, body: JSON.stringify(orders) }
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "11:43-11:54 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table.",
      ]
    `)
  })

  it('a client that is injected, known by its type', () => {
    const code = program`
      import { Controller, Get, Inject } from '@nestjs/common'
      import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'

      @Controller('orders')
      export class OrdersController {
        constructor(@Inject('DYNAMODB') private readonly documents: DynamoDBDocument) {}

        @Get()
        async list() {
          return this.findAll()
        }

        private async findAll() {
          const { Items } = await this.documents.scan({ TableName: 'Orders' })
          return Items
        }
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "14:44-14:48 scan: Scan of \`Orders\` runs on each GET /orders (OrdersController.findAll ← OrdersController.list): it reads the whole table.",
      ]
    `)
  })
})

describe('every way to answer a request', () => {
  const head = program`
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
    import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'

    const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
    const all = () => documents.send(new ScanCommand({ TableName: 'Orders' }))
  `
  const entries: readonly (readonly [called: string, code: string, filename?: string])[] = [
    [
      'call of the Lambda handler (all ← handler)',
      "import type { APIGatewayProxyEventV2 } from 'aws-lambda'\nexport const handler = async (event: APIGatewayProxyEventV2) => all()",
    ],
    [
      'GET /orders (all)',
      "import express from 'express'\nconst app = express()\napp.get('/orders', async (request, response) => response.json(await all()))",
    ],
    [
      'GET /orders/:id (all ← show)',
      "import Fastify from 'fastify'\nconst app = Fastify()\nconst show = async () => all()\napp.get('/orders/:id', show)",
    ],
    [
      'GET /api/orders (all ← GET)',
      'export async function GET() {\n  return Response.json(await all())\n}',
      'app/api/orders/route.ts',
    ],
    [
      'server action refresh (all ← refresh)',
      "export async function refresh() {\n  'use server'\n  return all()\n}",
      'app/orders/actions.ts',
    ],
    [
      'loader /orders (all ← loader)',
      "import type { LoaderFunctionArgs } from '@remix-run/node'\nexport async function loader({ request }: LoaderFunctionArgs) {\n  return all()\n}",
      'app/routes/orders.tsx',
    ],
    [
      'query list (all)',
      "import { initTRPC } from '@trpc/server'\nconst t = initTRPC.create()\nexport const router = t.router({ list: t.procedure.query(async () => all()) })",
    ],
    [
      'GET /orders (all ← OrdersController.list)',
      "import { Controller, Get } from '@nestjs/common'\n@Controller('orders')\nexport class OrdersController {\n  @Get()\n  list() {\n    return all()\n  }\n}",
    ],
  ]
  it.each(entries)('%s', (called, code, filename = 'src/orders.ts') => {
    expect(reports(`${head}${code}\n`, { filename })).toEqual([
      `5:38-5:49 ScanCommand: Scan of \`Orders\` runs on each ${called}: it reads the whole table.`,
    ])
  })
})

describe('who answers for a Scan', () => {
  it('the caller of a wrapper that is given the table', () => {
    const code = program`
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
      import type { APIGatewayProxyEvent } from 'aws-lambda'

      const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

      async function readAll(table: string, filter?: string) {
        const { Items } = await documents.send(
          new ScanCommand({ TableName: table, FilterExpression: filter }),
        )
        return Items ?? []
      }

      export async function handler(event: APIGatewayProxyEvent) {
        const orders = await readAll('Orders', 'attribute_exists(paidAt)')
        const users = await readAll('Users')
        return { statusCode: 200, body: JSON.stringify([orders, users]) }
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "15:24-15:31 readAll: Scan of \`Orders\` runs on each call of the Lambda handler (readAll ← handler): it reads the whole table and drops what \`attribute_exists(paidAt)\` does not match.",
        "16:23-16:30 readAll: Scan of \`Users\` runs on each call of the Lambda handler (readAll ← handler): it reads the whole table.",
      ]
    `)
  })

  it('the caller of a wrapper that is given the request', () => {
    const code = program`
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocumentClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb'
      import express from 'express'

      class Database {
        private readonly documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

        async scan(input: Omit<ScanCommandInput, 'Limit'>) {
          return this.documents.send(new ScanCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' }))
        }
      }

      const database = new Database()
      const app = express()
      app.get('/orders', async (request, response) => {
        const { Items } = await database.scan({ TableName: 'Orders' })
        response.json(Items)
      })
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "16:36-16:40 scan: Scan of \`Orders\` runs on each GET /orders (Database.scan): it reads the whole table.",
      ]
    `)
  })

  it('the Scan itself, when only a value of the filter comes from the caller', () => {
    const code = program`
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
      import type { APIGatewayProxyEvent } from 'aws-lambda'

      const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

      class OrdersRepository {
        constructor(private readonly table: string) {}

        async byCustomer(customer: string) {
          const { Items } = await documents.send(
            new ScanCommand({
              TableName: this.table,
              FilterExpression: 'customerId = :customer',
              ExpressionAttributeValues: { ':customer': customer },
            }),
          )
          return Items ?? []
        }
      }

      const orders = new OrdersRepository('Orders')

      export async function handler(event: APIGatewayProxyEvent) {
        return { statusCode: 200, body: JSON.stringify(await orders.byCustomer(event.path)) }
      }
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "12:11-12:22 ScanCommand: Scan of a table runs on each call of the Lambda handler (OrdersRepository.byCustomer ← handler): it reads the whole table and drops what \`customerId = :customer\` does not match.",
      ]
    `)
  })

  it('nobody, where nobody calls the wrapper', () => {
    const code = program`
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'

      const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

      export async function readAll(table: string) {
        return documents.send(new ScanCommand({ TableName: table }))
      }
    `
    expect(reports(code)).toEqual([])
    expect(reports(code, { options: [{ checkLibraries: true }] })).toEqual([])
  })

  it('each Scan once, however many handlers come to it', () => {
    const code = program`
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
      import express from 'express'

      const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
      const all = () => documents.send(new ScanCommand({ TableName: 'Orders' }))

      const app = express()
      app.get('/orders', async (request, response) => response.json(await all()))
      app.get('/orders/count', async (request, response) => response.json((await all()).Count))
    `
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "6:38-6:49 ScanCommand: Scan of \`Orders\` runs on each GET /orders (all): it reads the whole table.",
      ]
    `)
  })
})

/** A handler of \`GET /orders\` that does one thing. */
const handler = (body: string, imports = ''): string =>
  [
    "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'",
    "import { DynamoDBDocumentClient, ScanCommand, DeleteCommand, paginateScan } from '@aws-sdk/lib-dynamodb'",
    "import type { APIGatewayProxyEvent } from 'aws-lambda'",
    imports,
    'const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))',
    'export async function handler(event: APIGatewayProxyEvent) {',
    body,
    '}',
    '',
  ].join('\n')

describe('what a Scan asks for', () => {
  it('Limit with a filter is no page of matches', () => {
    const code = handler(
      "return client.send(new ScanCommand({ TableName: 'Orders', Limit: 10, FilterExpression: 'paid = :yes', ExpressionAttributeValues: { ':yes': true } }))",
    )
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "7:24-7:35 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table and drops what \`paid = :yes\` does not match.",
      ]
    `)
  })

  const silent: Record<string, string> = {
    'Limit and no filter is one bounded page':
      "return client.send(new ScanCommand({ TableName: 'Orders', Limit: 10 }))",
    'Limit and the cursor of the caller is a listing by page':
      "return client.send(new ScanCommand({ TableName: 'Orders', Limit: 10, ExclusiveStartKey: JSON.parse(event.body ?? '{}') }))",
    'an index read whole may be a sparse one':
      "return client.send(new ScanCommand({ TableName: 'Orders', IndexName: 'openOrders' }))",
    'a purge needs every item': [
      "for await (const page of paginateScan({ client }, { TableName: 'Orders' }))",
      '  for (const order of page.Items ?? [])',
      "    await client.send(new DeleteCommand({ TableName: 'Orders', Key: { id: order.id } }))",
    ].join('\n'),
  }
  it('to delete the first item that is found is no purge', () => {
    const code = handler(program`
      const { Items } = await client.send(new ScanCommand({ TableName: 'Orders', FilterExpression: 'code = :c', ExpressionAttributeValues: { ':c': event.body } }))
      const order = Items && Items.length > 0 ? Items[0] : null
      if (!order) return { statusCode: 404 }
      await client.send(new DeleteCommand({ TableName: 'Orders', Key: { id: order.id } }))
    `)
    expect(reports(code)).toEqual([expect.stringContaining('7:41-7:52 ScanCommand')])
  })

  it('a purge in batches that are sent again', () => {
    const purge = program`
      const TableName = 'Orders'
      let cursor
      do {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new ScanCommand({ TableName, ExclusiveStartKey: cursor }),
        )
        for (let i = 0; i < Items.length; i += 25) {
          let requests = {
            [TableName]: Items.slice(i, i + 25).map(({ id }) => ({ DeleteRequest: { Key: { id } } })),
          }
          let retries = 0
          while (requests[TableName].length > 0 && retries < 5) {
            const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: requests }))
            const left = UnprocessedItems?.[TableName]?.length ?? 0
            if (left > 0) {
              requests = UnprocessedItems ?? {}
              retries++
            } else requests[TableName] = []
          }
        }
        cursor = LastEvaluatedKey
      } while (cursor)
    `
    const imports = "import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'"
    expect(reports(handler(purge, imports))).toEqual([])
  })

  it.each(Object.entries(silent))('%s', (_, body) => {
    expect(reports(handler(body))).toEqual([])
  })

  it('Limit in a loop that feeds the cursor back reads everything', () => {
    const code = handler(program`
      let cursor
      do {
        const page = await client.send(new ScanCommand({ TableName: 'Orders', Limit: 10, ExclusiveStartKey: cursor }))
        cursor = page.LastEvaluatedKey
      } while (cursor)
    `)
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "9:38-9:49 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table.",
      ]
    `)
  })

  it('an index that a wrapper takes is one only where it is given', () => {
    const code = handler(program`
      const scan = async (TableName: string, index: string | null = null) => {
        const params: ScanCommandInput = { TableName }
        if (index) params.IndexName = index
        return client.send(new ScanCommand(params))
      }
      await scan('Orders', 'openOrders')
      await scan('Users')
    `)
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "13:7-13:11 scan: Scan of \`Users\` runs on each call of the Lambda handler (scan ← handler): it reads the whole table.",
      ]
    `)
  })

  it('a filter whose value is put together is quoted with a gap', () => {
    const code = handler(
      "return client.send(new ScanCommand({ TableName: 'Orders', FilterExpression: `${event.path} = :value` }))",
    )
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "7:24-7:35 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table and drops what \`… = :value\` does not match.",
      ]
    `)
  })

  it('a long filter is cut', () => {
    const filter = Array.from({ length: 12 }, (_, index) => `a${String(index)} = :a`).join(' OR ')
    const code = handler(
      `return client.send(new ScanCommand({ TableName: 'Orders', FilterExpression: '${filter}' }))`,
    )
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "7:24-7:35 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table and drops what \`a0 = :a OR a1 = :a OR a2 = :a OR a3 = :a OR a4 = :a OR a5 = …\` does not match.",
      ]
    `)
  })

  it('a table that nothing names is called a table', () => {
    const code = handler(
      'return client.send(new ScanCommand({ TableName: [event.path, 1].join() }))',
    )
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "7:24-7:35 ScanCommand: Scan of a table runs on each call of the Lambda handler (handler): it reads the whole table.",
      ]
    `)
  })
})

describe('what is no request', () => {
  const scan = "client.send(new ScanCommand({ TableName: 'Orders' }))"
  const head = handler('').split('\n').slice(0, 5).join('\n')
  const silent: readonly (readonly [name: string, code: string, filename?: string])[] = [
    [
      'a schedule',
      `import type { ScheduledEvent } from 'aws-lambda'\nexport const handler = async (event: ScheduledEvent) => ${scan}`,
    ],
    [
      'a queue',
      `import type { SQSEvent } from 'aws-lambda'\nexport const handler = async (event: SQSEvent) => ${scan}`,
    ],
    [
      'a stream',
      `import type { DynamoDBStreamEvent } from 'aws-lambda'\nexport const handler = async (event: DynamoDBStreamEvent) => ${scan}`,
    ],
    ['a program', `async function main() {\n  await ${scan}\n}\nvoid main()`],
    [
      'a script',
      `export async function handler(event: APIGatewayProxyEvent) {\n  return ${scan}\n}`,
      'scripts/backfill.ts',
    ],
    [
      'a migration',
      `export async function handler(event: APIGatewayProxyEvent) {\n  return ${scan}\n}`,
      'src/migrations/0001-orders.ts',
    ],
    [
      'a test',
      `export async function handler(event: APIGatewayProxyEvent) {\n  return ${scan}\n}`,
      'src/orders.test.ts',
    ],
    ['a library', `export async function all() {\n  return ${scan}\n}`],
  ]
  it.each(silent)('%s', (_, code, filename = 'src/orders.ts') => {
    expect(reports(`${head}\n${code}\n`, { filename })).toEqual([])
  })

  it('a library, with checkLibraries', () => {
    const code = `${head}\nexport async function all() {\n  return ${scan}\n}\n`
    expect(reports(code, { options: [{ checkLibraries: true }] })).toMatchInlineSnapshot(`
      [
        "7:26-7:37 ScanCommand: Scan of \`Orders\` (all) reads the whole table.",
      ]
    `)
  })

  it('a schedule, with checkLibraries', () => {
    const code = `${head}\nimport type { ScheduledEvent } from 'aws-lambda'\nexport const handler = async (event: ScheduledEvent) => ${scan}\n`
    expect(reports(code, { options: [{ checkLibraries: true }] })).toEqual([])
  })

  it('the same names of other services', () => {
    const code = program`
      import { createClient } from 'redis'
      import type { APIGatewayProxyEvent } from 'aws-lambda'
      // Not DynamoDB.
      const redis = createClient()
      export const handler = async (event: APIGatewayProxyEvent) => redis.scan(0, { MATCH: event.path })
    `
    expect(reports(code)).toEqual([])
  })
})

describe('settings', () => {
  const scan = handler("return client.send(new ScanCommand({ TableName: 'Orders' }))")
  const sized = { partitionKey: 'id', items: 2_000_000, averageItemBytes: 600 }

  it('a table that is small is read whole', () => {
    const settings = { tables: { Orders: { partitionKey: 'id', small: true } } }
    expect(reports(scan, { settings })).toEqual([])
  })

  it('the size of the table gives the cost', () => {
    expect(reports(scan, { settings: { tables: { Orders: sized } } })).toMatchInlineSnapshot(`
      [
        "7:24-7:35 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the first 1 MB of 1.1 GB; all of it would be 146,485 read units or $0.018 a call, $18,311 for a million calls.",
      ]
    `)
  })

  it('the price of a read unit is a setting', () => {
    const settings = { tables: { Orders: sized }, prices: { readPerMillion: 0.25 } }
    expect(reports(scan, { settings })).toMatchInlineSnapshot(`
      [
        "7:24-7:35 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the first 1 MB of 1.1 GB; all of it would be 146,485 read units or $0.037 a call, $36,621 for a million calls.",
      ]
    `)
  })

  it('small sums keep two digits', () => {
    const settings = { tables: { Orders: { ...sized, items: 2000 } } }
    expect(reports(scan, { settings })).toMatchInlineSnapshot(`
      [
        "7:24-7:35 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the first 1 MB of 1.1 MB; all of it would be 147 read units or $0.000018 a call, $18 for a million calls.",
      ]
    `)
  })

  it('a paginator reads it whole', () => {
    const code = handler(
      "for await (const page of paginateScan({ client }, { TableName: 'Orders' })) return page",
    ).replace('ScanCommand }', 'ScanCommand, paginateScan }')
    expect(reports(code, { settings: { tables: { Orders: sized } } })).toMatchInlineSnapshot(`
      [
        "7:26-7:38 paginateScan: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table, 146,485 read units or $0.018 a call, $18,311 for a million calls.",
      ]
    `)
  })

  it('half a size gives no cost', () => {
    const settings = { tables: { Orders: { partitionKey: 'id', items: 2_000_000 } } }
    expect(reports(scan, { settings })).toMatchInlineSnapshot(`
      [
        "7:24-7:35 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table.",
      ]
    `)
  })

  it('a table behind an environment variable goes by its name', () => {
    const code = handler(
      'return client.send(new ScanCommand({ TableName: process.env.ORDERS_TABLE }))',
    )
    expect(reports(code, { settings: { tables: { ORDERS_TABLE: sized } } })).toMatchInlineSnapshot(`
      [
        "7:24-7:35 ScanCommand: Scan of \`ORDERS_TABLE\` runs on each call of the Lambda handler (handler): it reads the first 1 MB of 1.1 GB; all of it would be 146,485 read units or $0.018 a call, $18,311 for a million calls.",
      ]
    `)
  })

  const filtered = handler(program`
    return client.send(
      new ScanCommand({
        TableName: 'Orders',
        FilterExpression: 'customerId = :customer AND paid = :paid',
        ExpressionAttributeValues: { ':customer': event.path, ':paid': true },
      }),
    )
  `)

  it('an index that the filter fixes is named', () => {
    const settings = {
      tables: {
        Orders: { ...sized, indexes: { byCustomer: { partitionKey: 'customerId' } } },
      },
    }
    expect(reports(filtered, { settings })).toMatchInlineSnapshot(`
      [
        "8:7-8:18 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the first 1 MB of 1.1 GB and drops what \`customerId = :customer AND paid = :paid\` does not match; all of it would be 146,485 read units or $0.018 a call, $18,311 for a million calls. Index \`byCustomer\` has this key.",
      ]
    `)
  })

  it('so is the table, where the filter fixes its key', () => {
    const settings = { tables: { Orders: { partitionKey: 'customerId', sortKey: 'id' } } }
    expect(reports(filtered, { settings })).toMatchInlineSnapshot(`
      [
        "8:7-8:18 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table and drops what \`customerId = :customer AND paid = :paid\` does not match. The table has this key.",
      ]
    `)
  })

  it('an index that is keyed by something else is not', () => {
    const settings = {
      tables: { Orders: { partitionKey: 'id', indexes: { byDay: { partitionKey: 'day' } } } },
    }
    expect(reports(filtered, { settings })).toMatchInlineSnapshot(`
      [
        "8:7-8:18 ScanCommand: Scan of \`Orders\` runs on each call of the Lambda handler (handler): it reads the whole table and drops what \`customerId = :customer AND paid = :paid\` does not match.",
      ]
    `)
  })
})

describe('items that are all sent', () => {
  const subscribers = (body: string, request = "{ TableName: 'Subscribers' }") => program`
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
    import { DynamoDBDocumentClient, paginateScan, ScanCommand } from '@aws-sdk/lib-dynamodb'
    import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'
    import express from 'express'

    const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
    const mails = new SESClient({})
    const app = express()

    async function addresses() {
      const found = []
      for await (const page of paginateScan({ client }, ${request})) {
        found.push(...(page.Items ?? []).map(({ address }) => address))
      }
      return found
    }

    async function send(to, subject) {
      await mails.send(new SendEmailCommand({ Destination: { ToAddresses: [to] }, Subject: subject }))
    }

    app.post('/news', async (request, response) => {
      const all = await addresses()
      ${body}
      response.sendStatus(204)
    })
  `

  it('are a broadcast', () => {
    expect(
      reports(subscribers('await Promise.all(all.map((to) => send(to, request.body.subject)))')),
    ).toEqual([])
    expect(reports(subscribers('for (const to of all) await send(to, "news")'))).toEqual([])
  })

  it.each([
    ['only some are sent to', 'for (const to of all.filter((a) => a.paid)) await send(to, "news")'],
    ['one is sent to', 'await send(all.find((a) => a === request.body.to), "news")'],
    ['what is sent says nothing of them', 'await send(request.body.to, "news")'],
    ['nothing is sent', 'response.json(all)'],
  ])('%s', (_, body) => {
    expect(reports(subscribers(body))).toHaveLength(1)
  })

  it('a filter drops some', () => {
    const request = `{
      TableName: 'Subscribers',
      FilterExpression: 'topic = :t',
      ExpressionAttributeValues: { ':t': 'news' },
    }`
    const body = 'for (const to of all) await send(to, "news")'
    expect(reports(subscribers(body, request))).toHaveLength(1)
  })

  it('one page is not all of them', () => {
    const code = program`
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
      import sendgrid from '@sendgrid/mail'
      import express from 'express'

      const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
      const app = express()

      app.post('/news', async (request, response) => {
        const { Items } = await client.send(new ScanCommand({ TableName: 'Subscribers' }))
        await sendgrid.send({ to: Items.map(({ address }) => address), text: request.body.text })
        response.sendStatus(204)
      })
    `
    expect(reports(code)).toHaveLength(1)
  })
})

describe('an export', () => {
  const exported = (body: string) => program`
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
    import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
    import express from 'express'

    const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
    const app = express()

    app.get('/orders.csv', async (request, response) => {
      for await (const page of paginateScan({ client }, { TableName: 'Orders' })) {
        ${body}
      }
      response.end()
    })
  `

  it('writes each page to a stream as it comes', () => {
    expect(
      reports(exported('for (const { id, total } of page.Items) response.write(id + "," + total)')),
    ).toEqual([])
  })

  it('that only counts its pages is none', () => {
    expect(reports(exported('response.write(String(page.Count))'))).toHaveLength(1)
  })
})

describe('what a method kept in its object', () => {
  const built = (body: string) => program`
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
    import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
    import { Hono } from 'hono'

    const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
    const app = new Hono()

    class Builder {
      params: Record<string, unknown> = {}
      table(name: string) {
        this.params.TableName = name
        return this
      }
      filter(text: string) {
        this.params.FilterExpression = text
        return this
      }
    }

    class Scanner extends Builder {
      async scan() {
        const { Items } = await client.send(new ScanCommand(this.params))
        return Items
      }
    }

    ${body}

    export default app
  `

  it('belongs to whoever calls both', () => {
    const code =
      built(`app.get('/orders', async (c) => c.json(await new Scanner().table('Orders').scan()))
    app.get('/users', async (c) => c.json(await new Scanner().table('Users').filter('a = :a').scan()))`)
    expect(reports(code)).toMatchInlineSnapshot(`
      [
        "27:76-27:80 scan: Scan of a table runs on each GET /orders (Scanner.scan): it reads the whole table.",
        "28:91-28:95 scan: Scan of a table runs on each GET /users (Scanner.scan): it reads the whole table.",
      ]
    `)
  })

  it("is nobody's where nobody does", () => {
    expect(reports(built(`app.get('/orders', (c) => c.json([]))`))).toEqual([])
  })
})

it('a wrapper called by call and apply', () => {
  const code = program`
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
    import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
    import { Hono } from 'hono'

    const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
    const app = new Hono()
    const all = (TableName: string) => client.send(new ScanCommand({ TableName }))

    app.get('/orders', async (c) => c.json(await all.call(null, 'Orders')))
    app.get('/users', async (c) => c.json(await all.apply(null, ['Users'])))

    export default app
  `
  expect(reports(code)).toMatchInlineSnapshot(`
    [
      "9:50-9:54 call: Scan of \`Orders\` runs on each GET /orders (all): it reads the whole table.",
      "10:49-10:54 apply: Scan of \`Users\` runs on each GET /users (all): it reads the whole table.",
    ]
  `)
})
