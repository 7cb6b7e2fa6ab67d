import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json } from '../http'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const appTable = process.env.APP_TABLE ?? 'EcommerceApp'

export const handler: APIGatewayProxyHandler = async (event) => {
  const userId = event.pathParameters?.userId
  const since = event.queryStringParameters?.since ?? '2024-02-01'
  if (!userId) return json(400, { message: 'userId is required' })

  const profile = await documents.send(
    new GetCommand({ TableName: appTable, Key: { PK: `USER#${userId}`, SK: 'PROFILE' } }),
  )
  if (!profile.Item) return json(404, { message: 'No such customer' })

  const recent = await documents.send(
    new QueryCommand({
      TableName: appTable,
      KeyConditionExpression: 'PK = :pk AND SK BETWEEN :since AND :sinceEnd',
      ExpressionAttributeValues: {
        ':pk': `USER#${userId}`,
        ':since': `ORDER#${since}`,
        ':sinceEnd': 'ORDER#\uffff',
      },
      ScanIndexForward: false,
      Limit: 10,
    }),
  )

  return json(200, { customer: profile.Item.name, orders: recent.Items ?? [] })
}
