import { setTimeout as sleep } from 'node:timers/promises'
import { BatchWriteCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { documents } from '../clients/dynamodb'

type WriteRequests = NonNullable<BatchWriteCommandInput['RequestItems']>

const CHUNK = 25
const MAX_ATTEMPTS = 6

/** Puts every item, 25 at a time, and sends again what DynamoDB did not take. */
export async function putAll(
  tableName: string,
  items: readonly Record<string, unknown>[],
): Promise<void> {
  for (let start = 0; start < items.length; start += CHUNK) {
    const chunk = items.slice(start, start + CHUNK)
    let pending: WriteRequests = {
      [tableName]: chunk.map((Item) => ({ PutRequest: { Item } })),
    }

    for (let attempt = 0; Object.keys(pending).length > 0; attempt += 1) {
      if (attempt === MAX_ATTEMPTS) throw new Error(`${tableName} is throttled: gave up on a batch`)
      if (attempt > 0) await sleep(Math.random() * 50 * 2 ** attempt)
      const { UnprocessedItems = {} } = await documents.send(
        new BatchWriteCommand({ RequestItems: pending }),
      )
      pending = UnprocessedItems
    }
  }
}
