import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { json } from '../http'
import type { LegacyUser } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const email = event.queryStringParameters?.email?.toLowerCase()
  if (!email) return json(400, { message: 'email is required' })

  const params: ScanCommandInput = {
    TableName: process.env.USERS_TABLE ?? 'Users',
    FilterExpression: 'email = :email',
    ExpressionAttributeValues: { ':email': email },
  }
  const result = await documents.send(new ScanCommand(params))
  const user = result.Items?.[0] as LegacyUser | undefined

  return user
    ? json(200, { userId: user.userId, name: user.name })
    : json(404, { message: 'Unknown' })
}
