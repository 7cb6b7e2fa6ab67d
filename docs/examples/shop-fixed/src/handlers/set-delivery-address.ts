import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json, parseBody } from '../http'
import { userKey } from '../keys'

interface Address {
  street: string
  city: string
  postcode: string
}

export const handler: APIGatewayProxyHandler = async (event) => {
  const userId = event.pathParameters?.userId
  const address = parseBody<Address>(event.body)
  if (!userId || !address.street || !address.city) {
    return json(400, { message: 'userId, street and city are required' })
  }

  const Key = { PK: userKey(userId), SK: 'PROFILE' }
  const saved = await documents.send(
    new UpdateCommand({
      TableName: config.appTable,
      Key,
      UpdateExpression: 'SET deliveryAddress = :address',
      ReturnValues: 'ALL_NEW',
      ConditionExpression: 'attribute_exists(PK)',
      ExpressionAttributeValues: { ':address': address },
    }),
  )

  return json(200, saved.Attributes)
}
