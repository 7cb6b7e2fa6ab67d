/** Tables that only those know who hand them over, and variables that are computed or given through several stacks. */
import { describe, expect, it } from 'vitest'
import { getOf, linked } from './discovered.ts'

const table = (id: string, key: string): string =>
  `  ${id}: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: ${id.toLowerCase()}, AttributeDefinitions: [{ AttributeName: ${key}, AttributeType: S }], KeySchema: [{ AttributeName: ${key}, KeyType: HASH }] } }\n`

const fn = (id: string, variables: string): string =>
  `  ${id}: { Type: 'AWS::Serverless::Function', Properties: { Handler: src/${id}.handler, Environment: { Variables: { ${variables} } } } }\n`

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31\nResources:\n${table('Orders', 'orderId')}${table('Users', 'userId')}${fn('a', 'ORDERS: !Ref Orders, USERS: !Ref Users')}`

const IMPORTS = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
`

const STORE = `${IMPORTS}
export class Store {
  constructor(private readonly db: DynamoDBDocumentClient, private readonly table: string) {}
  static create(stage: string) { return new Store(client, \`orders-\${stage}\`) }
  get(id: string) { return this.db.send(new GetCommand({ TableName: this.table, Key: { id } })) }
}
`

const made = (name: string): string =>
  `import { Store } from './store'\nexport const handler = (event: { id: string }) => new Store({} as never, ${name}).get(event.id)\n`

describe('a table that a class is made with', () => {
  const uses = (files: Readonly<Record<string, string>>): readonly string[] =>
    linked({ 'template.yaml': TEMPLATE, ...files }).map((line) => line.replace(/.*→/, '→'))

  const ONE = STORE.replace(/ {2}static.*\n/, '')

  it('is the one that all who make it give', () => {
    expect(
      uses({
        'src/store.ts': ONE,
        'src/a.ts': made("process.env.ORDERS ?? 'local'"),
        'src/b.ts': made('process.env.ORDERS!'),
        'src/b.test.ts': made("'of a test'"),
      }),
    ).toEqual(['→ orderId'])
  })

  it('is unknown where they give different ones, or one that is not known', () => {
    const one = made('process.env.ORDERS!')
    const withOther = (name: string): readonly string[] =>
      uses({ 'src/store.ts': ONE, 'src/a.ts': one, 'src/b.ts': made(name) })
    expect(withOther('process.env.USERS!')).toEqual(['→ -'])
    expect(withOther('(await load()).table')).toEqual(['→ -'])
    expect(uses({ 'src/store.ts': ONE })).toEqual(['→ -'])
  })

  it('may have a name that a parameter makes up', () => {
    const template = TEMPLATE.replace('TableName: orders', "TableName: !Sub 'orders-${Stage}'")
    const files = {
      'template.yaml': template,
      'src/store.ts': STORE,
      'src/a.ts':
        "import { Store } from './store'\nexport const handler = (event: { id: string }) => Store.create(process.env.STAGE!).get(event.id)\n",
    }
    expect(uses(files)).toContain('→ orderId')
  })

  it('may come through an object, and a function that a handler calls', () => {
    const wrapper = `${IMPORTS}
export interface Config { readonly table: string }
const read = async (config: Config, id: string) => client.send(new GetCommand({ TableName: config.table, Key: { id } }))
export class Orders {
  constructor(private readonly config: Config) {}
  get(id: string) { return read(this.config, id) }
}
`
    const files = {
      'src/orders.ts': wrapper,
      'src/a.ts':
        "import { Orders } from './orders'\nconst config = { table: String(process.env.ORDERS).trim() }\nconst orders = new Orders(config)\nexport const handler = (event: { id: string }) => orders.get(event.id)\n",
    }
    expect(uses(files)).toEqual(['→ orderId'])
  })
})

