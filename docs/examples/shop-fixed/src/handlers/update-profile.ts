import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json, parseBody } from '../http'
import type { Profile } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const appTable = process.env.APP_TABLE ?? 'EcommerceApp'

export const handler: APIGatewayProxyHandler = async (event) => {
  const userId = event.pathParameters?.userId
  if (!userId) return json(400, { message: 'userId is required' })
  const { name, avatarUrl } = parseBody<Pick<Profile, 'name' | 'avatarUrl'>>(event.body)
  const changes = { ...(name && { name }), ...(avatarUrl && { avatarUrl }) }

  const { Item } = await documents.send(
    new GetCommand({ TableName: appTable, Key: { PK: `USER#${userId}`, SK: 'PROFILE' } }),
  )
  if (!Item) return json(404, { message: 'No such customer' })

  const updated = { ...Item, ...changes, updatedAt: new Date().toISOString() }
  await documents.send(
    new PutCommand({
      TableName: appTable,
      Item: updated,
      ConditionExpression: 'attribute_not_exists(updatedAt) OR updatedAt = :readUpdatedAt',
      ExpressionAttributeValues: { ':readUpdatedAt': Item.updatedAt ?? null },
    }),
  )

  return json(200, updated)
}
