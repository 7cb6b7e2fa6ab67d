import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json } from '../http'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const appTable = process.env.APP_TABLE ?? 'EcommerceApp'

export const handler: APIGatewayProxyHandler = async (event) => {
  const userId = event.pathParameters?.userId
  if (!userId) return json(400, { message: 'userId is required' })

  const Items = []
  for await (const page of paginateQuery(
    { client: documents },
    {
      TableName: appTable,
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': `USER#${userId}` },
    },
  )) {
    Items.push(...(page.Items ?? []))
  }

  return json(200, { orders: Items })
}
