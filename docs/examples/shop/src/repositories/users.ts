import { GetCommand, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { userKey } from '../keys'
import type { LegacyUser, Profile } from '../models'

export async function findByEmail(email: string): Promise<LegacyUser | undefined> {
  const { Items = [] } = await documents.send(
    new ScanCommand({
      TableName: config.usersTable,
      FilterExpression: 'email = :email',
      ExpressionAttributeValues: { ':email': email },
    }),
  )
  return Items[0] as LegacyUser | undefined
}

export async function getProfile(userId: string): Promise<Profile | undefined> {
  const profileByKey = new QueryCommand({
    TableName: config.appTable,
    KeyConditionExpression: 'PK = :pk AND SK = :sk',
    ExpressionAttributeValues: { ':pk': userKey(userId), ':sk': 'PROFILE' },
  })
  const { Items = [] } = await documents.send(profileByKey)
  return Items[0] as Profile | undefined
}

/** The avatar alone, for comment lists. */
export async function getAvatar(userId: string): Promise<string | undefined> {
  const { Item } = await documents.send(
    new GetCommand({
      TableName: config.appTable,
      Key: { PK: userKey(userId) },
      ProjectionExpression: 'avatarUrl',
    }),
  )
  return Item?.avatarUrl
}

export async function saveProfile(profile: Profile): Promise<void> {
  await documents.send(new PutCommand({ TableName: config.appTable, Item: profile }))
}

export async function emailIsTaken(email: string): Promise<boolean> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: config.appTable,
      IndexName: 'GSI2',
      KeyConditionExpression: 'GSI2PK = :email',
      ExpressionAttributeValues: { ':email': `EMAIL#${email.toLowerCase()}` },
      Limit: 1,
    }),
  )
  return Items.length > 0
}

export async function insertProfile(profile: Profile): Promise<void> {
  const insert = new PutCommand({ TableName: config.appTable, Item: profile })
  await documents.send(insert)
}
