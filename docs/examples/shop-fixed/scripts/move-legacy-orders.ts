// Moves the Orders table into EcommerceApp: npx tsx scripts/move-legacy-orders.ts
import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { documents } from '../src/clients/dynamodb'
import { config } from '../src/config'
import { orderSortKey, userKey } from '../src/keys'
import { putAll } from '../src/lib/batch'
import type { LegacyOrder } from '../src/models'

const toAppItem = ({ items, ...order }: LegacyOrder) => ({
  ...order,
  PK: userKey(order.userId),
  SK: orderSortKey(order.createdAt, order.orderId),
  GSI1PK: `ORDER#${order.orderId}`,
  GSI1SK: `ORDER#${order.orderId}`,
  entityType: 'Order',
  lines: items,
})

async function main() {
  let cursor: Record<string, unknown> | undefined
  do {
    const page = await documents.send(
      new ScanCommand({ TableName: config.ordersTable, ExclusiveStartKey: cursor }),
    )
    await putAll(config.appTable, ((page.Items ?? []) as LegacyOrder[]).map(toAppItem))
    cursor = page.LastEvaluatedKey
  } while (cursor)
}

await main()
