import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json } from '../http'
import type { Product, Review } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = process.env.APP_TABLE ?? 'EcommerceApp'

async function loadProduct(productId: string) {
  const { Item } = await documents.send(
    new GetCommand({ TableName, Key: { PK: `PRODUCT#${productId}`, SK: 'DETAILS' } }),
  )
  return Item as Product | undefined
}

async function loadReviews(productId: string) {
  const Items = []
  for await (const page of paginateQuery(
    { client: documents },
    {
      TableName,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :review)',
      ExpressionAttributeValues: { ':pk': `PRODUCT#${productId}`, ':review': 'REVIEW#' },
    },
  )) {
    Items.push(...(page.Items ?? []))
  }
  return Items as Review[]
}

export const handler: APIGatewayProxyHandler = async (event) => {
  const productId = event.pathParameters?.productId
  if (!productId) return json(400, { message: 'productId is required' })

  const [product, reviews] = await Promise.all([loadProduct(productId), loadReviews(productId)])
  return product ? json(200, { product, reviews }) : json(404, { message: 'No such product' })
}
