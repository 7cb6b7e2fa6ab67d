import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json } from '../http'
import { productKey } from '../keys'

export const handler: APIGatewayProxyHandler = async (event) => {
  const productId = event.pathParameters?.productId
  if (!productId) return json(400, { message: 'productId is required' })
  const Key = { PK: productKey(productId), SK: 'DETAILS' }

  await documents.send(
    new UpdateCommand({
      TableName: config.appTable,
      Key,
      UpdateExpression: 'SET lastViewedAt = :now ADD #views :one',
      ConditionExpression: 'attribute_exists(PK)',
      ExpressionAttributeNames: { '#views': 'views' },
      ExpressionAttributeValues: { ':now': new Date().toISOString(), ':one': 1 },
    }),
  )

  return json(204, null)
}
