import { DynamoDBDocument, paginateScan } from '@aws-sdk/lib-dynamodb'
import { client } from '../clients/dynamodb'
import { config } from '../config'
import { productKey } from '../keys'
import type { Review } from '../models'

const documents = DynamoDBDocument.from(client)
const TableName = config.appTable

type NewReview = Pick<Review, 'productId' | 'userId' | 'rating' | 'comment'>

export async function add({ productId, userId, rating, comment }: NewReview): Promise<void> {
  await documents.put({
    TableName,
    Item: {
      PK: productKey(productId),
      SK: `REVIEW#${userId}`,
      productId,
      userId,
      rating,
      comment,
      state: 'draft',
    },
    ConditionExpression: 'attribute_not_exists(PK)',
  })
}

export async function find(productId: string, userId: string): Promise<Review | undefined> {
  const { Item } = await documents.get({
    TableName,
    Key: { PK: productKey(productId), SK: `REVIEW#${userId}` },
    ProjectionExpression: 'rating, #comment',
    ExpressionAttributeNames: { '#comment': 'comment' },
  })
  return Item as Review | undefined
}

export async function averageRating(productId: string): Promise<number> {
  const Items = []
  let cursor: Record<string, any> | undefined
  do {
    const page = await documents.query({
      TableName,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :review)',
      ExpressionAttributeValues: { ':pk': productKey(productId), ':review': 'REVIEW#' },
      ExclusiveStartKey: cursor,
    })
    Items.push(...(page.Items ?? []))
    cursor = page.LastEvaluatedKey
  } while (cursor)
  const reviews = Items as Review[]
  const sum = reviews.reduce((total, review) => total + review.rating, 0)
  return reviews.length === 0 ? 0 : sum / reviews.length
}

/** The moderators' queue: only flagged reviews carry `flaggedAt`, so the index holds nothing else. */
export async function listFlagged(): Promise<Review[]> {
  const flagged: Review[] = []
  const pages = paginateScan({ client: documents }, { TableName, IndexName: 'flagged' })
  for await (const page of pages) flagged.push(...((page.Items ?? []) as Review[]))
  return flagged
}

/** Published reviews gather applause: counted by DynamoDB, never read first. */
export async function applaud(productId: string, userId: string): Promise<void> {
  await documents.update({
    TableName,
    Key: { PK: productKey(productId), SK: `REVIEW#${userId}` },
    UpdateExpression: 'ADD applause :one',
    ConditionExpression: 'attribute_exists(PK)',
    ExpressionAttributeValues: { ':one': 1 },
  })
}
