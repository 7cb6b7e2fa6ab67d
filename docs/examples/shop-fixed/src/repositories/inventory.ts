import { UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { client } from '../clients/dynamodb'
import { config } from '../config'

/** Stock is counted in the Products table; this file speaks to it without the document client. */
export async function addStock(productId: string, quantity: number): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      TableName: config.productsTable,
      Key: { productId: { S: productId } },
      UpdateExpression: 'SET stock = stock + :quantity',
      ConditionExpression: 'attribute_exists(productId)',
      ExpressionAttributeValues: { ':quantity': { N: String(quantity) } },
    }),
  )
}

export async function take(productId: string, quantity: number) {
  try {
    await client.send(
      new UpdateItemCommand({
        TableName: config.productsTable,
        Key: { productId: { S: productId } },
        UpdateExpression: 'SET stock = stock - :quantity',
        ConditionExpression: 'stock >= :quantity',
        ExpressionAttributeValues: { ':quantity': { N: String(quantity) } },
      }),
    )
    return { success: true }
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') {
      return { success: false, reason: 'Not enough stock' }
    }
    throw error
  }
}
