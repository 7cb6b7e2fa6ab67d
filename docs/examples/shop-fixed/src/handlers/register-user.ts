import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json, parseBody } from '../http'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const usersTable = process.env.USERS_TABLE ?? 'Users'

interface RegisterBody {
  email: string
  name: string
  country: string
}

export const handler: APIGatewayProxyHandler = async (event) => {
  const { email, name, country } = parseBody<RegisterBody>(event.body)
  if (!email || !name) return json(400, { message: 'email and name are required' })

  const user = {
    userId: `U${randomUUID()}`,
    email: email.toLowerCase(),
    name,
    country: country ?? 'unknown',
    loyaltyPoints: 0,
    createdAt: new Date().toISOString(),
  }
  await documents.send(
    new PutCommand({
      TableName: usersTable,
      Item: user,
      ConditionExpression: 'attribute_not_exists(userId)',
    }),
  )

  return json(201, user)
}
