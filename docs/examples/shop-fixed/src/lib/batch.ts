import { setTimeout as sleep } from 'node:timers/promises'
import { BatchGetCommand, BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { BatchGetCommandInput, BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { documents } from '../clients/dynamodb'

// As the document client has it.
type Item = Record<string, any>
type Key = Record<string, string>
type WriteRequests = NonNullable<BatchWriteCommandInput['RequestItems']>

const MOST_WRITES = 25
const MOST_KEYS = 100
const MAX_ATTEMPTS = 6

/** Puts every item, 25 at a time, and sends again what DynamoDB did not take. */
export async function putAll(tableName: string, items: readonly Item[]): Promise<void> {
  await writeAll(
    tableName,
    items.map((Item) => ({ PutRequest: { Item } })),
  )
}

/** Deletes every item, in the same way. */
export async function deleteAll(tableName: string, keys: readonly Key[]): Promise<void> {
  await writeAll(
    tableName,
    keys.map((Key) => ({ DeleteRequest: { Key } })),
  )
}

async function writeAll(tableName: string, writes: WriteRequests[string]): Promise<void> {
  for (let start = 0; start < writes.length; start += MOST_WRITES) {
    let pending: WriteRequests = { [tableName]: writes.slice(start, start + MOST_WRITES) }
    for (let attempt = 0; Object.keys(pending).length > 0; attempt += 1) {
      await pause(tableName, attempt)
      const { UnprocessedItems = {} } = await documents.send(
        new BatchWriteCommand({ RequestItems: pending }),
      )
      pending = UnprocessedItems
    }
  }
}

/** Gets the items of some keys, no key twice, 100 at a time and in no order; asks again for what DynamoDB left. */
export async function getAll(tableName: string, keys: readonly Key[]): Promise<Item[]> {
  const items: Item[] = []
  for (let start = 0; start < keys.length; start += MOST_KEYS) {
    let pending: NonNullable<BatchGetCommandInput['RequestItems']> = {
      [tableName]: { Keys: keys.slice(start, start + MOST_KEYS) },
    }
    for (let attempt = 0; Object.keys(pending).length > 0; attempt += 1) {
      await pause(tableName, attempt)
      const { Responses, UnprocessedKeys = {} } = await documents.send(
        new BatchGetCommand({ RequestItems: pending }),
      )
      items.push(...(Responses?.[tableName] ?? []))
      pending = UnprocessedKeys
    }
  }
  return items
}

/** Waits before each attempt but the first, longer each time and by a random share. */
async function pause(tableName: string, attempt: number): Promise<void> {
  if (attempt === MAX_ATTEMPTS) throw new Error(`${tableName} is throttled: gave up on a batch`)
  if (attempt > 0) await sleep(Math.random() * 50 * 2 ** attempt)
}
