// The oldest file of the shop: still on SDK v2, as the back office has used it since 2019.
import DynamoDB from 'aws-sdk/clients/dynamodb'
import { config } from '../config'
import { HttpError } from '../http'
import type { LegacyUser } from '../models'

const customers = new DynamoDB.DocumentClient()
const TableName = config.usersTable

export async function listByCountry(country: string): Promise<LegacyUser[]> {
  const found: LegacyUser[] = []
  let cursor: DynamoDB.DocumentClient.Key | undefined
  do {
    const page = await customers
      .query({
        TableName,
        IndexName: 'byCountry',
        KeyConditionExpression: 'country = :country',
        ExpressionAttributeValues: { ':country': country },
        ExclusiveStartKey: cursor,
      })
      .promise()
    found.push(...((page.Items ?? []) as LegacyUser[]))
    cursor = page.LastEvaluatedKey
  } while (cursor)
  return found
}

export function load(userId: string): Promise<LegacyUser | undefined> {
  return new Promise((resolve, reject) => {
    customers.get({ TableName, Key: { userId } }, (error, data) => {
      if (error) reject(error)
      else resolve(data.Item as LegacyUser | undefined)
    })
  })
}

export async function addPoints(userId: string, points: number): Promise<number> {
  const current = await customers.get({ TableName, Key: { userId } }).promise()
  if (!current.Item) throw new HttpError(404, 'No such customer')

  const loyaltyPoints = (current.Item.loyaltyPoints ?? 0) + points
  const params = {
    TableName,
    Key: { userId },
    UpdateExpression: 'SET loyaltyPoints = if_not_exists(loyaltyPoints, :zero) + :points',
    ExpressionAttributeValues: { ':points': points, ':zero': 0 },
  }
  await customers.update(params).promise()
  return loyaltyPoints
}

export async function move(userId: string, country: string): Promise<void> {
  await customers
    .update({
      TableName,
      Key: { userId },
      UpdateExpression: 'SET country = :country',
      ConditionExpression: 'attribute_exists(userId)',
      ExpressionAttributeValues: { ':country': country },
    })
    .promise()
}

export async function insert(
  userId: string,
  customer: Pick<LegacyUser, 'email' | 'name'>,
): Promise<void> {
  await customers
    .put({
      TableName,
      Item: { ...customer, userId, loyaltyPoints: 0, createdAt: new Date().toISOString() },
      ConditionExpression: 'attribute_not_exists(userId)',
    })
    .promise()
}
