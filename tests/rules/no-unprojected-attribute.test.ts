import { expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'no-unprojected-attribute'

const index = { partitionKey: 'customerId', sortKey: 'day' }
const settings = {
  tables: {
    Orders: {
      partitionKey: 'orderId',
      indexes: {
        some: { ...index, projection: ['status'] },
        keys: { ...index, projection: 'KEYS_ONLY' },
        all: { ...index, projection: 'ALL' },
        open: index,
        local: { partitionKey: 'orderId', sortKey: 'day', projection: 'KEYS_ONLY' },
      },
    },
  },
}

const query = (name: string, rest: string, more = ''): string => program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  export async function run(id: string) {
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName: 'Orders',
        IndexName: '${name}',
        KeyConditionExpression: 'customerId = :id',
        ExpressionAttributeValues: { ':id': id }, ${more}
      }),
    )
    ${rest}
  }
`

it('tells what is read of an item, and is not in the index', () => {
  expect(reportsOf(rule, query('some', 'return Items[0].total'), { settings })).toEqual([
    '13:10-13:24 Items[0].total: Index `some` of `Orders` does not carry `total`, so this is always undefined: it projects the keys and `status`.',
  ])
})

it.each([
  ['in a loop', 'for (const order of Items) console.log(order.total)'],
  ['in what is mapped', 'return Items.map((order) => order.total.amount)'],
  ['in what is taken apart', 'return Items.filter(({ total }) => total > 7)'],
])('%s', (_, rest) => {
  const reports = reportsOf(rule, query('keys', rest), { settings })
  expect(reports.map((report) => report.replace(/^[^`]*/, ''))).toEqual([
    '`keys` of `Orders` does not carry `total`, so this is always undefined: it projects only the keys.',
  ])
})

it('tells what a projection asks of a global index', () => {
  const more = "ProjectionExpression: 'orderId, total',"
  expect(reportsOf(rule, query('keys', 'return Items', more), { settings })).toEqual([
    "10:71-10:87 'orderId, total': Index `keys` of `Orders` does not carry `total`: it projects only the keys. DynamoDB rejects this: One or more parameter values were invalid: Global secondary index keys does not project total",
  ])
})

it.each([
  [
    'attributes of keys and projection',
    'some',
    'return Items.map((o) => [o.orderId, o.customerId, o.day, o.status])',
    '',
  ],
  ['an index that carries all', 'all', 'return Items[0].total', ''],
  ['an index whose projection is not known', 'open', 'return Items[0].total', ''],
  ['an index that is not known', 'other', 'return Items[0].total', ''],
  [
    'what a local index is asked for',
    'local',
    'return Items[0].total',
    "Select: 'ALL_ATTRIBUTES',",
  ],
  ['what every object has', 'keys', 'return Items[0].toString()', ''],
  ['what the list has', 'keys', 'return Items.length', ''],
])('is silent on %s', (_, name, rest, more) => {
  expect(reportsOf(rule, query(name, rest, more), { settings })).toEqual([])
})