describe('a variable', () => {
  it.each([
    ['z.object({}).parse(process.env)', 'env.ORDERS', "import { z } from 'zod'"],
    [
      'createEnv({ server: {}, runtimeEnv: process.env })',
      'env.ORDERS',
      "import { createEnv } from '@t3-oss/env-core'",
    ],
    ['{}', "vars.get('ORDERS').required().asString()", "import * as vars from 'env-var'"],
    [
      '{}',
      "given('ORDERS')",
      'const given = (name: string) => { const value = process.env[name]; if (!value) throw new Error(name); return value }',
    ],
  ])('may be checked by %s', (env, name, before) => {
    const code = getOf(name, `${before}\nconst env = ${env}`)
    expect(
      linked({ 'template.yaml': TEMPLATE, 'src/a.ts': code }).map((l) => l.replace(/.*→/, '→')),
    ).toEqual(['→ orderId'])
  })

  it('may be given in the environment that a handler is handed', () => {
    const template = TEMPLATE.replace('ORDERS: !Ref', 'ORDERS_TABLE: !Ref')
    const code = (member: string): string =>
      `${IMPORTS}export const handler = (event: { id: string }, context: { env: Record<string, string> }) => client.send(new GetCommand({ TableName: context.env.${member}, Key: { id: event.id } }))`
    const uses = linked({
      'template.yaml': template,
      'src/a.ts': code('ORDERS_TABLE'),
      'src/b.ts': code('CARTS_TABLE'),
    })
    expect(uses.map((l) => l.replace(/.*→/, '→'))).toEqual(['→ orderId', '→ -'])
  })

  it('is the one of the functions that come to a file', () => {
    const template = `Transform: AWS::Serverless-2016-10-31\nResources:\n${table('Orders', 'orderId')}${table('Users', 'userId')}${fn('a', 'TABLE: !Ref Orders')}${fn('b', 'TABLE: !Ref Users')}`
    const handler = (file: string): string =>
      `import { handler as inner } from './${file}'\nexport const handler = inner\n`
    const uses = linked({
      'template.yaml': template,
      'src/orders.ts': getOf('process.env.TABLE'),
      'src/both.ts': getOf('process.env.TABLE'),
      'src/a.ts': `${handler('orders')}export * from './both'\n`,
      'src/b.ts': handler('both'),
    })
    expect(uses).toEqual(['TABLE → orderId', 'TABLE → -'])
  })

  it('is not what a file without that function has, where the code has a name of its own', () => {
    const template = `Transform: AWS::Serverless-2016-10-31\nResources:\n${table('Orders', 'orderId')}${fn('a', 'ORDERS: !Ref Orders')}`
    const uses = linked({
      'template.yaml': template,
      'src/a.ts': `export { get } from './inner'\n${getOf("process.env.ORDERS ?? 'local'")}`,
      'src/inner.ts': `export const get = 1\n${getOf("process.env.ORDERS ?? 'local'")}`,
      'web/page.ts': getOf("process.env.ORDERS ?? 'shop-orders'"),
      'web/named.ts': getOf("process.env.ORDERS ?? 'orders'"),
      'web/bare.ts': getOf('process.env.ORDERS'),
    })
    expect(uses.map((use) => use.replace(/.*→/, '→'))).toEqual([
      '→ orderId',
      '→ orderId',
      '→ -',
      '→ orderId',
      '→ orderId',
    ])
  })

  it('may come through stacks in stacks, and an export whose prefix each stack calls its own way', () => {
    const tables = `Resources:\n${table('Orders', 'orderId')}${table('Users', 'userId')}Outputs:\n  OrdersName: { Value: !Ref Orders }\n  UsersName: { Value: !Ref Users, Export: { Name: !Sub '\${AWS::StackName}-users' } }\n`
    const functions = `Parameters: { OrdersTable: { Type: String, Default: none } }\nResources:\n${fn('a', "ORDERS: !Ref OrdersTable, USERS: { 'Fn::ImportValue': !Sub '${Core}-users' }")}`
    const main = `Resources:
  Tables: { Type: 'AWS::Serverless::Application', Properties: { Location: tables/main.yaml } }
  Functions: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: ./functions.yaml, Parameters: { OrdersTable: !GetAtt Tables.Outputs.OrdersName } } }
`
    expect(
      linked({
        'main.yaml': main,
        'tables/main.yaml': tables,
        'functions.yaml': functions,
        'src/a.ts': getOf('process.env.ORDERS'),
        'src/b.ts': getOf('process.env.USERS'),
      }),
    ).toEqual(['ORDERS → orderId', 'USERS → userId'])
  })

  it('may be computed for each of the tables', () => {
    const CDK =
      "import { aws_dynamodb as dynamodb, aws_lambda as lambda, Stack } from 'aws-cdk-lib'\nimport { Construct } from 'constructs'\n"
    const construct = `${CDK}
export class Store extends Construct {
  readonly table: dynamodb.Table
  constructor(scope: Construct, id: string, props: { key: string }) {
    super(scope, id)
    this.table = new dynamodb.Table(this, 'Table', { partitionKey: { name: props.key, type: dynamodb.AttributeType.STRING } })
  }
}
export const stores = (scope: Construct) => [new Store(scope, 'Orders', { key: 'orderId' }), new Store(scope, 'Users', { key: 'userId' })]
`
    const api = `${CDK}import { Store, stores } from './store'
function functions({ scope, tables }: { scope: Construct; tables: Store[] }) {
  const environment = { STAGE: 'x', ...Object.fromEntries(tables.map((one) => [\`\${one.node.id}Table\`, one.table.tableName])) }
  new lambda.Function(scope, 'a', { environment })
}
export class App extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id)
    const tables = stores(this)
    functions({ scope: this, tables })
  }
}
`
    expect(
      linked({
        'lib/store.ts': construct,
        'lib/app.ts': api,
        'src/a.ts': getOf('process.env.OrdersTable'),
        'src/b.ts': getOf('process.env.UsersTable'),
        'src/c.ts': getOf('process.env.CartsTable'),
      }).slice(-3),
    ).toEqual(['OrdersTable → orderId', 'UsersTable → userId', 'CartsTable → -'])
  })
})

