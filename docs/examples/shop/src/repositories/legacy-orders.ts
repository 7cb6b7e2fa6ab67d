import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import type { LegacyOrder, OrderStatus } from '../models'

const TableName = config.ordersTable

export async function findById(orderId: string): Promise<LegacyOrder | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { orderId } }))
  return Item as LegacyOrder | undefined
}

export async function setStatus(orderId: string, status: OrderStatus): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { orderId },
      UpdateExpression: 'SET #status = :status',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': status },
    }),
  )
}

/** Like setStatus, but only while the order still is in the state the caller saw. */
export async function changeStatus(
  orderId: string,
  from: OrderStatus,
  to: OrderStatus,
): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { orderId },
      UpdateExpression: 'SET #status = :to',
      ConditionExpression: '#status = :from',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':from': from, ':to': to },
    }),
  )
}

export async function listByUser(userId: string) {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      IndexName: 'byUser',
      KeyConditionExpression: 'userId = :userId',
      ExpressionAttributeValues: { ':userId': userId },
    }),
  )
  const orders = Items as LegacyOrder[]
  return orders.map((order) => ({ orderId: order.orderId, lines: order.items.length }))
}

export async function listSince(userId: string, since: string): Promise<LegacyOrder[]> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      IndexName: 'byUser',
      KeyConditionExpression: 'userId = :userId',
      ExpressionAttributeValues: { ':userId': userId },
    }),
  )
  const orders = Items as LegacyOrder[]
  return orders.filter((order) => order.createdAt >= since)
}

export async function listByDay(day: string): Promise<LegacyOrder[]> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      IndexName: 'byDay',
      KeyConditionExpression: 'createdAt = :day',
      ExpressionAttributeValues: { ':day': day },
    }),
  )
  return Items as LegacyOrder[]
}

export async function listLatest(since: string): Promise<LegacyOrder[]> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      IndexName: 'byUser',
      KeyConditionExpression: 'createdAt >= :since',
      ExpressionAttributeValues: { ':since': since },
      Limit: 100,
    }),
  )
  return Items as LegacyOrder[]
}
