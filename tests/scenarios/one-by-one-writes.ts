import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, DeleteCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

/** Each ticket is removed with a request of its own. */
export async function removeTickets(ids: readonly string[]) {
  for (const id of ids) {
    await documents.send(new DeleteCommand({ TableName: 'Tickets', Key: { id } }))
//                           ^^^^^^^^^^^^^ prefer-batch-write: One Delete for each element of `ids`
  }
}
