// settings: {"tables":{"Shop":{"partitionKey":"PK","sortKey":"SK"}}}
// A Query that uses every kind it reads, one with the prefix, one with both ends of its range.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = 'Shop'

export async function overview(user: string) {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': `USER#${user}` },
    }),
  )
  return {
    profile: Items.find((item) => item.SK === 'PROFILE'),
    orders: Items.filter((item) => item.SK.startsWith('ORDER#')),
  }
}

export async function orders(user: string) {
  return documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :order)',
      ExpressionAttributeValues: { ':pk': `USER#${user}`, ':order': 'ORDER#' },
    }),
  )
}

export async function ordersOf(user: string, year: number) {
  return documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'PK = :pk AND SK BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': `USER#${user}`,
        ':from': `ORDER#${year}`,
        ':to': `ORDER#${year}\uffff`,
      },
    }),
  )
}
