import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json } from '../http'

export const handler: APIGatewayProxyHandler = async (event) => {
  const cursor = event.queryStringParameters?.cursor

  const page = await documents.send(
    new QueryCommand({
      TableName: config.appTable,
      IndexName: 'GSI1',
      KeyConditionExpression: 'GSI1PK = :plan',
      ExpressionAttributeValues: { ':plan': 'PLAN#premium' },
      ExclusiveStartKey: cursor ? JSON.parse(cursor) : undefined,
    }),
  )

  return json(200, { users: page.Items ?? [], next: page.LastEvaluatedKey ?? null })
}
