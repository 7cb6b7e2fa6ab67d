import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { productKey } from '../keys'
import { putAll } from '../lib/batch'
import type { LegacyProduct, Product } from '../models'

const { appTable, productsTable } = config

export async function findLegacy(productId: string): Promise<LegacyProduct | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: productsTable, Key: { productId } }),
  )
  return Item as LegacyProduct | undefined
}

export async function listCategory(category: string): Promise<LegacyProduct[]> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: productsTable,
      IndexName: 'byCategory',
      KeyConditionExpression: 'category = :category',
      ExpressionAttributeValues: { ':category': category },
    }),
  )
  return Items as LegacyProduct[]
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
  const found = await Promise.all(
    productIds.map((productId) => {
      const Key = { PK: productKey(productId), SK: 'DETAILS' }
      return documents.send(new GetCommand({ TableName: appTable, Key }))
    }),
  )
  return found.flatMap(({ Item }) => (Item ? [Item as Product] : []))
}

export async function getPrices(productIds: readonly string[]): Promise<Record<string, number>> {
  const batch = new BatchGetCommand({
    RequestItems: {
      [productsTable]: {
        Keys: productIds.map((productId) => ({ productId })),
        ProjectionExpression: 'productId, price',
      },
    },
  })
  const { Responses } = await documents.send(batch)
  const products = (Responses?.[productsTable] ?? []) as LegacyProduct[]
  return Object.fromEntries(products.map(({ productId, price }) => [productId, price]))
}

/** What an editor changed, written back whole. */
export async function save(product: LegacyProduct): Promise<void> {
  await documents.send(
    new TransactWriteCommand({
      TransactItems: [{ Put: { TableName: productsTable, Item: product } }],
    }),
  )
}

/** Takes a supplier's list over into both catalogues. */
export async function importAll(products: readonly LegacyProduct[]): Promise<void> {
  for (const product of products) {
    await documents.send(new PutCommand({ TableName: productsTable, Item: product }))
  }
  await putAll(
    appTable,
    products.map((product) => ({ ...product, PK: productKey(product.productId), SK: 'DETAILS' })),
  )
}

export async function discontinue(productIds: readonly string[]): Promise<void> {
  const deletions = new BatchWriteCommand({
    RequestItems: {
      [productsTable]: productIds.map((productId) => ({ DeleteRequest: { Key: { productId } } })),
    },
  })
  await documents.send(deletions)
}
