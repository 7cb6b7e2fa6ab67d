// filename: src/handlers/list-products.ts
// A listing by page: Limit, and the start key comes from the caller.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from 'aws-lambda'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const cursor = event.queryStringParameters?.cursor
  const page = await documents.send(
    new ScanCommand({
      TableName: 'Products',
      Limit: 25,
      ExclusiveStartKey: cursor ? JSON.parse(Buffer.from(cursor, 'base64url').toString()) : undefined,
    }),
  )
  const next = page.LastEvaluatedKey
  return {
    statusCode: 200,
    body: JSON.stringify({
      products: page.Items,
      cursor: next && Buffer.from(JSON.stringify(next)).toString('base64url'),
    }),
  }
}
