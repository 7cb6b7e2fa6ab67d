import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json, parseBody } from '../http'
import { planKey, shardOf } from '../keys'
import type { Profile } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const appTable = process.env.APP_TABLE ?? 'EcommerceApp'

export const handler: APIGatewayProxyHandler = async (event) => {
  const { userId, email, name, plan = 'free' } = parseBody<Profile>(event.body)
  if (!userId || !email || !name) {
    return json(400, { message: 'userId, email and name are required' })
  }

  const existing = await documents.send(
    new GetCommand({ TableName: appTable, Key: { PK: `USER#${userId}`, SK: 'PROFILE' } }),
  )
  if (existing.Item) return json(409, { message: 'This name is taken' })

  const createdAt = new Date().toISOString()
  const profile: Profile = {
    PK: `USER#${userId}`,
    SK: 'PROFILE',
    GSI1PK: planKey(plan, shardOf(userId)),
    GSI1SK: createdAt,
    GSI2PK: `EMAIL#${email.toLowerCase()}`,
    GSI2SK: 'PROFILE',
    userId,
    email,
    name,
    plan,
    version: 1,
    createdAt,
  }
  await documents.send(
    new PutCommand({
      TableName: appTable,
      Item: profile,
      ConditionExpression: 'attribute_not_exists(PK)',
    }),
  )

  return json(201, { userId })
}
