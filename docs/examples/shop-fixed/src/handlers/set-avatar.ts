import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json, parseBody } from '../http'
import { userKey } from '../keys'

export const handler: APIGatewayProxyHandler = async (event) => {
  const userId = event.pathParameters?.userId
  const { avatarUrl } = parseBody<{ avatarUrl: string }>(event.body)
  if (!userId || !avatarUrl) return json(400, { message: 'userId and avatarUrl are required' })

  await documents.send(
    new UpdateCommand({
      TableName: config.appTable,
      Key: { PK: userKey(userId), SK: 'PROFILE' },
      UpdateExpression: 'SET avatarUrl = :url',
      ConditionExpression: 'attribute_exists(PK)',
      ExpressionAttributeValues: { ':url': avatarUrl },
    }),
  )

  return json(204, null)
}
