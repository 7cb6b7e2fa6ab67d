// options: {"prefer-single-table": [{"separate": [], "lookups": ["Settings"]}]}
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { Hono } from 'hono'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const app = new Hono()

async function item(TableName: string, id: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  return Item
}

/** A lamp and the room that it is in, which are always shown together. */
app.get('/rooms/:room/lamps/:lamp', async (c) => {
  const lamp = await item('Lamps', c.req.param('lamp'))
//                   ^^^^ prefer-single-table: `Lamps` and `Rooms` are read together by key on each GET /rooms/:room/lamps/:lamp
  const room = await item('Rooms', c.req.param('room'))
  const settings = await item('Settings', c.req.param('room'))
  return c.json({ lamp, room, settings })
})

/** The room that a lamp says it is in: a join. */
app.get('/lamps/:lamp', async (c) => {
  const lamp = await item('Lamps', c.req.param('lamp'))
  if (!lamp) return c.notFound()
  return c.json({ lamp, room: await item('Rooms', lamp.roomId) })
})

export default app
