import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json } from '../http'
import type { LegacyOrder } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const ordersTable = process.env.ORDERS_TABLE ?? 'Orders'

async function loadOrder(orderId: string): Promise<LegacyOrder | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: ordersTable, Key: { orderId }, ConsistentRead: true }),
  )
  return Item as LegacyOrder | undefined
}

async function markCancelled(orderId: string): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName: ordersTable,
      Key: { orderId },
      UpdateExpression: 'SET #status = :cancelled, cancelledAt = :now',
      ConditionExpression: '#status = :pending',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':cancelled': 'cancelled',
        ':now': new Date().toISOString(),
        ':pending': 'pending',
      },
    }),
  )
}

export const handler: APIGatewayProxyHandler = async (event) => {
  const orderId = event.pathParameters?.orderId
  if (!orderId) return json(400, { message: 'orderId is required' })

  const order = await loadOrder(orderId)
  if (!order) return json(404, { message: 'No such order' })
  if (order.status !== 'pending') {
    return json(409, { message: `The order is already ${order.status}` })
  }

  await markCancelled(orderId)
  return json(200, { orderId, status: 'cancelled' })
}
