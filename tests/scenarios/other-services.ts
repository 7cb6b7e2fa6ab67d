// filename: src/handlers/search.ts
// The same names in other libraries: Redis, Kendra, Timestream, a scanner of the project's own.
import { KendraClient, QueryCommand } from '@aws-sdk/client-kendra'
import { QueryCommand as TimestreamQuery, TimestreamQueryClient } from '@aws-sdk/client-timestream-query'
import type { APIGatewayProxyEvent } from 'aws-lambda'
import { createClient } from 'redis'
import { scanner } from './scanner'

const redis = createClient()
const kendra = new KendraClient({})
const timestream = new TimestreamQueryClient({})

export async function handler(event: APIGatewayProxyEvent) {
  const keys = await redis.scan(0, { MATCH: 'order:*' })
  const found = await kendra.send(new QueryCommand({ IndexId: 'index', QueryText: event.path }))
  const rows = await timestream.send(new TimestreamQuery({ QueryString: 'SELECT 1' }))
  const report = await scanner.scan({ target: event.path, Limit: 5 })
  const count = Number(await redis.get('count'))
  await redis.set('count', count + 1)
  return { statusCode: 200, body: JSON.stringify([keys, found, rows, report]) }
}
