// settings: {"tables":{"Orders":{"partitionKey":"PK","sortKey":"SK"},"Invoices":{"partitionKey":"number","runningNumbers":true}}}
// Keys that no counter makes, counters in sort keys, and a table that needs running numbers.
import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { nanoid } from 'nanoid'
import { ulid } from 'ulid'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export async function place(order: { id: string; lines: string[] }): Promise<void> {
  await documents.send(
    new PutCommand({ TableName: 'Orders', Item: { PK: `ORDER#${randomUUID()}`, SK: 'ORDER' } }),
  )
  await documents.send(
    new PutCommand({ TableName: 'Orders', Item: { PK: `ORDER#${ulid()}`, SK: `AT#${Date.now()}` } }),
  )
  await documents.send(
    new PutCommand({ TableName: 'Orders', Item: { PK: nanoid(), SK: String(order.lines.length + 1) } }),
  )
  await documents.send(
    new PutCommand({ TableName: 'Orders', Item: { PK: `ORDER#${order.id}`, SK: 'ORDER' } }),
  )
}

export async function bill(last: number): Promise<void> {
  await documents.send(
    new PutCommand({ TableName: 'Invoices', Item: { number: String(last + 1).padStart(8, '0') } }),
  )
}
