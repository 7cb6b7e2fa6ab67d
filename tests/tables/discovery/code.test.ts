/** Tables that code defines: AWS CDK, SST, Pulumi; and those of Architect. */
import { expect, it } from 'vitest'
import { defined, getOf, linked } from './discovered.ts'

const CDK = `import { Stack, App } from 'aws-cdk-lib'
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table, TableV2, Billing } from 'aws-cdk-lib/aws-dynamodb'
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs'
`

it('reads tables of the CDK, and the indexes that are added to them', () => {
  const stack = `${CDK}
export class Data extends Stack {
  readonly orders: Table
  constructor(scope: App, id: string) {
    super(scope, id)
    this.orders = new Table(this, 'Orders', {
      tableName: 'orders',
      partitionKey: { name: 'PK', type: AttributeType.STRING },
      sortKey: { name: 'SK', type: AttributeType.NUMBER },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: 'ttl',
    })
    this.orders.addGlobalSecondaryIndex({
      indexName: 'byDay',
      partitionKey: { name: 'day', type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['total'],
    })
    this.orders.addLocalSecondaryIndex({ indexName: 'byTotal', sortKey: { name: 'total', type: AttributeType.NUMBER } })
    new TableV2(this, 'Users', {
      partitionKey: { name: 'userId', type: AttributeType.BINARY },
      globalSecondaryIndexes: [{ indexName: 'many', partitionKeys: [{ name: 'a', type: AttributeType.STRING }, { name: 'b', type: AttributeType.STRING }] }],
    })
  }
}
new Data(new App(), 'Data')
`
  expect(defined({ 'lib/stack.ts': stack })).toEqual([
    'AWS CDK | lib/stack.ts:24 | Users | - | userId:B | many a:S+b:S ALL | on-demand by default',
    'AWS CDK | lib/stack.ts:9 | Orders | orders | PK:S SK:N | byDay day:S total | byTotal PK:S total:N ALL | ttl ttl | stream NEW_IMAGE | on-demand',
  ])
})

it('leaves open what it cannot tell', () => {
  const stack = `${CDK}

export class Data extends Stack {
  make(table: Table, given: any) {
    new Table(this, 'A', { partitionKey: { name: given.key, type: AttributeType.STRING } })
    new Table(this, 'B', { partitionKey: { name: 'id', type: AttributeType.STRING }, ...given })
    new TableV2(this, 'C', { partitionKey: { name: 'id', type: AttributeType.STRING }, globalSecondaryIndexes: given })
    for (const name of given) table.addGlobalSecondaryIndex({ indexName: name, partitionKey: { name, type: AttributeType.STRING } })
  }
}
`
  expect(defined({ 'lib/stack.ts': stack })).toEqual(
    [
      'AWS CDK | lib/stack.ts:8 | A | - | its key is not known',
      'AWS CDK | lib/stack.ts:9 | B | - | its key is not known',
      'AWS CDK | lib/stack.ts:10 | C | - | id:S | and more | on-demand by default',
    ].sort(),
  )
})

it('links by the variables of functions, through constructs of the project', () => {
  const construct = `${CDK}
export class Store extends Stack {
  readonly table: Table
  constructor(scope: Stack, id: string, props: { key: string }) {
    super(scope, id)
    this.table = new Table(this, id, { partitionKey: { name: props.key, type: AttributeType.STRING } })
  }
}
`
  const app = `${CDK}import { Store } from './store'
const stack = new Stack()
const orders = new Store(stack, 'Orders', { key: 'orderId' })
const users = new Store(stack, 'Users', { key: 'userId' })
new NodejsFunction(stack, 'a', { entry: 'src/a.ts', environment: { TABLE: orders.table.tableName } })
const b = new NodejsFunction(stack, 'b', { entry: 'src/b.ts' })
b.addEnvironment('TABLE', users.table.tableName)
`
  expect(
    linked({
      'lib/store.ts': construct,
      'lib/app.ts': app,
      'src/a.ts': getOf('process.env.TABLE'),
      'src/b.ts': getOf('process.env.TABLE'),
    }).slice(-2),
  ).toEqual(['TABLE → orderId', 'TABLE → userId'])
})

