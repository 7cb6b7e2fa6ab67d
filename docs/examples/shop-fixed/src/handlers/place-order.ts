import { randomUUID } from 'node:crypto'
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json, parseBody } from '../http'
import { orderSortKey, productKey, userKey } from '../keys'
import type { Order, OrderLine } from '../models'

interface PlaceOrderBody {
  userId: string
  email: string
  lines: OrderLine[]
}

const MAX_LINES = 25

export const handler: APIGatewayProxyHandler = async (event) => {
  const { userId, email, lines } = parseBody<PlaceOrderBody>(event.body)
  if (!userId || !email || !lines?.length) {
    return json(400, { message: 'userId, email and lines are required' })
  }
  if (lines.length > MAX_LINES) return json(400, { message: `At most ${MAX_LINES} lines` })

  const orderId = randomUUID()
  const createdAt = new Date().toISOString()
  const order: Order = {
    PK: userKey(userId),
    SK: orderSortKey(createdAt, orderId),
    GSI1PK: `ORDER#${orderId}`,
    GSI1SK: `ORDER#${orderId}`,
    activeSince: createdAt,
    entityType: 'Order',
    orderId,
    userId,
    email,
    status: 'pending',
    total: lines.reduce((sum, line) => sum + line.price * line.quantity, 0),
    lines,
    createdAt,
  }

  try {
    await documents.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Put: {
              TableName: config.appTable,
              Item: order,
              ConditionExpression: 'attribute_not_exists(PK)',
            },
          },
          ...lines.map((line) => ({
            Update: {
              TableName: config.appTable,
              Key: { PK: productKey(line.productId), SK: 'DETAILS' },
              UpdateExpression: 'SET stock = stock - :quantity',
              ConditionExpression: 'stock >= :quantity',
              ExpressionAttributeValues: { ':quantity': line.quantity },
            },
          })),
        ],
      }),
    )
  } catch (error) {
    if (error instanceof TransactionCanceledException) {
      return json(409, { message: 'Something in the basket has just sold out' })
    }
    throw error
  }

  return json(201, { orderId })
}
