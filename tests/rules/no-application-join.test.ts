import { describe, expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'no-application-join'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
  import type { APIGatewayProxyEvent } from 'aws-lambda'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
`

const handler = (body: string, event = 'APIGatewayProxyEvent'): string =>
  `${head}export const handler = async (event: ${event}) => {\n  const id = event.pathParameters?.id\n  ${body}\n}\n`

const order = (table = "'Orders'"): string =>
  `const { Item: order } = await documents.send(new GetCommand({ TableName: ${table}, Key: { orderId: id } }))`
const customer = (key = 'order?.customerId', table = "'Customers'"): string =>
  `await documents.send(new GetCommand({ TableName: ${table}, Key: { id: ${key} } }))`
const join = `${order()}\n  return { order, customer: ${customer()} }`

it('names both tables, the attribute and the way', () => {
  expect(reportsOf(rule, handler(join))).toEqual([
    '8:54-8:64 GetCommand: This GetItem joins `Customers` to `Orders`, read in line 7, by `customerId` (handler): each request waits for two reads, one after the other. In one table, with both under a partition key made of `customerId`, one Query reads the whole item collection.',
  ])
})

it('speaks of lists as lists', () => {
  const list =
    "const { Items = [] } = await documents.send(new QueryCommand({ TableName: 'Orders', KeyConditionExpression: 'shop = :s', ExpressionAttributeValues: { ':s': id } }))"
  const batch =
    'return documents.send(new BatchGetCommand({ RequestItems: { Customers: { Keys: Items.map((item) => ({ id: item.customerId })) } } }))'
  expect(reportsOf(rule, handler(`${list}\n  ${batch}`))).toEqual([
    expect.stringContaining(
      'This BatchGetItem joins `Customers` to the items of `Orders`, read in line 7, by their `customerId` (handler)',
    ),
  ])
})

const sameKey = (used: string): string =>
  `const { Item: user } = await documents.send(new GetCommand({ TableName: 'Users', Key: { userId: id } }))\n  ${used}`
const orders =
  "documents.send(new QueryCommand({ TableName: 'Orders', KeyConditionExpression: 'userId = :u', ExpressionAttributeValues: { ':u': id } }))"

it('tells a name that is made of parts by those that are known', () => {
  const names =
    '{ orders: `${process.env.STAGE}-orders`, customers: `${process.env.STAGE}-customers` }'
  const code = handler(
    `const tables = ${names}\n  ${order('tables.orders')}\n  return [order, ${customer(undefined, 'tables.customers')}]`,
  )
  expect(reportsOf(rule, code)).toEqual([
    expect.stringContaining('This GetItem joins `…-customers` to `…-orders`'),
  ])
})

describe('reports', () => {
  it.each([
    [
      'the key by which the first was read',
      handler(sameKey(`return { ...user, orders: await ${orders} }`)),
    ],
    [
      'a Scan that is asked for it',
      handler(
        `${order()}\n  return [order, await documents.send(new ScanCommand({ TableName: 'Customers', FilterExpression: 'id = :c', ExpressionAttributeValues: { ':c': order?.customerId } }))]`,
      ),
    ],
    [
      'a key made of it',
      handler(`${order()}\n  return [order, ${customer('`CUSTOMER#${order?.customerId}`')}]`),
    ],
    [
      'tables of the environment',
      handler(
        `${order('process.env.ORDERS')}\n  return [order, ${customer(undefined, 'process.env.CUSTOMERS')}]`,
      ),
    ],
    [
      'reads in functions of their own',
      handler(
        `const order = await getOrder(id)\n  return [order, await getCustomer(order?.customerId)]`,
      ) +
        "async function getOrder(orderId?: string) {\n  return (await documents.send(new GetCommand({ TableName: 'Orders', Key: { orderId } }))).Item\n}\nasync function getCustomer(id?: string) {\n  return (await documents.send(new GetCommand({ TableName: 'Customers', Key: { id } }))).Item\n}\n",
    ],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toHaveLength(1)
  })
})

describe('says nothing of', () => {
  it.each([
    ['one table', handler(`${order()}\n  return [order, ${customer(undefined, "'Orders'")}]`)],
    [
      'tables that may be one',
      handler(`${order('event.resource')}\n  return [order, ${customer(undefined, 'event.path')}]`),
    ],
    [
      'keys that have nothing in common',
      handler(`${order()}\n  return [order, ${customer('event.path')}]`),
    ],
    [
      'two reads for the same constant',
      handler(
        `${order().replace('orderId: id', "orderId: 'a'")}\n  return [order, ${customer("'a'")}]`,
      ),
    ],
    ['a look whether there is one', handler(sameKey(`if (!user) return null\n  return ${orders}`))],
    [
      'reads that are sent at once',
      handler(
        `const [user, orders] = await Promise.all([documents.send(new GetCommand({ TableName: 'Users', Key: { userId: id } })), ${orders}])\n  return { user, orders }`,
      ),
    ],
    [
      'a read for each element, of which no-n-plus-one speaks',
      handler(
        `${order()}\n  return Promise.all(order?.customers.map(async (one: string) => ${customer('one')}))`,
      ),
    ],
    [
      'what is read after a failure',
      handler(`${order()}\n  try { return order } catch { return ${customer()} }`),
    ],
    [
      'branches',
      handler(`if (id) {\n  ${order()}\n  return order } else return ${customer('id')}`),
    ],
    [
      'a queue',
      handler(join, 'SQSEvent').replace('event.pathParameters?.id', 'event.Records[0]?.body'),
    ],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toEqual([])
  })
})

describe('options', () => {
  it.each([
    [{ separate: [['Customers', 'Orders']] }, 0],
    [{ separate: [['Customers', 'Invoices']] }, 1],
    [{ lookups: ['Customers'] }, 0],
    [{ lookups: ['Invoices'] }, 1],
  ])('%j', (option, count) => {
    expect(reportsOf(rule, handler(join), { options: [option] })).toHaveLength(count)
  })

  it('know a table by the variable that holds its name', () => {
    const code = handler(
      `${order("process.env.ORDERS ?? 'Orders'")}\n  return [order, ${customer(undefined, 'process.env.CUSTOMERS')}]`,
    )
    const options = [{ separate: [['CUSTOMERS', 'Orders']] }]
    expect(reportsOf(rule, code, { options })).toEqual([])
  })
})
