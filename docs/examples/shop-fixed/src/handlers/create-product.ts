import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json, parseBody } from '../http'
import type { LegacyProduct } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const productsTable = process.env.PRODUCTS_TABLE ?? 'Products'

export const handler: APIGatewayProxyHandler = async (event) => {
  const { name, category, price, stock } = parseBody<LegacyProduct>(event.body)
  if (!name || !category || !price) {
    return json(400, { message: 'name, category and price are required' })
  }

  const product: LegacyProduct = {
    productId: `ART-${randomUUID()}`,
    name,
    category,
    price,
    stock: stock ?? 0,
  }
  await documents.send(
    new PutCommand({
      TableName: productsTable,
      Item: product,
      ConditionExpression: 'attribute_not_exists(productId)',
    }),
  )

  return json(201, product)
}
