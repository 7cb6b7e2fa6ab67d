import { randomUUID } from 'node:crypto'
import { HttpError } from '../http'
import { orderSortKey, userKey } from '../keys'
import type { OrderLine } from '../models'
import * as orders from '../repositories/orders'

interface Basket {
  userId: string
  email: string
  lines: OrderLine[]
}

export async function startCheckout({ userId, email, lines }: Basket) {
  if (lines.length === 0) throw new HttpError(400, 'The basket is empty')

  const createdAt = new Date().toISOString()
  const orderId = randomUUID()
  const total = lines.reduce((sum, line) => sum + line.price * line.quantity, 0)

  await orders.insert({
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
    total,
    lines,
    createdAt,
  })

  return { orderId, total }
}
