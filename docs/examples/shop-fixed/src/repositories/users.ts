import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { userKey } from '../keys'
import type { LegacyUser, Profile } from '../models'

export async function findByEmail(email: string): Promise<LegacyUser | undefined> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: config.usersTable,
      IndexName: 'byEmail',
      KeyConditionExpression: 'email = :email',
      ExpressionAttributeValues: { ':email': email },
    }),
  )
  return Items[0] as LegacyUser | undefined
}

export async function getProfile(userId: string): Promise<Profile | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: config.appTable, Key: { PK: userKey(userId), SK: 'PROFILE' } }),
  )
  return Item as Profile | undefined
}

/** The avatar alone, for comment lists. */
export async function getAvatar(userId: string): Promise<string | undefined> {
  const { Item } = await documents.send(
    new GetCommand({
      TableName: config.appTable,
      Key: { PK: userKey(userId), SK: 'PROFILE' },
      ProjectionExpression: 'avatarUrl',
    }),
  )
  return Item?.avatarUrl
}

/** Only where nobody has saved the profile since it had that version. */
export async function saveProfile(profile: Profile, readVersion: number): Promise<void> {
  await documents.send(
    new PutCommand({
      TableName: config.appTable,
      Item: profile,
      ConditionExpression: 'version = :read',
      ExpressionAttributeValues: { ':read': readVersion },
    }),
  )
}

/** The profile, and an item that keeps its email from being taken twice. */
export async function insertProfile(profile: Profile): Promise<void> {
  await documents.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Put: {
            TableName: config.appTable,
            Item: profile,
            ConditionExpression: 'attribute_not_exists(PK)',
          },
        },
        {
          Put: {
            TableName: config.appTable,
            Item: {
              PK: `EMAIL#${profile.email.toLowerCase()}`,
              SK: 'EMAIL',
              userId: profile.userId,
            },
            ConditionExpression: 'attribute_not_exists(PK)',
          },
        },
      ],
    }),
  )
}
