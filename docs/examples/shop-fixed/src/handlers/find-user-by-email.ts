import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { json } from '../http'
import type { LegacyUser } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const email = event.queryStringParameters?.email?.toLowerCase()
  if (!email) return json(400, { message: 'email is required' })

  const params: QueryCommandInput = {
    TableName: process.env.USERS_TABLE ?? 'Users',
    IndexName: 'byEmail',
    KeyConditionExpression: 'email = :email',
    ExpressionAttributeValues: { ':email': email },
  }
  const result = await documents.send(new QueryCommand(params))
  const user = result.Items?.[0] as LegacyUser | undefined

  return user
    ? json(200, { userId: user.userId, name: user.name })
    : json(404, { message: 'Unknown' })
}
