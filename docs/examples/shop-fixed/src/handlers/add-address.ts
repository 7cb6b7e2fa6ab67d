import { PutCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json, parseBody } from '../http'

interface AddressBody {
  label: string
  street: string
  city: string
}

/** POST /users/{userId}/addresses */
export const handler: APIGatewayProxyHandler = async (event) => {
  const userId = event.pathParameters?.userId
  const { label, street, city } = parseBody<AddressBody>(event.body)
  if (!userId || !label || !street) return json(400, { message: 'label and street are required' })

  await documents.send(
    new PutCommand({
      TableName: config.appTable,
      Item: { PK: `USER#${userId}`, SK: `ADDRESS#${label}`, street, city },
      ConditionExpression: 'attribute_not_exists(PK)',
    }),
  )

  return json(201, { label })
}
