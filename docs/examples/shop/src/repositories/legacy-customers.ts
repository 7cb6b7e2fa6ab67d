// The oldest file of the shop: still on SDK v2, as the back office has used it since 2019.
import DynamoDB from 'aws-sdk/clients/dynamodb'
import { config } from '../config'
import { HttpError } from '../http'
import type { LegacyUser } from '../models'

const customers = new DynamoDB.DocumentClient()
const TableName = config.usersTable

export async function listByCountry(country: string): Promise<LegacyUser[]> {
  const params = {
    TableName,
    FilterExpression: 'country = :country',
    ExpressionAttributeValues: { ':country': country },
  }
  const { Items = [] } = await customers.scan(params).promise()
  return Items as LegacyUser[]
}

export async function listAll(): Promise<LegacyUser[]> {
  const everyone = await customers.scan({ TableName }).promise()
  return (everyone.Items ?? []) as LegacyUser[]
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
    UpdateExpression: 'SET loyaltyPoints = :points',
    ExpressionAttributeValues: { ':points': loyaltyPoints },
  }
  await customers.update(params).promise()
  return loyaltyPoints
}

export async function move(userId: string, country: string): Promise<void> {
  await customers
    .update({
      TableName,
      Key: { userId },
      AttributeUpdates: { country: { Action: 'PUT', Value: country } },
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
