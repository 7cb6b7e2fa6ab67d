import { HttpError } from '../http'
import type { LegacyProduct } from '../models'
import * as legacyOrders from '../repositories/legacy-orders'
import * as products from '../repositories/products'

type NewProduct = Omit<LegacyProduct, 'productId'>

/** Articles of the old catalogue carry a number, counted upwards within their category. */
export async function createProduct(product: NewProduct) {
  const siblings = await products.listCategory(product.category)
  const highest = Math.max(0, ...siblings.map((sibling) => Number(sibling.productId)))
  const number = highest + 1

  await products.insert(String(number), product)
  return { productId: String(number) }
}

export async function orderPage(productId: string, orderId: string) {
  const [product, order] = await Promise.all([
    products.findLegacy(productId),
    legacyOrders.findById(orderId),
  ])
  if (!product || !order) throw new HttpError(404, 'Not found')
  return { product, order }
}
