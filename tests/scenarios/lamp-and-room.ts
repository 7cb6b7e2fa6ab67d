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

/** A room and what hangs on its walls, which are always shown together. */
app.get('/rooms/:room', async (c) => {
  const id = c.req.param('room')
  const [room, walls, settings] = await Promise.all([
    item('Rooms', id),
//  ^^^^ prefer-single-table: `Rooms` and `Walls` are read together on each GET /rooms/:room
    item('Walls', id),
    item('Settings', id),
  ])
  return c.json({ room, walls, settings })
})

/** A lamp and a room, each by a key of its own. */
app.get('/rooms/:room/lamps/:lamp', async (c) => {
  const lamp = await item('Lamps', c.req.param('lamp'))
  return c.json({ lamp, room: await item('Rooms', c.req.param('room')) })
})

/** The room that a lamp says it is in: a join. */
app.get('/lamps/:lamp', async (c) => {
  const lamp = await item('Lamps', c.req.param('lamp'))
  if (!lamp) return c.notFound()
  const room = await item('Rooms', lamp.roomId)
//                   ^^^^ no-application-join: This GetItem joins `Rooms` to `Lamps`, read in line 34, by `roomId`
  return c.json({ lamp, room })
})

export default app
