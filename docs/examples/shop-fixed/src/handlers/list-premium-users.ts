import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json } from '../http'
import { PLAN_SHARDS, planKey } from '../keys'

export const handler: APIGatewayProxyHandler = async (event) => {
  const { cursor, shard = '0' } = event.queryStringParameters ?? {}
  const current = Number(shard)

  const page = await documents.send(
    new QueryCommand({
      TableName: config.appTable,
      IndexName: 'GSI1',
      KeyConditionExpression: 'GSI1PK = :plan',
      ExpressionAttributeValues: { ':plan': planKey('premium', current) },
      ExclusiveStartKey: cursor ? JSON.parse(cursor) : undefined,
    }),
  )

  const isLastShard = current >= PLAN_SHARDS - 1
  const isLastPage = page.LastEvaluatedKey === undefined
  return json(200, {
    users: page.Items ?? [],
    next: page.LastEvaluatedKey ?? null,
    shard: isLastPage ? (isLastShard ? null : current + 1) : current,
  })
}
