import { expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'no-unknown-index'

const settings = {
  tables: {
    Orders: {
      partitionKey: 'orderId',
      indexes: {
        byCustomer: { partitionKey: 'customerId', sortKey: 'day' },
        byDay: { partitionKey: 'day' },
      },
    },
    Users: { partitionKey: 'userId' },
  },
}

const query = (index: string, table = "'Orders'"): string => program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  export const run = (id: string, given: any) =>
    documents.send(
      new QueryCommand({
        TableName: ${table},
        ${index}
        KeyConditionExpression: 'customerId = :id',
        ExpressionAttributeValues: { ':id': id },
      }),
    )
`

it('tells an index that the table does not have, and those that it has', () => {
  expect(reportsOf(rule, query("IndexName: 'by-customer',"), { settings })).toEqual([
    "8:18-8:31 'by-customer': `Orders` has no index `by-customer`: it has `byCustomer` and `byDay`. DynamoDB rejects this: The table does not have the specified index: by-customer",
  ])
  expect(reportsOf(rule, query("IndexName: 'x',", "'Users'"), { settings })).toEqual([
    "8:18-8:21 'x': `Users` has no index `x`: it has none. DynamoDB rejects this: The table does not have the specified index: x",
  ])
})

it.each([
  ['one that it has', "IndexName: 'byDay',", "'Orders'"],
  ['no index', '', "'Orders'"],
  ['a name that is not known', 'IndexName: given.index,', "'Orders'"],
  ['a table that is not known', "IndexName: 'x',", "'Carts'"],
  ['one of several tables', "IndexName: 'x',", "given ? 'Orders' : 'Users'"],
])('is silent on %s', (_, index, table) => {
  expect(reportsOf(rule, query(index, table), { settings })).toEqual([])
})

it('offers the nearest name, and none where no name is near', () => {
  const code = query("IndexName: 'ByCustomers',")
  const [suggestion, ...others] = mended(rule, code, { settings })
  expect(others).toEqual([])
  expect(suggestion?.title).toBe('Name index `byCustomer`, whose key is `customerId` and `day`.')
  expect(suggestion && newLines(code, suggestion)).toEqual(["      IndexName: 'byCustomer',"])
  expect(mended(rule, query("IndexName: 'GSI1',"), { settings })).toEqual([])
})
