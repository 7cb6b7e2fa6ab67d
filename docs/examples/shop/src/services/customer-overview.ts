import { userKey } from '../keys'
import type { Order } from '../models'
import * as orders from '../repositories/orders'

/** The profile and all that hangs on it: every item of the collection is shown. */
export async function customerOverview(userId: string) {
  const everything = await orders.readCollection(userKey(userId))
  return { userId, items: everything }
}

export async function totalSpent(userId: string): Promise<number> {
  const items = await orders.readCollection(userKey(userId))
  const placed = items.filter((item) => item.SK.startsWith('ORDER#')) as Order[]
  return placed.reduce((sum, order) => sum + order.total, 0)
}

export async function ordersSince(userId: string, date: string) {
  return orders.queryAfter(userKey(userId), `ORDER#${date}`)
}
