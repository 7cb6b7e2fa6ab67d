// filename: src/sessions.ts
// The low-level client: AttributeValues by hand, and by marshall.
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import { Hono } from 'hono'

const client = new DynamoDBClient({})
const TableName = 'Sessions'
const app = new Hono()

const keyOf = (id: string): Record<string, AttributeValue> => ({ id: { S: id } })

async function load(id: string) {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(id) }))
  return Item ? unmarshall(Item) : undefined
}

app.get('/sessions', async (c) => {
  const { Items = [] } = await client.send(
    new ScanCommand({
//      ^^^^^^^^^^^ no-scan-in-handler: Scan of `Sessions` runs on each GET /sessions (in the handler itself): it reads the whole table and drops what `expiresAt > :now` does not match.
      TableName,
      FilterExpression: 'expiresAt > :now',
      ExpressionAttributeValues: { ':now': { N: String(Math.floor(Date.now() / 1000)) } },
    }),
  )
  return c.json(Items.map((item) => unmarshall(item)))
})

app.post('/sessions/:id/requests', async (c) => {
  const id = c.req.param('id')
  const session = await client.send(new GetItemCommand({ TableName, Key: keyOf(id) }))
  const count = parseInt(session.Item?.requests?.N ?? '0', 10)
  await client.send(
    new UpdateItemCommand({
//      ^^^^^^^^^^^^^^^^^ no-unconditional-read-modify-write: `requests` of `Sessions` is read in line 39, and a value derived from that is written back with no condition (in the handler itself): of two requests at once, one is lost.
      TableName,
      Key: keyOf(id),
      UpdateExpression: 'SET requests = :count',
      ExpressionAttributeValues: { ':count': { N: `${count + 1}` } },
    }),
  )
  return c.body(null, 204)
})

app.put('/sessions/:id', async (c) => {
  const session = await load(c.req.param('id'))
  if (!session) return c.notFound()
  const next = { ...session, ...(await c.req.json()) }
  await client.send(new PutItemCommand({ TableName, Item: marshall(next) }))
//                      ^^^^^^^^^^^^^^ no-unconditional-read-modify-write: The item read from `Sessions` in line 54 is put back changed with no condition (in the handler itself): what another request wrote in between is lost.
  return c.json(next)
})

app.delete('/sessions/:id', async (c) => {
  const id = c.req.param('id')
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: keyOf(id),
      UpdateExpression: 'SET revoked = :yes',
      ConditionExpression: 'attribute_exists(id)',
      ExpressionAttributeValues: marshall({ ':yes': true }),
    }),
  )
  return c.body(null, 204)
})

export default app
