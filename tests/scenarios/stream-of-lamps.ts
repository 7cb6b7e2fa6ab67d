import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'

interface Lamp {
  readonly lampId: string
  readonly watts: number
  readonly state: string
}

const endpoint = process.env.LIGHTS_URL

/** Tells the lights of each lamp that was switched. */
export const handler = async (event: DynamoDBStreamEvent): Promise<void> => {
  await Promise.all(event.Records.map(switched))
}

async function switched(record: DynamoDBRecord): Promise<void> {
  const lamp = record.dynamodb?.NewImage as unknown as Lamp | undefined
//             ^^^^^^^^^^^^^^^^^^^^^^^^^ valid-stream-record: The attributes of `NewImage`
  if (!lamp || lamp.state === 'broken') return
  const before = record.dynamodb?.OldImage?.state?.S
  const after = unmarshall((record.dynamodb?.NewImage ?? {}) as Record<string, AttributeValue>)
  if (before === after.state) return
  await fetch(`${endpoint}/lamps/${after.lampId}`, { method: 'POST', body: String(after.watts) })
}
