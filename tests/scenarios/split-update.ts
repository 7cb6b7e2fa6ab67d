import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

/** The state of a lamp, and the key of the index that lists lamps by it. */
export async function switchOn(id: string) {
  const Key = { id }
  await documents.send(
    new UpdateCommand({
      TableName: 'Lamps',
      Key,
      UpdateExpression: 'SET lit = :lit',
      ExpressionAttributeValues: { ':lit': true },
    }),
  )
  const command = new UpdateCommand({
//                    ^^^^^^^^^^^^^ no-split-update: The update in line
    TableName: 'Lamps',
    Key,
    UpdateExpression: 'SET GSI1PK = :lit',
    ExpressionAttributeValues: { ':lit': 'LIT' },
  })
  await documents.send(command)
}
