import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'
import { json } from '../http'
import type { LegacyOrder, LegacyUser } from '../models'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const usersTable = process.env.USERS_TABLE ?? 'Users'
const ordersTable = process.env.ORDERS_TABLE ?? 'Orders'

/** One customer with every order they ever placed, for the account page. */
async function getUserWithOrders(userId: string) {
  const { Item } = await documents.send(new GetCommand({ TableName: usersTable, Key: { userId } }))
  if (!Item) return undefined
  const user = Item as LegacyUser

  const orders = []
  // eslint-disable-next-line dynamodb/no-application-join -- the old tables stay apart until they are gone
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: ordersTable,
      IndexName: 'byUser',
      KeyConditionExpression: 'userId = :userId',
      ExpressionAttributeValues: { ':userId': user.userId },
    },
  )
  for await (const page of pages) orders.push(...(page.Items ?? []))

  return { ...user, orders: orders as LegacyOrder[] }
}

export const handler: APIGatewayProxyHandler = async (event) => {
  const userId = event.pathParameters?.userId
  if (!userId) return json(400, { message: 'userId is required' })

  const dashboard = await getUserWithOrders(userId)
  return dashboard ? json(200, dashboard) : json(404, { message: 'No such customer' })
}
