import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBStreamHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { sendMail } from '../clients/mail'
import { config } from '../config'
import type { Order } from '../models'

type Image = Record<string, AttributeValue>

const toOrder = (image: unknown): Partial<Order> => (image ? unmarshall(image as Image) : {})

/** Reacts to orders in EcommerceApp: tells the customer, and keeps a log of every change of state. */
export const handler: DynamoDBStreamHandler = async (event) => {
  for (const record of event.Records) {
    const before = toOrder(record.dynamodb?.OldImage)
    const after = toOrder(record.dynamodb?.NewImage)
    if (after.entityType !== 'Order' || before.status === after.status) continue

    if (before.status === undefined && after.email) {
      await sendMail(after.email, 'Your order', `Thank you! Your order number is ${after.orderId}.`)
    }
    if (after.status === 'shipped' && after.email) {
      await sendMail(after.email, 'On its way', `Order ${after.orderId} has left our warehouse.`)
    }

    await documents.send(
      new PutCommand({
        TableName: config.eventLogTable,
        Item: {
          PK: `ORDER#${after.orderId}`,
          SK: `EVENT#${new Date().toISOString()}#${record.eventID}`,
          eventType: 'STATUS_CHANGE',
          from: before.status,
          to: after.status,
        },
      }),
    )
  }
}
