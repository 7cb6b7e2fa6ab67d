import { randomUUID } from 'node:crypto'
import { HttpError } from '../http'
import type { LegacyProduct } from '../models'
import * as products from '../repositories/products'

type NewProduct = Omit<LegacyProduct, 'productId'>

export async function createProduct(product: NewProduct) {
  const productId = randomUUID()
  await products.insert(productId, product)
  return { productId }
}

export async function orderPage(productId: string, orderId: string) {
  const found = await products.findWithOrder(productId, orderId)
  if (!found) throw new HttpError(404, 'Not found')
  return found
}
