import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json, parseBody } from '../http'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const ordersTable = process.env.ORDERS_TABLE ?? 'Orders'

export const handler: APIGatewayProxyHandler = async (event) => {
  const orderId = event.pathParameters?.orderId
  const { paymentId } = parseBody<{ paymentId: string }>(event.body)
  if (!orderId || !paymentId) return json(400, { message: 'orderId and paymentId are required' })

  const { Item: order } = await documents.send(
    new GetCommand({ TableName: ordersTable, Key: { orderId } }),
  )
  if (!order) return json(404, { message: 'No such order' })
  if (order.status !== 'pending') return json(409, { message: 'The order cannot be paid' })

  await documents.send(
    new UpdateCommand({
      TableName: ordersTable,
      Key: { orderId },
      UpdateExpression: 'SET #status = :paid, paymentId = :paymentId, activeSince = :now',
      ConditionExpression: '#status = :pending',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':now': new Date().toISOString(),
        ':paid': 'paid',
        ':paymentId': paymentId,
        ':pending': 'pending',
      },
    }),
  )

  return json(200, { orderId, status: 'paid' })
}
