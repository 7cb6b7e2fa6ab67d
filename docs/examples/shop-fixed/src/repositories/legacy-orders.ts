import { GetCommand, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import type { LegacyOrder, OrderStatus } from '../models'

const TableName = config.ordersTable

export async function findById(orderId: string): Promise<LegacyOrder | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { orderId } }))
  return Item as LegacyOrder | undefined
}

/** Only while the order still is in the state the caller saw; it is active no longer. */
export async function changeStatus(
  orderId: string,
  from: OrderStatus,
  to: OrderStatus,
): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { orderId },
      UpdateExpression: 'SET #status = :to REMOVE activeSince',
      ConditionExpression: '#status = :from',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':from': from, ':to': to },
    }),
  )
}

/** The customer's orders of one index partition, those in a time alone where one is given. */
async function query(condition: string, values: Record<string, string>): Promise<LegacyOrder[]> {
  const orders: LegacyOrder[] = []
  const pages = paginateQuery(
    { client: documents },
    {
      TableName,
      IndexName: 'byUser',
      KeyConditionExpression: condition,
      ExpressionAttributeValues: values,
    },
  )
  for await (const page of pages) orders.push(...((page.Items ?? []) as LegacyOrder[]))
  return orders
}

export async function listByUser(userId: string) {
  const orders = await query('userId = :userId', { ':userId': userId })
  return orders.map((order) => ({ orderId: order.orderId, lines: order.items.length }))
}

export async function listSince(userId: string, since: string): Promise<LegacyOrder[]> {
  return query('userId = :userId AND createdAt >= :since', { ':userId': userId, ':since': since })
}

export async function listByDay(userId: string, day: string): Promise<LegacyOrder[]> {
  return query('userId = :userId AND begins_with(createdAt, :day)', {
    ':userId': userId,
    ':day': day,
  })
}
