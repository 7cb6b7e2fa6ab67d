import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json } from '../http'
import type { LegacyOrder } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TABLE = process.env.ORDERS_TABLE ?? 'Orders'

export const handler: APIGatewayProxyHandler = async () => {
  const orders: LegacyOrder[] = []
  // Only paid orders carry `activeSince`, so the index holds nothing else.
  const pages = paginateScan({ client: documents }, { TableName: TABLE, IndexName: 'active' })
  for await (const page of pages) orders.push(...((page.Items ?? []) as LegacyOrder[]))

  return json(200, { orders, count: orders.length })
}
