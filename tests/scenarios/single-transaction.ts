import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

/** One Put does not need a transaction. */
export async function enrol(id: string) {
  await documents.send(
    new TransactWriteCommand({
//      ^^^^^^^^^^^^^^^^^^^^ no-single-item-transaction: A transaction of one Put
      TransactItems: [
        { Put: { TableName: 'Pupils', Item: { id }, ConditionExpression: 'attribute_not_exists(id)' } },
      ],
    }),
  )
}
