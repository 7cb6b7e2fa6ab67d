import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json } from '../http'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const appTable = process.env.APP_TABLE ?? 'EcommerceApp'

export const handler: APIGatewayProxyHandler = async (event) => {
  const userId = event.pathParameters?.userId
  const { from = '2024-01-01', to = '9999', cursor } = event.queryStringParameters ?? {}
  if (!userId) return json(400, { message: 'userId is required' })

  const page = await documents.send(
    new QueryCommand({
      TableName: appTable,
      KeyConditionExpression: 'PK = :pk AND SK BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': `USER#${userId}`,
        ':from': `ORDER#${from}`,
        ':to': `ORDER#${to}`,
      },
      ExclusiveStartKey: cursor ? JSON.parse(cursor) : undefined,
      Limit: 50,
    }),
  )

  return json(200, { orders: page.Items ?? [], next: page.LastEvaluatedKey ?? null })
}
