import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json, parseBody } from '../http'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = process.env.APP_TABLE ?? 'EcommerceApp'

interface ReturnBody {
  orderId: string
  reason: string
}

export const handler: APIGatewayProxyHandler = async (event) => {
  const { orderId, reason } = parseBody<ReturnBody>(event.body)
  if (!orderId) return json(400, { message: 'orderId is required' })

  const returnId = randomUUID()

  await documents.send(
    new PutCommand({
      TableName,
      Item: {
        PK: `RETURN#${returnId}`,
        SK: 'DETAILS',
        GSI2PK: `ORDER#${orderId}`,
        GSI2SK: `RETURN#${returnId}`,
        orderId,
        reason: reason ?? 'not given',
      },
      ConditionExpression: 'attribute_not_exists(PK)',
    }),
  )

  return json(201, { returnId })
}
