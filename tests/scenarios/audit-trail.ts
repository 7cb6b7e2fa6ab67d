// settings: {"tables":{"Audit":{"partitionKey":"PK","sortKey":"SK"}}}
// Logs below an account, with keys that the clock makes.
import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { SQSHandler } from 'aws-lambda'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export const handler: SQSHandler = async (event) => {
  const receivedAt = new Date().toISOString()
  for (const { body } of event.Records) {
    const { accountId, action } = JSON.parse(body)
    await note(`ACCOUNT#${accountId}`, `ACTION#${receivedAt}`, action)
//        ^^^^ no-colliding-key: Only the time tells the items of one partition of `Audit` apart: `SK` (note ← handler)
    await note(`ACCOUNT#${accountId}`, `STEP#${receivedAt}#${randomUUID()}`, action)
    await note(`ACCOUNT#${accountId}`, `NAME#${action}#${receivedAt}`, action)
  }
}

async function note(PK: string, SK: string, action: string): Promise<void> {
  await documents.send(new PutCommand({ TableName: 'Audit', Item: { PK, SK, action } }))
}
