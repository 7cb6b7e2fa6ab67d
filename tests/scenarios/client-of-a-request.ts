// Clients that are made for each request, and those that are not.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'

const shared = DynamoDBDocumentClient.from(new DynamoDBClient({}))
let lazy: DynamoDBDocumentClient | undefined

export const gateOf: APIGatewayProxyHandler = async (event) => {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
//                                                  ^^^^^^^^^^^^^^ no-client-in-handler: A client is made on each
  const Key = { gate: event.pathParameters?.gate }
  const { Item } = await documents.send(new GetCommand({ TableName: 'Gates', Key }))
  return { statusCode: 200, body: JSON.stringify(Item) }
}

export const flightOf: APIGatewayProxyHandler = async (event) => {
  lazy ??= DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const Key = { flight: event.pathParameters?.flight }
  const known = await shared.send(new GetCommand({ TableName: 'Flights', Key }))
  const { Item } = known.Item ? known : await lazy.send(new GetCommand({ TableName: 'Old', Key }))
  return { statusCode: 200, body: JSON.stringify(Item) }
}
