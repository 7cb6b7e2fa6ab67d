import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json, parseBody } from '../http'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const appTable = process.env.APP_TABLE ?? 'EcommerceApp'

async function readNotes(userId: string, cursor?: Record<string, unknown>) {
  return documents.send(
    new QueryCommand({
      TableName: appTable,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :prefix)',
      ExpressionAttributeValues: { ':pk': `USER#${userId}`, ':prefix': 'NOTE#' },
      ExclusiveStartKey: cursor,
    }),
  )
}

async function addNote(userId: string, orderId: string, text: string) {
  await documents.send(
    new PutCommand({
      TableName: appTable,
      Item: { PK: `USER#${userId}`, SK: `NOTE#${orderId}`, entityType: 'Note', orderId, text },
      ConditionExpression: 'attribute_not_exists(PK)',
    }),
  )
}

export const handler: APIGatewayProxyHandler = async (event) => {
  const userId = event.pathParameters?.userId
  if (!userId) return json(400, { message: 'userId is required' })

  if (event.httpMethod === 'POST') {
    const { orderId, text } = parseBody<{ orderId: string; text: string }>(event.body)
    if (!orderId || !text) return json(400, { message: 'orderId and text are required' })
    await addNote(userId, orderId, text)
    return json(201, { orderId })
  }

  const cursor = event.queryStringParameters?.cursor
  const page = await readNotes(userId, cursor ? JSON.parse(cursor) : undefined)
  return json(200, { notes: page.Items ?? [], next: page.LastEvaluatedKey ?? null })
}
