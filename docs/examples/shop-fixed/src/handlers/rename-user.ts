import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json, parseBody } from '../http'
import type { Profile } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const appTable = process.env.APP_TABLE ?? 'EcommerceApp'

/** Every rename keeps the names a customer had before; two at once must not lose one. */
export const handler: APIGatewayProxyHandler = async (event) => {
  const userId = event.pathParameters?.userId
  const { name } = parseBody<{ name: string }>(event.body)
  if (!userId || !name) return json(400, { message: 'userId and name are required' })

  const key = { PK: `USER#${userId}`, SK: 'PROFILE' }
  const { Item } = await documents.send(new GetCommand({ TableName: appTable, Key: key }))
  const profile = Item as Profile | undefined
  if (!profile) return json(404, { message: 'No such customer' })

  try {
    await documents.send(
      new UpdateCommand({
        TableName: appTable,
        Key: key,
        UpdateExpression: 'SET #name = :name, formerName = :former, version = version + :one',
        ConditionExpression: 'version = :expected',
        ExpressionAttributeNames: { '#name': 'name' },
        ExpressionAttributeValues: {
          ':name': name,
          ':former': profile.name,
          ':expected': profile.version,
          ':one': 1,
        },
      }),
    )
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return json(409, { message: 'The profile was changed meanwhile' })
    }
    throw error
  }

  return json(200, { userId, name })
}
