import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json } from '../http'
import type { Review } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const appTable = process.env.APP_TABLE ?? 'EcommerceApp'

/** Authors may withdraw a review until it has been published. */
export const handler: APIGatewayProxyHandler = async (event) => {
  const { productId, userId } = event.pathParameters ?? {}
  if (!productId || !userId) return json(400, { message: 'productId and userId are required' })

  const key = { PK: `PRODUCT#${productId}`, SK: `REVIEW#${userId}` }
  const { Item } = await documents.send(new GetCommand({ TableName: appTable, Key: key }))
  const review = Item as Review | undefined
  if (!review) return json(404, { message: 'No such review' })
  if (review.state !== 'draft') return json(409, { message: 'The review is published' })

  await documents.send(
    new DeleteCommand({
      TableName: appTable,
      Key: key,
      ConditionExpression: '#state = :draft',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':draft': 'draft' },
    }),
  )
  return json(204, null)
}
