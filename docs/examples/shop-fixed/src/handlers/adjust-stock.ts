import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json, parseBody } from '../http'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const productsTable = process.env.PRODUCTS_TABLE ?? 'Products'

export const handler: APIGatewayProxyHandler = async (event) => {
  const productId = event.pathParameters?.productId
  const { quantity } = parseBody<{ quantity: number }>(event.body)
  if (!productId || !quantity) return json(400, { message: 'productId and quantity are required' })

  const product = await documents.send(
    new GetCommand({ TableName: productsTable, Key: { productId } }),
  )
  if (!product.Item) return json(404, { message: 'No such product' })
  if (product.Item.stock < quantity) return json(409, { message: 'Not enough stock' })

  await documents.send(
    new UpdateCommand({
      TableName: productsTable,
      Key: { productId },
      UpdateExpression: 'SET stock = stock - :quantity',
      ConditionExpression: 'stock >= :quantity',
      ExpressionAttributeValues: { ':quantity': quantity },
    }),
  )

  return json(204, null)
}
