// filename: src/app.ts
// A little library of one's own over the client, and the routes that use it.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import Fastify from 'fastify'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

const db = {
  async get(table: string, key: Record<string, unknown>) {
    const { Item } = await documents.send(new GetCommand({ TableName: table, Key: key }))
    return Item ?? null
  },

  async put(table: string, item: Record<string, unknown>) {
    await documents.send(new PutCommand({ TableName: table, Item: item }))
  },

  async all(table: string, filter?: string, values?: Record<string, unknown>) {
    const items = []
    let cursor
    do {
      const page = await documents.send(
        new ScanCommand({
          TableName: table,
          FilterExpression: filter,
          ExpressionAttributeValues: values,
          ExclusiveStartKey: cursor,
        }),
      )
      items.push(...(page.Items ?? []))
      cursor = page.LastEvaluatedKey
    } while (cursor)
    return items
  },

  async set(
    table: string,
    key: Record<string, unknown>,
    name: string,
    value: unknown,
    expected?: unknown,
  ) {
    await documents.send(
      new UpdateCommand({
        TableName: table,
        Key: key,
        UpdateExpression: 'SET #name = :value',
        ConditionExpression: expected === undefined ? undefined : '#name = :expected',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: {
          ':value': value,
          ...(expected === undefined ? {} : { ':expected': expected }),
        },
      }),
    )
  },
}

const app = Fastify({ logger: true })

app.get('/rooms', async () => db.all('Rooms'))
//                               ^^^ no-scan-in-handler: Scan of `Rooms` runs on each GET /rooms (all): it reads the whole table.

app.get<{ Params: { floor: string } }>('/floors/:floor/rooms', async (request) =>
  db.all('Rooms', 'floor = :floor', { ':floor': Number(request.params.floor) }),
//   ^^^ no-scan-in-handler: Scan of `Rooms` runs on each GET /floors/:floor/rooms (all): it reads the whole table and drops what `floor = :floor` does not match.
)

app.post<{ Params: { id: string }; Body: { guest: string } }>(
  '/rooms/:id/guests',
  async (request) => {
    const { id } = request.params
    const room = await db.get('Rooms', { id })
    if (!room) throw new Error('There is no such room.')
    await db.put('Rooms', { ...room, guests: [...room.guests, request.body.guest] })
//           ^^^ no-unconditional-read-modify-write: The item read from `Rooms` in line 80 is put back changed with no condition (put): what another request wrote in between is lost.
    return room
  },
)

app.post<{ Params: { id: string }; Body: { name: string } }>('/rooms/:id/name', async (request) => {
  const { id } = request.params
  const room = await db.get('Rooms', { id })
  if (!room) throw new Error('There is no such room.')
  await db.set('Rooms', { id }, 'label', request.body.name)
})

app.post<{ Params: { id: string } }>('/rooms/:id/cleaning', async (request) => {
  const { id } = request.params
  const room = await db.get('Rooms', { id })
  if (room?.state !== 'vacated') throw new Error('It is in use.')
  await db.set('Rooms', { id }, 'state', 'cleaning', 'vacated')
})

await app.listen({ port: 3000 })
