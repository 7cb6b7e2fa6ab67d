import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { documents } from '../clients/dynamodb'
import { config } from '../config'

/** The next number of a running series; one item a series, counted up by DynamoDB itself. */
export async function nextNumber(series: string): Promise<number> {
  const { Attributes } = await documents.send(
    new UpdateCommand({
      TableName: config.appTable,
      Key: { PK: `COUNTER#${series}`, SK: 'COUNTER' },
      UpdateExpression: 'SET lastNumber = if_not_exists(lastNumber, :zero) + :one',
      ExpressionAttributeValues: { ':zero': 0, ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  return Number(Attributes?.lastNumber)
}
