import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { documents } from '../clients/dynamodb'
import { config } from '../config'
import { json } from '../http'

export const handler: APIGatewayProxyHandler = async (event) => {
  const { userId, code } = event.pathParameters ?? {}
  if (!userId || !code) return json(400, { message: 'userId and code are required' })

  try {
    await documents.send(
      new UpdateCommand({
        TableName: config.appTable,
        Key: { PK: `VOUCHER#${code}`, SK: 'VOUCHER' },
        UpdateExpression: 'SET redeemedBy = :userId',
        ConditionExpression: 'attribute_exists(PK) AND attribute_not_exists(redeemedBy)',
        ExpressionAttributeValues: { ':userId': userId },
      }),
    )
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
    return json(409, { message: 'The voucher is unknown or already used' })
  }

  return json(200, { code, redeemed: true })
}
