import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json } from '../http'
import type { LegacyOrder } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TABLE = process.env.ORDERS_TABLE ?? 'Orders'

export const handler: APIGatewayProxyHandler = async () => {
  const response = await documents.send(
    new ScanCommand({
      TableName: TABLE,
      FilterExpression: 'status = :status',
      ExpressionAttributeValues: { ':status': 'paid' },
    }),
  )
  const orders = (response.Items ?? []) as LegacyOrder[]

  return json(200, { orders, count: orders.length })
}
