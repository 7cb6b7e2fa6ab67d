import { DeleteCommand, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb'
import type { ScheduledHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'

/** Throws away reviews that were never finished. */
export const handler: ScheduledHandler = async () => {
  let cursor: Record<string, unknown> | undefined
  const input: ScanCommandInput = {
    TableName: config.appTable,
    FilterExpression: '#state = :draft',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':draft': 'draft' },
    ExclusiveStartKey: cursor,
  }

  do {
    const page = await documents.send(new ScanCommand({ ...input, ExclusiveStartKey: cursor }))
    for (const { PK, SK } of page.Items ?? []) {
      await documents.send(
        new DeleteCommand({
          TableName: config.appTable,
          Key: { PK, SK },
          ConditionExpression: 'attribute_exists(PK)',
        }),
      )
    }
    cursor = page.LastEvaluatedKey
  } while (cursor)
}
