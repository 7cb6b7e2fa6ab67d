import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json, parseBody } from '../http'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const appTable = process.env.APP_TABLE ?? 'EcommerceApp'

export const handler: APIGatewayProxyHandler = async (event) => {
  const productId = event.pathParameters?.productId
  const { quantity } = parseBody<{ quantity: number }>(event.body)
  if (!productId || !quantity) return json(400, { message: 'productId and quantity are required' })

  try {
    const { Attributes } = await documents.send(
      new UpdateCommand({
        TableName: appTable,
        Key: { PK: `PRODUCT#${productId}`, SK: 'DETAILS' },
        UpdateExpression: 'SET stock = stock - :quantity',
        ConditionExpression: 'stock >= :quantity',
        ExpressionAttributeValues: { ':quantity': quantity },
        ReturnValues: 'UPDATED_NEW',
      }),
    )
    return json(200, { productId, stock: Attributes?.stock })
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return json(409, { message: 'Not enough stock' })
    }
    throw error
  }
}
