import { PutCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json, parseBody } from '../http'
import { userKey } from '../keys'
import type { OrderLine } from '../models'

const FORTNIGHT_IN_SECONDS = 14 * 24 * 60 * 60

/** PUT /users/{userId}/cart: the browser owns the cart and sends it whole. */
export const handler: APIGatewayProxyHandler = async (event) => {
  const userId = event.pathParameters?.userId
  const { lines = [] } = parseBody<{ lines: OrderLine[] }>(event.body)
  if (!userId) return json(400, { message: 'userId is required' })

  await documents.send(
    new PutCommand({
      TableName: config.appTable,
      Item: {
        PK: userKey(userId),
        SK: 'CART',
        lines,
        expiresAt: Math.floor(Date.now() / 1000) + FORTNIGHT_IN_SECONDS,
      },
    }),
  )

  return json(204, null)
}
