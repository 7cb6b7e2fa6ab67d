import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

/** What DynamoDB leaves undone is lost. */
export async function swap(before: string, after: string) {
  await documents.send(
    new BatchWriteCommand({
//      ^^^^^^^^^^^^^^^^^ require-unprocessed-retry: Nobody looks at UnprocessedItems
      RequestItems: {
        Seats: [{ DeleteRequest: { Key: { id: before } } }, { PutRequest: { Item: { id: after } } }],
      },
    }),
  )
}
