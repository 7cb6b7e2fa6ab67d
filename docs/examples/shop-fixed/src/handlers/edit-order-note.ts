import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json, parseBody } from '../http'

/** The order is read only to see whose it is; the note is what the customer typed. */
export const handler: APIGatewayProxyHandler = async (event) => {
  const orderId = event.pathParameters?.orderId
  const caller = event.requestContext.authorizer?.userId
  const { note } = parseBody<{ note: string }>(event.body)
  if (!orderId || !note) return json(400, { message: 'orderId and note are required' })

  const { Item } = await documents.send(
    new GetCommand({ TableName: config.ordersTable, Key: { orderId } }),
  )
  if (!Item || Item.userId !== caller) return json(403, { message: 'Not your order' })

  await documents.send(
    new UpdateCommand({
      TableName: config.ordersTable,
      Key: { orderId },
      UpdateExpression: 'SET note = :note',
      ConditionExpression: 'attribute_exists(orderId)',
      ExpressionAttributeValues: { ':note': note },
    }),
  )

  return json(204, null)
}