describe('a name', () => {
  it('may be a variable, in infrastructure and in code', () => {
    const service = `
service: shop
provider: { environment: { USERS: '\${env:USERS_TABLE}' } }
functions: { a: { handler: src/a.handler } }
resources:
  Resources:
  ${table('Orders', 'orderId').replace('orders', "'${env:ORDERS}'")}  ${table('Users', 'userId').replace('users', "'${env:USERS_TABLE}'")}`
    const files = {
      'serverless.yml': service,
      'src/a.ts': getOf('process.env.ORDERS'),
      'src/b.ts': getOf('process.env.USERS'),
      'src/c.ts': getOf('process.env.CARTS'),
    }
    expect(linked(files)).toEqual(['ORDERS → orderId', 'USERS → userId', 'CARTS → -'])
  })

  it('with a stage in it may be the one that infrastructure writes for one stage', () => {
    const uses = linked({
      'template.yaml': TEMPLATE.replace('TableName: orders', 'TableName: shop-local-orders'),
      'src/a.ts': getOf(
        "process.env.BRANCH ? `shop-${process.env.BRANCH}-orders` : 'shop-local-orders'",
      ),
      'src/b.ts': getOf('`shop-${process.env.BRANCH}-carts`'),
    })
    expect(uses.map((l) => l.replace(/.*→/, '→'))).toEqual(['→ orderId', '→ -'])
  })

  it('may have a stage at its end that adds nothing to it', () => {
    const uses = linked({
      'template.yaml': TEMPLATE,
      'src/a.ts': getOf("'orders' + (process.env.STAGE || '')"),
      'src/b.ts': getOf('`users${process.env.STAGE}`'),
      'src/c.ts': getOf('`carts${process.env.STAGE}`'),
    })
    expect(uses.map((l) => l.replace(/.*→/, '→'))).toEqual(['→ orderId', '→ userId', '→ -'])
  })

  it('is what Architect calls the table', () => {
    const code = getOf(
      'TABLE',
      "import { tables } from '@architect/functions'\nconst db = await tables()\nconst TABLE = db.name('orders')",
    )
    const uses = linked({
      'app.arc': '@app\nshop\n\n@tables\norders\n  orderId *String\n',
      'src/a.ts': code,
    })
    expect(uses.map((l) => l.replace(/.*→/, '→'))).toEqual(['→ orderId'])
  })
})
