import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { userKey } from '../keys'

/** A follows B is kept on both sides, so that either can be listed with one Query. */
export async function follow(followerId: string, followedId: string): Promise<void> {
  const followedAt = new Date().toISOString()
  const put = (Item: Record<string, string>) => ({ Put: { TableName: config.appTable, Item } })
  await documents.send(
    new TransactWriteCommand({
      TransactItems: [
        put({ PK: userKey(followerId), SK: `FOLLOWS#${followedId}`, followedAt }),
        put({ PK: userKey(followedId), SK: `FOLLOWED_BY#${followerId}`, followedAt }),
      ],
    }),
  )
}
