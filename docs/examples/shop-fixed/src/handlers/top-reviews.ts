import { paginateQuery } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json } from '../http'

/** Three good reviews for the product card. */
export const handler: APIGatewayProxyHandler = async (event) => {
  const productId = event.pathParameters?.productId
  if (!productId) return json(400, { message: 'productId is required' })

  const items = []
  for await (const page of paginateQuery(
    { client: documents },
    {
      TableName: config.appTable,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :review)',
      FilterExpression: 'rating >= :good',
      ExpressionAttributeValues: {
        ':pk': `PRODUCT#${productId}`,
        ':review': 'REVIEW#',
        ':good': 4,
      },
      Limit: 3,
    },
  )) {
    items.push(...(page.Items ?? []))
    if (items.length >= 3) break
  }
  const { Items = [] } = { Items: items.slice(0, 3) }

  return json(200, { reviews: Items })
}
