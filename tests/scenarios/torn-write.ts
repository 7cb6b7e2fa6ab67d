// An item and its count, one after the other.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export const handler: APIGatewayProxyHandler = async (event) => {
  const songId = event.pathParameters?.songId
  const playId = crypto.randomUUID()
  await documents.send(
    new PutCommand({ TableName: 'Plays', Item: { songId, playId, place: event.body } }),
  )
  await documents.send(
    new UpdateCommand({
//      ^^^^^^^^^^^^^ no-torn-write: This write to `Songs` and the one in line 12 are an item and its count
      TableName: 'Songs',
      Key: { songId },
      UpdateExpression: 'ADD playCount :one',
      ExpressionAttributeValues: { ':one': 1 },
    }),
  )
  return { statusCode: 201, body: playId }
}
