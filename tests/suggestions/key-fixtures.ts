/** Queries whose conditions stand in the wrong place, each a whole file. */

export const settings = {
  tables: {
    Orders: {
      partitionKey: { name: 'userId', type: 'S' },
      sortKey: 'createdAt',
      indexes: {
        byCode: { partitionKey: { name: 'code', type: 'S' }, projection: 'ALL' },
        byShop: { partitionKey: 'userId', sortKey: 'shop', projection: 'ALL' },
      },
    },
  },
}

const file = (body: string, names = 'QueryCommand'): string =>
  `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ${names} } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

${body}
`

/** By the rule that offers to mend them. */
export const offered: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-filter-for-key': {
    'a bound in the filter':
      file(`export const inPeriod = (userId: string, from: string, to: string) =>
  documents.send(
    new QueryCommand({
      TableName: 'Orders',
      KeyConditionExpression: 'userId = :user AND createdAt >= :from',
      FilterExpression: 'createdAt <= :to AND (paid = :yes OR total > :none)',
      ExpressionAttributeValues: {
        ':user': userId,
        ':from': from,
        ':to': to,
        ':yes': true,
        ':none': 0,
      },
    }),
  )`),
    'a whole filter, in one line': file(`export const since = (userId: string, day: string) =>
  documents.send(new QueryCommand({ TableName: "Orders", KeyConditionExpression: "userId = :user", FilterExpression: "createdAt >= :day", ExpressionAttributeValues: { ":user": userId, ":day": day } }))`),
    'a filter that says nothing new, with a name of its own':
      file(`export async function ordersOf(userId: string) {
  const input = {
    TableName: 'Orders',
    KeyConditionExpression: 'userId = :user',
    FilterExpression: 'attribute_exists(#user)',
    ExpressionAttributeNames: { '#user': 'userId' },
    ExpressionAttributeValues: { ':user': userId },
  }
  const { Items } = await documents.send(new QueryCommand(input))
  return Items
}`),
    'a filter by another value of the same key':
      file(`export async function ordersOf(userId: string) {
  const { Items } = await documents.send(
    new QueryCommand({
      TableName: 'Orders',
      KeyConditionExpression: 'userId = :user',
      FilterExpression: 'userId = :user AND #state = :open',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':user': userId, ':open': 'open' },
    }),
  )
  return Items
}`),
    'an index, for a paginator': file(
      `export async function* inShop(userId: string, shop: string) {
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: 'Orders',
      KeyConditionExpression: 'userId = :user',
      FilterExpression: 'begins_with(shop, :shop) AND size(lines) > :none',
      ExpressionAttributeValues: { ':user': userId, ':shop': shop, ':none': 0 },
    },
  )
  for await (const page of pages) yield page.Items
}`,
      'paginateQuery',
    ),
    'another index than the one that is read':
      file(`export const inShop = (code: string, userId: string) =>
  documents.send(
    new QueryCommand({
      TableName: 'Orders',
      IndexName: 'byCode',
      KeyConditionExpression: 'code = :code',
      FilterExpression: 'code = :code AND userId = :user',
      ExpressionAttributeValues: { ':code': code, ':user': userId },
    }),
  )`),
  },
  'valid-key-condition': {
    'an index that is not named': file(`export const byCode = (code: string) =>
  documents.send(
    new QueryCommand({
      TableName: 'Orders',
      KeyConditionExpression: 'code = :code',
      FilterExpression: 'total > :none',
      ExpressionAttributeValues: { ':code': code, ':none': 0 },
    }),
  )`),
    'the wrong index': file(`export const byCode = (code: string) =>
  documents.send(
    new QueryCommand({ TableName: 'Orders', IndexName: \`byShop\`, KeyConditionExpression: 'code = :code', ExpressionAttributeValues: { ':code': code } }),
  )`),
    'an index that is not needed': file(`export const since = (userId: string, day: string) =>
  documents.send(
    new QueryCommand({
      TableName: 'Orders',
      IndexName: 'byShop',
      KeyConditionExpression: 'userId = :user AND createdAt > :day',
      ExpressionAttributeValues: { ':user': userId, ':day': day },
    }),
  )`),
  },
}
