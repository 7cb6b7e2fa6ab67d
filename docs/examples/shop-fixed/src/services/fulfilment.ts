import { HttpError } from '../http'
import * as inventory from '../repositories/inventory'
import * as legacyOrders from '../repositories/legacy-orders'

export async function shipOrder(orderId: string): Promise<void> {
  const order = await legacyOrders.findById(orderId)
  if (!order) throw new HttpError(404, 'No such order')
  if (order.status !== 'paid') throw new HttpError(409, 'Only paid orders are shipped')

  await legacyOrders.changeStatus(orderId, 'paid', 'shipped')
}

/** A parcel can be called back as long as the order is still on its way. */
export async function cancelShipment(orderId: string): Promise<void> {
  const order = await legacyOrders.findById(orderId)
  if (order?.status !== 'shipped') throw new HttpError(409, 'The order is not on its way')

  await legacyOrders.changeStatus(orderId, 'shipped', 'cancelled')
}

export async function restock(productId: string, quantity: number): Promise<void> {
  await inventory.addStock(productId, quantity)
}
