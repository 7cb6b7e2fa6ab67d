import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json } from '../http'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const appTable = process.env.APP_TABLE ?? 'EcommerceApp'

/** Everything the shop keeps about one customer, as the law asks: every kind of item is wanted. */
export const handler: APIGatewayProxyHandler = async (event) => {
  const userId = event.pathParameters?.userId
  if (!userId) return json(400, { message: 'userId is required' })

  const items: Record<string, unknown>[] = []
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: appTable,
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': `USER#${userId}` },
    },
  )
  for await (const page of pages) items.push(...(page.Items ?? []))

  return json(200, { userId, items })
}
