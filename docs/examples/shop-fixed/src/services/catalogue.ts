import { randomUUID } from 'node:crypto'
import { HttpError } from '../http'
import type { LegacyProduct } from '../models'
import * as legacyOrders from '../repositories/legacy-orders'
import * as products from '../repositories/products'

type NewProduct = Omit<LegacyProduct, 'productId'>

export async function createProduct(product: NewProduct) {
  const productId = randomUUID()
  await products.insert(productId, product)
  return { productId }
}

export async function orderPage(productId: string, orderId: string) {
  const [product, order] = await Promise.all([
    products.findLegacy(productId),
    legacyOrders.findById(orderId),
  ])
  if (!product || !order) throw new HttpError(404, 'Not found')
  return { product, order }
}
