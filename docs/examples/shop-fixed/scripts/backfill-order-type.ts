// Run once per stage: npx tsx scripts/backfill-order-type.ts
import { paginateScan, PutCommand } from '@aws-sdk/lib-dynamodb'
import { documents } from '../src/clients/dynamodb'
import { config } from '../src/config'

/** Orders written before entityType existed get it; nothing else writes while this runs. */
async function main() {
  let changed = 0
  const pages = paginateScan(
    { client: documents },
    {
      TableName: config.appTable,
      FilterExpression: 'begins_with(SK, :orders) AND attribute_not_exists(entityType)',
      ExpressionAttributeValues: { ':orders': 'ORDER#' },
    },
  )
  for await (const page of pages) {
    for (const item of page.Items ?? []) {
      await documents.send(
        new PutCommand({ TableName: config.appTable, Item: { ...item, entityType: 'Order' } }),
      )
      changed += 1
    }
  }
  console.log(`${changed} orders changed`)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
