import { PutCommand, TransactGetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { productKey } from '../keys'
import { deleteAll, getAll, putAll } from '../lib/batch'
import type { LegacyOrder, LegacyProduct, Product } from '../models'

const { appTable, productsTable } = config

/** A product and an order in one request, as they were at one moment; undefined where either is missing. */
export async function findWithOrder(
  productId: string,
  orderId: string,
): Promise<{ product: LegacyProduct; order: LegacyOrder } | undefined> {
  const { Responses = [] } = await documents.send(
    new TransactGetCommand({
      TransactItems: [
        { Get: { TableName: productsTable, Key: { productId } } },
        { Get: { TableName: config.ordersTable, Key: { orderId } } },
      ],
    }),
  )
  const [product, order] = Responses.map(({ Item }) => Item)
  return product && order
    ? { product: product as LegacyProduct, order: order as LegacyOrder }
    : undefined
}

export async function listCategory(category: string): Promise<LegacyProduct[]> {
  const products: LegacyProduct[] = []
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: productsTable,
      IndexName: 'byCategory',
      KeyConditionExpression: 'category = :category',
      ExpressionAttributeValues: { ':category': category },
    },
  )
  for await (const page of pages) products.push(...((page.Items ?? []) as LegacyProduct[]))
  return products
}

export async function insert(
  productId: string,
  product: Omit<LegacyProduct, 'productId'>,
): Promise<void> {
  await documents.send(
    new PutCommand({
      TableName: productsTable,
      Item: { ...product, productId },
      ConditionExpression: 'attribute_not_exists(productId)',
    }),
  )
}

export async function getMany(productIds: readonly string[]): Promise<Product[]> {
  const keys = [...new Set(productIds)].map((id) => ({ PK: productKey(id), SK: 'DETAILS' }))
  const found = (await getAll(appTable, keys)) as Product[]
  const byKey = new Map(found.map((product) => [product.PK, product]))
  return productIds.flatMap((id) => byKey.get(productKey(id)) ?? [])
}

export async function getPrices(productIds: readonly string[]): Promise<Record<string, number>> {
  const keys = [...new Set(productIds)].map((productId) => ({ productId }))
  const products = (await getAll(productsTable, keys)) as LegacyProduct[]
  return Object.fromEntries(products.map(({ productId, price }) => [productId, price]))
}

/** What an editor changed, written back whole. */
export async function save(product: LegacyProduct): Promise<void> {
  await documents.send(new PutCommand({ TableName: productsTable, Item: product }))
}

/** Takes a supplier's list over into both catalogues. */
export async function importAll(products: readonly LegacyProduct[]): Promise<void> {
  await putAll(
    productsTable,
    products.map((product) => ({ ...product })),
  )
  await putAll(
    appTable,
    products.map((product) => ({ ...product, PK: productKey(product.productId), SK: 'DETAILS' })),
  )
}

export async function discontinue(productIds: readonly string[]): Promise<void> {
  const keys = [...new Set(productIds)].map((productId) => ({ productId }))
  await deleteAll(productsTable, keys)
}
