import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'
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
      flagged: false,
    },
    ConditionExpression: 'attribute_not_exist(PK)',
  })
}

export async function find(productId: string, userId: string): Promise<Review | undefined> {
  const { Item } = await documents.get({
    TableName,
    Key: { PK: productKey(productId), SK: `REVIEW#${userId}` },
    ProjectionExpression: 'rating, #comment',
    ExpressionAttributeNames: { '#comment': 'comment', '#state': 'state' },
  })
  return Item as Review | undefined
}

export async function averageRating(productId: string): Promise<number> {
  const { Items = [] } = await documents.query({
    TableName,
    KeyConditionExpression: 'PK = :pk AND begins_with(SK, :review)',
    ExpressionAttributeValues: { ':pk': productKey(productId), ':review': 'REVIEW#' },
  })
  const reviews = Items as Review[]
  const sum = reviews.reduce((total, review) => total + review.rating, 0)
  return reviews.length === 0 ? 0 : sum / reviews.length
}

/** The moderators' queue. */
export async function listFlagged(): Promise<Review[]> {
  const { Items = [] } = await documents.scan({
    TableName,
    FilterExpression: 'flagged = :yes',
    ExpressionAttributeValues: { ':yes': true },
  })
  return Items as Review[]
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
