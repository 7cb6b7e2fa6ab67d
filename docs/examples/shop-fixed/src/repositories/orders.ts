import { paginateQuery, paginateScan, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
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

/** The orders of one customer, page after page. */
export async function readOrders(partitionKey: string): Promise<Order[]> {
  const found: Order[] = []
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: config.appTable,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :orders)',
      ExpressionAttributeValues: { ':pk': partitionKey, ':orders': 'ORDER#' },
    },
  )
  for await (const page of pages) found.push(...((page.Items ?? []) as Order[]))
  return found
}

export async function ordersAfter(userId: string, date: string): Promise<Order[]> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: config.appTable,
      KeyConditionExpression: 'PK = :pk AND SK BETWEEN :after AND :end',
      ExpressionAttributeValues: {
        ':pk': userKey(userId),
        ':after': `ORDER#${date}`,
        ':end': 'ORDER#\uffff',
      },
      Limit: 25,
    }),
  )
  return Items as Order[]
}

export async function listForUser(userId: string, cursor?: string) {
  const page = await documents.send(
    new QueryCommand({
      TableName: config.appTable,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :orders)',
      ExpressionAttributeValues: { ':pk': userKey(userId), ':orders': 'ORDER#' },
      ProjectionExpression: 'orderId, #total, SK, #status',
      ExpressionAttributeNames: { '#status': 'status', '#total': 'total' },
      ExclusiveStartKey: cursor ? { PK: userKey(userId), SK: cursor } : undefined,
    }),
  )
  return { orders: page.Items ?? [], next: page.LastEvaluatedKey?.SK ?? null }
}

export async function findInHistory(userId: string, orderId: string): Promise<Order | undefined> {
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: config.appTable,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :orders)',
      FilterExpression: 'orderId = :orderId',
      ExpressionAttributeValues: {
        ':pk': userKey(userId),
        ':orders': 'ORDER#',
        ':orderId': orderId,
      },
    },
  )
  for await (const { Items = [] } of pages) if (Items[0]) return Items[0] as Order
  return undefined
}

/** What the packing room works on: only these carry `activeSince`, so the index holds nothing else. */
export async function listActive(): Promise<Order[]> {
  const active: Order[] = []
  const pages = paginateScan(
    { client: documents },
    { TableName: config.appTable, IndexName: 'active' },
  )
  for await (const page of pages) active.push(...((page.Items ?? []) as Order[]))
  return active
}
