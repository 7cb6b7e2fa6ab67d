import { DynamoDBClient, ExecuteStatementCommand } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { json } from '../http'

const client = new DynamoDBClient({})

export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const sku = event.queryStringParameters?.sku
  if (!sku) return json(400, { message: 'sku is required' })

  const { Items = [] } = await client.send(
    new ExecuteStatementCommand({
      Statement: `SELECT * FROM "Products" WHERE productId = ?`,
      Parameters: [{ S: sku }],
    }),
  )
  const [product] = Items.map((item) => unmarshall(item))

  return product ? json(200, product) : json(404, { message: 'No such product' })
}
