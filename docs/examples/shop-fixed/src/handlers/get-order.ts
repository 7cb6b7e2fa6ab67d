import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json } from '../http'

export const handler: APIGatewayProxyHandler = async (event) => {
  const orderId = event.pathParameters?.orderId
  if (!orderId) return json(400, { message: 'orderId is required' })

  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: config.appTable,
      IndexName: 'GSI1',
      KeyConditionExpression: 'GSI1PK = :order',
      ExpressionAttributeValues: { ':order': `ORDER#${orderId}` },
      Limit: 1,
    }),
  )

  const [order] = Items
  return order ? json(200, order) : json(404, { message: 'No such order' })
}
