import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json, parseBody } from '../http'
import { productKey } from '../keys'

export const handler: APIGatewayProxyHandler = async (event) => {
  const productId = event.pathParameters?.productId
  const { price } = parseBody<{ price: number }>(event.body)
  if (!productId || !price) return json(400, { message: 'productId and price are required' })

  await documents.send(
    new UpdateCommand({
      TableName: config.appTable,
      Key: { PK: productKey(productId), SK: 'DETAILS' },
      UpdateExpression: 'SET price = :price, pricedAt = :now',
      ConditionExpression: 'attribute_exists(PK)',
      ExpressionAttributeValues: { ':price': price, ':now': new Date().toISOString() },
    }),
  )

  return json(204, null)
}
