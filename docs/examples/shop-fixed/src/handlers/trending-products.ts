import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { config } from '../config'
import { json } from '../http'

const client = new DynamoDBClient({ region: process.env.AWS_REGION })
const documents = DynamoDBDocumentClient.from(client)

export const handler: APIGatewayProxyHandler = async (event) => {
  const category = event.pathParameters?.category
  if (!category) return json(400, { message: 'category is required' })

  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: config.appTable,
      IndexName: 'GSI1',
      KeyConditionExpression: 'GSI1PK = :category',
      ExpressionAttributeValues: { ':category': `CATEGORY#${category}` },
      ScanIndexForward: false,
      Limit: 12,
    }),
  )

  return json(200, { products: Items })
}
