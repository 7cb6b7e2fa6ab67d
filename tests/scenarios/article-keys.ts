// The article's keys: running numbers as partition keys, sort keys with and without their prefix.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = process.env.APP_TABLE ?? 'EcommerceApp'

async function nextNumber(): Promise<number> {
  const { Attributes } = await documents.send(
    new UpdateCommand({
      TableName,
      Key: { PK: 'COUNTER', SK: 'COUNTER' },
      UpdateExpression: 'SET lastNumber = if_not_exists(lastNumber, :none) + :one',
      ExpressionAttributeValues: { ':none': 0, ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  return Attributes?.lastNumber
}

export async function addProduct(name: string) {
  const number = await nextNumber()
  const item = { PK: `PRODUCT#${number}`, SK: 'DETAILS', name }
  //                 ^^^^^^^^^^^^^^^^^^^ no-sequential-partition-key: Partition key `PK` of `APP_TABLE` is the number of an atomic counter
  await documents.send(
    new PutCommand({ TableName, Item: item, ConditionExpression: 'attribute_not_exists(PK)' }),
  )
}

export async function addUser(email: string) {
  const createdAt = Date.now()
  const profile = { PK: `USER#${email}`, SK: 'PROFILE', email, createdAt }
  const event = { PK: `USER#${email}`, SK: `EVENT#${createdAt}`, email }
  await documents.send(new PutCommand({ TableName, Item: profile }))
  await documents.send(new PutCommand({ TableName, Item: event }))
}

export async function profileOf(email: string) {
  const { Item } = await documents.send(
    new GetCommand({ TableName, Key: { PK: `USER#${email}`, SK: 'PROFILE' } }),
  )
  return Item
}

export async function recentOrders(email: string) {
  return documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'PK = :pk AND SK > :date',
      //                      ^^^^^^^^^^^^^^^^^^^^^^^^^ require-sort-key-prefix: `SK > :date` has no bound where `ORDER#` ends
      ExpressionAttributeValues: { ':pk': `USER#${email}`, ':date': 'ORDER#2024-02-01' },
      ScanIndexForward: false,
      Limit: 10,
    }),
  )
}

export async function events(email: string) {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'PK = :pk',
      //                      ^^^^^^^^^^ require-sort-key-prefix: This Query of `APP_TABLE` reads the whole partition, and the code keeps only `SK` beginning with `EVENT#`
      ExpressionAttributeValues: { ':pk': `USER#${email}` },
    }),
  )
  return Items.filter(({ SK }) => SK.startsWith('EVENT#'))
}

export async function everything(email: string) {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': `USER#${email}` },
    }),
  )
  return {
    profile: Items.find((item) => item.SK === 'PROFILE'),
    events: Items.filter((item) => item.SK.startsWith('EVENT#')),
  }
}
