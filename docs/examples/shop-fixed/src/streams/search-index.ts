import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBStreamHandler } from 'aws-lambda'
import type { Product } from '../models'

const endpoint = process.env.SEARCH_URL ?? 'http://localhost:9200'

/** Copies products into the search index. */
export const handler: DynamoDBStreamHandler = async (event) => {
  for (const record of event.Records) {
    const image = record.dynamodb?.NewImage
    if (!image) continue
    const product = unmarshall(image as Record<string, AttributeValue>) as Product
    if (!product.PK.startsWith('PRODUCT#')) continue

    const response = await fetch(`${endpoint}/products/_doc/${product.productId}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: product.name, category: product.category }),
    })
    if (!response.ok) throw new Error(`The search index answered ${response.status}`)
  }
}
