// A ticket, and then the showing that it names.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

async function getShowing(showingId: string) {
  const { Item } = await documents.send(
    new GetCommand({ TableName: process.env.SHOWINGS_TABLE, Key: { showingId } }),
  )
  return Item
}

export const handler: APIGatewayProxyHandler = async (event) => {
  const ticketId = event.pathParameters?.ticketId
  const { Item: ticket } = await documents.send(
    new GetCommand({ TableName: process.env.TICKETS_TABLE, Key: { ticketId } }),
  )
  if (!ticket) return { statusCode: 404, body: '' }
  const showing = await getShowing(ticket.showingId)
//                      ^^^^^^^^^^ no-application-join: This GetItem joins `SHOWINGS_TABLE` to `TICKETS_TABLE`, read in line 18, by `showingId`
  return { statusCode: 200, body: JSON.stringify({ ...ticket, showing }) }
}
