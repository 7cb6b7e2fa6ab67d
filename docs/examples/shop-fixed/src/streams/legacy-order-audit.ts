import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBStreamHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'

/** Notes on each order of the Orders table how its state last changed. */
export const handler: DynamoDBStreamHandler = async (event) => {
  for (const record of event.Records) {
    const orderId = record.dynamodb?.Keys?.orderId?.S
    const before = record.dynamodb?.OldImage?.status?.S ?? 'none'
    const after = record.dynamodb?.NewImage?.status?.S
    // The note itself comes by here, too.
    if (!orderId || !after || before === after) continue

    await documents.send(
      new UpdateCommand({
        TableName: config.ordersTable,
        Key: { orderId },
        UpdateExpression: 'SET lastChange = :change',
        ExpressionAttributeValues: { ':change': `${before} -> ${after}` },
      }),
    )
  }
}
