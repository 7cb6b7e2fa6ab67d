import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json, parseBody } from '../http'
import type { LegacyOrder, OrderLine } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TABLE = process.env.ORDERS_TABLE ?? 'Orders'

interface CreateOrderBody {
  userId: string
  items: OrderLine[]
}

export const handler: APIGatewayProxyHandler = async (event) => {
  const { userId, items } = parseBody<CreateOrderBody>(event.body)
  if (!userId || !items?.length) return json(400, { message: 'userId and items are required' })

  const order: LegacyOrder = {
    orderId: randomUUID(),
    userId,
    items,
    status: 'pending',
    total: items.reduce((sum, item) => sum + item.price * item.quantity, 0),
    createdAt: new Date().toISOString(),
  }
  await documents.send(
    new PutCommand({
      TableName: TABLE,
      Item: order,
      ConditionExpression: 'attribute_not_exists(orderId)',
    }),
  )

  return json(201, order)
}
