import { PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { userKey } from '../keys'
import type { AppItem, Order } from '../models'

export async function insert(order: Order): Promise<void> {
  await documents.send(
    new PutCommand({
      TableName: config.appTable,
      Item: order,
      ConditionExpression: 'attribute_not_exists(PK)',
    }),
  )
}

/** The whole item collection of one partition, page after page. */
export async function readCollection(partitionKey: string): Promise<AppItem[]> {
  const items: AppItem[] = []
  let cursor: Record<string, unknown> | undefined
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName: config.appTable,
        KeyConditionExpression: 'PK = :pk',
        ExpressionAttributeValues: { ':pk': partitionKey },
        ExclusiveStartKey: cursor,
      }),
    )
    items.push(...((page.Items ?? []) as AppItem[]))
    cursor = page.LastEvaluatedKey
  } while (cursor)
  return items
}

export async function queryAfter(partitionKey: string, sortKey: string): Promise<AppItem[]> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: config.appTable,
      KeyConditionExpression: 'PK = :pk AND SK > :after',
      ExpressionAttributeValues: { ':pk': partitionKey, ':after': sortKey },
      Limit: 25,
    }),
  )
  return Items as AppItem[]
}

export async function listForUser(userId: string, cursor?: string) {
  const page = await documents.send(
    new QueryCommand({
      TableName: config.appTable,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :orders)',
      ExpressionAttributeValues: { ':pk': userKey(userId), ':orders': 'ORDER#' },
      ProjectionExpression: 'orderId, total, SK, #status',
      ExpressionAttributeNames: { '#status': 'status' },
      ExclusiveStartKey: cursor ? { PK: userKey(userId), SK: cursor } : undefined,
    }),
  )
  return { orders: page.Items ?? [], next: page.LastEvaluatedKey?.SK ?? null }
}

export async function findInHistory(userId: string, orderId: string): Promise<Order | undefined> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: config.appTable,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :orders)',
      FilterExpression: 'contains(SK, :orderId)',
      ExpressionAttributeValues: {
        ':pk': userKey(userId),
        ':orders': 'ORDER#',
        ':orderId': orderId,
      },
    }),
  )
  return Items[0] as Order | undefined
}

/** What the packing room works on. */
export async function listActive(): Promise<Order[]> {
  const active: Order[] = []
  let cursor: Record<string, unknown> | undefined
  do {
    const page = await documents.send(
      new ScanCommand({
        TableName: config.appTable,
        FilterExpression: 'entityType = :order AND #status IN (:pending, :paid)',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':order': 'Order', ':pending': 'pending', ':paid': 'paid' },
        ExclusiveStartKey: cursor,
      }),
    )
    active.push(...((page.Items ?? []) as Order[]))
    cursor = page.LastEvaluatedKey
  } while (cursor)
  return active
}
