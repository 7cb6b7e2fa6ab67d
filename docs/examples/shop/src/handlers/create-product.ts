import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json, parseBody } from '../http'
import type { LegacyProduct } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const appTable = process.env.APP_TABLE ?? 'EcommerceApp'
const productsTable = process.env.PRODUCTS_TABLE ?? 'Products'

async function nextArticleNumber(): Promise<number> {
  const { Attributes } = await documents.send(
    new UpdateCommand({
      TableName: appTable,
      Key: { PK: 'COUNTER#articles', SK: 'COUNTER' },
      UpdateExpression: 'ADD lastNumber :one',
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  return Number(Attributes?.lastNumber)
}

export const handler: APIGatewayProxyHandler = async (event) => {
  const { name, category, price, stock } = parseBody<LegacyProduct>(event.body)
  if (!name || !category || !price) {
    return json(400, { message: 'name, category and price are required' })
  }

  const articleNumber = await nextArticleNumber()
  const product: LegacyProduct = {
    productId: `ART-${String(articleNumber).padStart(6, '0')}`,
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
