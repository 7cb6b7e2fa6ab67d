import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { client } from '../clients/dynamodb'
import { config } from '../config'

/** Stock is counted in the Products table; this file speaks to it without the document client. */
export async function getStock(productId: string): Promise<number | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: config.productsTable,
      Key: { productId: { S: productId } },
      ProjectionExpression: 'stock',
    }),
  )
  return Item?.stock?.N === undefined ? undefined : Number(Item.stock.N)
}

export async function setStock(productId: string, stock: number): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      TableName: config.productsTable,
      Key: { productId: { S: productId } },
      UpdateExpression: 'SET stock = :stock',
      ExpressionAttributeValues: { ':stock': { N: String(stock) } },
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
    if ((error as { code?: string }).code === 'ConditionalCheckFailedException') {
      return { success: false, reason: 'Not enough stock' }
    }
    throw error
  }
}
