import { userKey } from '../keys'
import * as orders from '../repositories/orders'

/** The profile and all that hangs on it: every item of the collection is shown. */
export async function customerOverview(userId: string) {
  const everything = await orders.readCollection(userKey(userId))
  return { userId, items: everything }
}

export async function totalSpent(userId: string): Promise<number> {
  const placed = await orders.readOrders(userKey(userId))
  return placed.reduce((sum, order) => sum + order.total, 0)
}

export async function ordersSince(userId: string, date: string) {
  return orders.ordersAfter(userId, date)
}
