import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { paginateScan, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { ScheduledHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import type { Product } from '../models'

/** Sorts each category anew by views. A product seen meanwhile is left for the next hour. */
export const handler: ScheduledHandler = async () => {
  let refreshed = 0
  let postponed = 0

  const pages = paginateScan(
    { client: documents },
    {
      TableName: config.appTable,
      FilterExpression: 'SK = :details',
      ExpressionAttributeValues: { ':details': 'DETAILS' },
    },
  )
  for await (const page of pages) {
    for (const { PK, SK, views } of (page.Items ?? []) as Product[]) {
      try {
        await documents.send(
          new UpdateCommand({
            TableName: config.appTable,
            Key: { PK, SK },
            UpdateExpression: 'SET GSI1SK = :rank',
            ConditionExpression: '#views = :views',
            ExpressionAttributeNames: { '#views': 'views' },
            ExpressionAttributeValues: {
              ':rank': `VIEWS#${String(views).padStart(12, '0')}`,
              ':views': views,
            },
          }),
        )
        refreshed += 1
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error
        postponed += 1
      }
    }
  }

  console.log({ refreshed, postponed })
}
