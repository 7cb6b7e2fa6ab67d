import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { userKey } from '../keys'

/** A follows B is kept on both sides, so that either can be listed with one Query. */
export async function follow(followerId: string, followedId: string): Promise<void> {
  const followedAt = new Date().toISOString()
  const outgoing = new PutCommand({
    TableName: config.appTable,
    Item: { PK: userKey(followerId), SK: `FOLLOWS#${followedId}`, followedAt },
  })
  const incoming = new PutCommand({
    TableName: config.appTable,
    Item: { PK: userKey(followedId), SK: `FOLLOWED_BY#${followerId}`, followedAt },
  })
  await documents.send(outgoing)
  await documents.send(incoming)
}
