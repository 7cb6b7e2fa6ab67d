import type { DynamoDBStreamHandler } from 'aws-lambda'
import type { Product } from '../models'

const endpoint = process.env.SEARCH_URL ?? 'http://localhost:9200'

/** Copies products into the search index. */
export const handler: DynamoDBStreamHandler = async (event) => {
  for (const record of event.Records) {
    const product = record.dynamodb?.NewImage as unknown as Product | undefined
    if (!product?.PK.startsWith('PRODUCT#')) continue

    const response = await fetch(`${endpoint}/products/_doc/${product.productId}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: product.name, category: product.category }),
    })
    if (!response.ok) throw new Error(`The search index answered ${response.status}`)
  }
}
