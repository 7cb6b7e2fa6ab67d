// settings: {"tables":{"Sessions":{"partitionKey":"PK","sortKey":"SK","timeToLive":"expiresAt"}}}
// Times to live, right and wrong, through the functions that make and write them.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

const HOUR = 60 * 60

const seconds = (): number => Math.floor(Date.now() / 1000)
const inAnHour = (): Date => new Date(Date.now() + HOUR * 1000)

export async function start(sessionId: string, userId: string): Promise<Date> {
  const expires = inAnHour()
  await documents.send(
    new PutCommand({
      TableName: 'Sessions',
      Item: {
        PK: `SESSION#${sessionId}`,
        SK: 'SESSION',
        userId,
        startedAt: Date.now(),
        expiresAt: expires.getTime(),
//                 ^^^^^^^^^^^^^^^^^ no-millisecond-ttl: Time to live `expiresAt` of `Sessions` is in milliseconds
      },
      ConditionExpression: 'attribute_not_exists(PK)',
    }),
  )
  return expires
}

export async function keep(sessionId: string): Promise<void> {
  await prolong(sessionId, seconds() + HOUR)
}

export async function remember(sessionId: string): Promise<void> {
  await prolong(sessionId, Date.now() + 24 * HOUR * 1000)
//                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-millisecond-ttl: Time to live `expiresAt` of `Sessions` is in milliseconds
}

async function prolong(sessionId: string, until: number): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName: 'Sessions',
      Key: { PK: `SESSION#${sessionId}`, SK: 'SESSION' },
      UpdateExpression: 'SET expiresAt = :until',
      ConditionExpression: 'attribute_exists(PK)',
      ExpressionAttributeValues: { ':until': until },
    }),
  )
}
