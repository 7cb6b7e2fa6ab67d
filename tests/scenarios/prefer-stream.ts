import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { Hono } from 'hono'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const topic = new SNSClient({})
const app = new Hono()

const announce = (text: string) =>
  topic.send(new PublishCommand({ TopicArn: process.env.LAMPS_TOPIC, Message: text }))

/** A new lamp, and a message about it. */
app.post('/lamps', async (c) => {
  const lamp = await c.req.json()
  await documents.send(new PutCommand({ TableName: 'Lamps', Item: lamp }))
  await announce(JSON.stringify(lamp))
//      ^^^^^^^^ prefer-stream: SNS is told of what line
  return c.json(lamp)
})

export default app
