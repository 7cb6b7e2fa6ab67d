import { paginateScan } from '@aws-sdk/lib-dynamodb'
import type { ScheduledHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { sendMail } from '../clients/mail'
import { config } from '../config'
import type { Order } from '../models'

/** Runs at two in the morning and reads everything: that is what it is for. */
export const handler: ScheduledHandler = async (event) => {
  const day = event.time.slice(0, 10)
  let orders = 0
  let revenue = 0

  const pages = paginateScan(
    { client: documents },
    {
      TableName: config.appTable,
      FilterExpression: 'entityType = :order',
      ExpressionAttributeValues: { ':order': 'Order' },
    },
  )
  for await (const page of pages) {
    for (const order of (page.Items ?? []) as Order[]) {
      orders += 1
      revenue += order.total
    }
  }

  await sendMail(
    config.mailSender,
    `Sales of ${day}`,
    `${orders} orders, ${revenue.toFixed(2)} EUR`,
  )
}
