import { randomUUID } from 'node:crypto'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json, parseBody } from '../http'

const HALF_AN_HOUR = 30 * 60

export const handler: APIGatewayProxyHandler = async (event) => {
  const { userId } = parseBody<{ userId: string }>(event.body)
  if (!userId) return json(400, { message: 'userId is required' })

  const sessionId = randomUUID()
  await documents.send(
    new PutCommand({
      TableName: config.appTable,
      Item: {
        PK: `SESSION#${sessionId}`,
        SK: 'SESSION',
        userId,
        expiresAt: Math.floor(Date.now() / 1000) + HALF_AN_HOUR,
      },
    }),
  )

  return json(201, { sessionId })
}
