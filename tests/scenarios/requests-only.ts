// Scans that no request waits for: a schedule, a queue, a stream, a script and a clean-up.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand, paginateScan } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBStreamEvent, ScheduledEvent, SQSEvent } from 'aws-lambda'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export async function nightly(_event: ScheduledEvent): Promise<number> {
  let sold = 0
  for await (const page of paginateScan({ client: documents }, { TableName: 'Orders' })) {
    sold += page.Items?.length ?? 0
  }
  return sold
}

export async function fromQueue(event: SQSEvent): Promise<void> {
  for (const record of event.Records) {
    const page = await documents.send(new ScanCommand({ TableName: record.body }))
    console.log(page.Count)
  }
}

export async function fromStream(event: DynamoDBStreamEvent): Promise<void> {
  const page = await documents.send(new ScanCommand({ TableName: 'Totals' }))
  console.log(event.Records.length, page.Count)
}

async function main(): Promise<void> {
  const page = await documents.send(new ScanCommand({ TableName: 'Users' }))
  console.log(page.Items)
}

await main()
