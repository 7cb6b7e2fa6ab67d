import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json, parseBody } from '../http'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = process.env.APP_TABLE ?? 'EcommerceApp'

interface ReturnBody {
  orderId: string
  reason: string
}

const counter = { PK: 'COUNTER#returns', SK: 'COUNTER' }

/** Return slips are numbered: the warehouse prints the number on the label. */
async function nextReturnNumber(): Promise<number> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: counter }))
  const next = (Item?.lastNumber ?? 0) + 1
  await documents.send(new PutCommand({ TableName, Item: { ...counter, lastNumber: next } }))
  return next
}

export const handler: APIGatewayProxyHandler = async (event) => {
  const { orderId, reason } = parseBody<ReturnBody>(event.body)
  if (!orderId) return json(400, { message: 'orderId is required' })

  const returnNumber = await nextReturnNumber()
  const today = new Date().toISOString().slice(0, 10)

  await documents.send(
    new PutCommand({
      TableName,
      Item: {
        PK: `RETURN#${returnNumber}`,
        SK: 'DETAILS',
        GSI2PK: `DATE#${today}`,
        GSI2SK: `RETURN#${orderId}`,
        orderId,
        reason: reason ?? 'not given',
      },
      ConditionExpression: 'attribute_not_exists(PK)',
    }),
  )

  return json(201, { returnNumber })
}