it('links names with a stage in them, a prefix that functions get included', () => {
  const stack = `${CDK}
export class Data extends Stack {
  constructor(scope: App, id: string, stage: string) {
    super(scope, id)
    new Table(this, 'Orders', { tableName: \`shop-\${stage}-orders\`, partitionKey: { name: 'orderId', type: AttributeType.STRING } })
    new NodejsFunction(this, 'a', { entry: 'src/a.ts', environment: { PREFIX: \`shop-\${stage}-\` } })
  }
}
`
  expect(
    linked({
      'lib/stack.ts': stack,
      'src/a.ts': getOf("`${process.env.PREFIX ?? 'shop-dev-'}orders`"),
      'src/b.ts': getOf("'shop-prod-orders'"),
      'src/c.ts': getOf('`shop-${process.env.STAGE}-orders`'),
      'src/d.ts': getOf("'shop-prod-old-orders'"),
    }).map((line) => line.replace(/.*→/, '→')),
  ).toEqual(['→ orderId', '→ orderId', '→ orderId', '→ -'])
})

it('reads tables of SST, of both versions, and links what they bind', () => {
  const version3 = `export default $config({
  async run() {
    new sst.aws.Dynamo('Orders', {
      fields: { orderId: 'string', day: 'number', a: 'string' },
      primaryIndex: { hashKey: 'orderId', rangeKey: 'day' },
      globalIndexes: { byDay: { hashKey: ['day', 'a'], projection: 'keys-only' } },
      ttl: 'expires',
      stream: 'new-image',
    })
  },
})
`
  const version2 = `import { Table } from 'sst/constructs'
export function Data({ stack }) {
  new Table(stack, 'Users', { fields: { userId: 'string' }, primaryIndex: { partitionKey: 'userId' } })
}
`
  expect(defined({ 'sst.config.ts': version3, 'stacks/data.ts': version2 })).toEqual([
    'SST | sst.config.ts:3 | Orders | - | orderId:S day:N | byDay day:N+a:S KEYS_ONLY | ttl expires | stream NEW_IMAGE | on-demand by default',
    'SST | stacks/data.ts:3 | Users | - | userId:S | on-demand by default',
  ])
  expect(
    linked({
      'sst.config.ts': version3,
      'src/a.ts': getOf('Resource.Orders.name', "import { Resource } from 'sst'"),
      'src/b.ts': getOf('Resource.Carts.name', "import { Resource } from 'sst'"),
    }).map((line) => line.replace(/.*→/, '→')),
  ).toEqual(['→ orderId', '→ -'])
})

it('reads tables of Pulumi', () => {
  const code = `import * as aws from '@pulumi/aws'
export const orders = new aws.dynamodb.Table('orders', {
  attributes: [{ name: 'PK', type: 'S' }, { name: 'SK', type: 'S' }],
  hashKey: 'PK',
  rangeKey: 'SK',
  billingMode: 'PAY_PER_REQUEST',
  globalSecondaryIndexes: [{ name: 'reverse', hashKey: 'SK', rangeKey: 'PK', projectionType: 'ALL' }],
  ttl: { attributeName: 'ttl', enabled: true },
})
`
  expect(defined({ 'infra/index.ts': code })).toEqual([
    'Pulumi | infra/index.ts:2 | orders | - | PK:S SK:S | reverse SK:S PK:S ALL | ttl ttl | on-demand',
  ])
})

it('reads tables of Architect', () => {
  const manifest = `@app
shop
@tables
orders
  orderId *String
  day **Number
  ttl TTL
  stream true
@tables-indexes
orders
  email *String
  name byEmail
  projection keys
`
  expect(defined({ 'app.arc': manifest })).toEqual([
    'Architect | app.arc:4 | orders | ${app}-orders-${stage} | orderId:S day:N | byEmail email:S KEYS_ONLY | ttl ttl | stream NEW_AND_OLD_IMAGES | on-demand by default',
  ])
})
