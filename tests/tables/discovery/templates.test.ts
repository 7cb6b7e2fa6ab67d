/** Tables of CloudFormation, AWS SAM and the Serverless Framework, and how code is linked to them. */
import { describe, expect, it } from 'vitest'
import { defined, getOf, linked, tablesIn } from './discovered.ts'

const ORDERS = `
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - { AttributeName: PK, AttributeType: S }
        - { AttributeName: SK, AttributeType: N }
        - { AttributeName: email, AttributeType: B }
      KeySchema:
        - { AttributeName: PK, KeyType: HASH }
        - { AttributeName: SK, KeyType: RANGE }
      GlobalSecondaryIndexes:
        - IndexName: byEmail
          KeySchema: [{ AttributeName: email, KeyType: HASH }]
          Projection: { ProjectionType: INCLUDE, NonKeyAttributes: [total, status] }
      LocalSecondaryIndexes:
        - IndexName: byDate
          KeySchema:
            - { AttributeName: PK, KeyType: HASH }
            - { AttributeName: date, KeyType: RANGE }
          Projection: { ProjectionType: KEYS_ONLY }
      TimeToLiveSpecification: { AttributeName: expires, Enabled: true }
      StreamSpecification: { StreamViewType: NEW_IMAGE }
`

const keys = (name: string): string =>
  `AttributeDefinitions: [{ AttributeName: ${name}, AttributeType: S }], KeySchema: [{ AttributeName: ${name}, KeyType: HASH }]`

const table = (id: string, key: string, more = ''): string =>
  `  ${id}: { Type: 'AWS::DynamoDB::Table', Properties: { ${keys(key)}${more} } }\n`

describe('definitions', () => {
  it('reads a table of CloudFormation', () => {
    expect(defined({ 'template.yaml': `Resources:${ORDERS}` })).toEqual([
      'CloudFormation | template.yaml:2 | Orders | orders | PK:S SK:N | byEmail email:B total,status | byDate PK:S date:? KEYS_ONLY | ttl expires | stream NEW_IMAGE | on-demand',
    ])
  })

  it('reads JSON, and takes a mode that is not written for the default', () => {
    const resource = {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: false },
      },
    }
    const template = JSON.stringify({ Resources: { Users: resource } }, null, 2)
    expect(defined({ 'stack.json': template })).toEqual([
      'CloudFormation | stack.json:3 | Users | - | id:S | provisioned by default',
    ])
  })

  it('reads a simple table of AWS SAM', () => {
    const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  One: { Type: 'AWS::Serverless::SimpleTable' }
  Two:
    Type: AWS::Serverless::SimpleTable
    Properties: { TableName: !Sub '\${Stage}-two', PrimaryKey: { Name: year, Type: Number } }
`
    expect(defined({ 'template.yml': template })).toEqual([
      'AWS SAM | template.yml:3 | One | - | id:S | on-demand by default',
      'AWS SAM | template.yml:4 | Two | ${Stage}-two | year:N | on-demand by default',
    ])
  })

  it('reads an index with several key attributes of one role', () => {
    const template = `Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }, { AttributeName: a, AttributeType: S }, { AttributeName: b, AttributeType: N }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      GlobalSecondaryIndexes:
        - IndexName: many
          KeySchema: [{ AttributeName: a, KeyType: HASH }, { AttributeName: b, KeyType: HASH }, { AttributeName: c, KeyType: RANGE }, { AttributeName: d, KeyType: RANGE }]
          Projection: { ProjectionType: ALL }
`
    expect(defined({ 'template.yml': template })).toEqual([
      'CloudFormation | template.yml:2 | Orders | - | id:S | many a:S+b:N c:?+d:? ALL | provisioned by default',
    ])
  })

  it('knows what a condition leaves, and leaves open what it does not', () => {
    const template = `
Parameters: { KeyName: { Type: String, Default: id } }
Resources:
  One:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: !If [A, PAY_PER_REQUEST, PROVISIONED]
      StreamSpecification: !If [A, { StreamViewType: OLD_IMAGE }, !Ref 'AWS::NoValue']
      AttributeDefinitions: [{ AttributeName: !Ref KeyName, AttributeType: S }]
      KeySchema: [{ AttributeName: !Ref KeyName, KeyType: HASH }]
      GlobalSecondaryIndexes: !If [A, [], [{ IndexName: x }]]
  Two: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: !Ref Keys } }
`
    expect(defined({ 'template.yml': template })).toEqual([
      'CloudFormation | template.yml:12 | Two | - | its key is not known',
      'CloudFormation | template.yml:4 | One | - | id:S | and more | stream OLD_IMAGE | ?',
    ])
  })

  it('reads the resources of a service, with its variables and its files', () => {
    const service = `
service: shop
custom: { stage: dev, key: id }
resources:
  - \${file(tables/orders.yml)}
  - Resources:
      Users: \${file(tables/users.yml):Users}
`
    expect(
      defined({
        'serverless.yml': service,
        'tables/orders.yml': `Resources:\n${table('Orders', '"${self:custom.key}"', ', TableName: "${self:service}-${self:custom.stage}-${opt:x}"')}`,
        'tables/users.yml': table('Users', 'userId').replace(/^ {2}/, ''),
      }),
    ).toEqual([
      'Serverless Framework | tables/orders.yml:2 | Orders | shop-dev-${opt:x} | id:S | provisioned by default',
      'Serverless Framework | tables/users.yml:1 | Users | - | userId:S | provisioned by default',
    ])
  })
})

describe('links', () => {
  it.each([
    ['by the name', "'orders'", 'orders'],
    ['by a constant', 'TABLE', 'orders'],
  ])('%s', (_, name, shown) => {
    const files = {
      'template.yml': `Resources:\n${table('Orders', 'orderId', ', TableName: orders')}`,
      'src/a.ts': getOf(name, "const TABLE = 'orders'"),
    }
    expect(linked(files)).toEqual([`${shown} → orderId`])
  })

  it('by the variable that a template gives its functions', () => {
    const template = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Environment: { Variables: { USERS: !Ref Users } } } }
Resources:
  A: { Type: 'AWS::Serverless::Function', Properties: { Handler: src/a.handler, Environment: { Variables: { TABLE: !Ref Orders } } } }
  B: { Type: 'AWS::Serverless::Function', Properties: { Handler: src/b.handler, Environment: { Variables: { TABLE: !Sub '\${Users}' } } } }
${table('Orders', 'orderId')}${table('Users', 'userId')}`
    expect(
      linked({
        'template.yml': template,
        'src/a.ts': getOf('process.env.TABLE'),
        'src/b.ts': getOf('process.env.TABLE!'),
        'src/c.ts': getOf('process.env.TABLE'),
        'src/d.ts': getOf("process.env.USERS ?? ''"),
      }),
    ).toEqual(['TABLE → orderId', 'TABLE → userId', 'TABLE → -', 'USERS → userId'])
  })

  it('by the variable that a service gives its functions', () => {
    const service = `
service: shop
provider:
  environment: { ORDERS: '\${self:service}-orders-\${opt:stage}', USERS: !Ref Users }
functions:
  a: { handler: src/a.handler, environment: { TABLE: { Ref: Orders } } }
resources:
  Resources:
  ${table('Orders', 'orderId', ", TableName: '${self:service}-orders-${opt:stage}'")}  ${table('Users', 'userId')}`
    expect(
      linked({
        'serverless.yml': service,
        'src/a.ts': getOf('process.env.TABLE'),
        'src/b.ts': getOf('process.env.ORDERS'),
        'src/c.ts': getOf('process.env.USERS'),
        'src/d.ts': getOf('`shop-orders-${process.env.STAGE}`'),
        'src/e.ts': getOf('`shop-carts-${process.env.STAGE}`'),
      }),
    ).toEqual([
      'TABLE → orderId',
      'ORDERS → orderId',
      'USERS → userId',
      "'shop-orders-${…}' → orderId",
      "'shop-carts-${…}' → -",
    ])
  })

  it('by what another stack gives out', () => {
    expect(
      linked({
        'data.yml': `Resources:\n${table('Orders', 'orderId')}Outputs: { OrdersName: { Value: !Ref Orders, Export: { Name: shop-orders } } }`,
        'api.yml': `Resources: { A: { Type: 'AWS::Lambda::Function', Properties: { Handler: a.b, Environment: { Variables: { ORDERS: !ImportValue shop-orders } } } } }`,
        'src/a.ts': getOf('process.env.ORDERS'),
      }),
    ).toEqual(['ORDERS → orderId'])
  })

  it('not where several tables may be meant', () => {
    const two = `Resources:\n${table('Orders', 'orderId', ', TableName: !Ref A')}${table('Users', 'userId')}`
    expect(
      linked({
        'template.yml': `${two}  A: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { T: !Ref Orders } } } }\n  B: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { T: !Ref Users } } } }\n  C: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { U: !GetAtt X.Y } } } }`,
        'src/a.ts': getOf('process.env.T'),
        'src/b.ts': getOf('process.env.U'),
        'src/c.ts': getOf('process.env.NOBODY'),
      }),
    ).toEqual(['T → -', 'U → -', 'NOBODY → -'])
  })

  it('to the nearest of several that are called the same', () => {
    const template = (key: string): string =>
      `Resources:\n${table('Orders', key, ', TableName: orders')}`
    expect(
      linked({
        'one/template.yml': template('a'),
        'two/template.yml': template('b'),
        'one/src/a.ts': getOf("'orders'"),
        'two/src/a.ts': getOf("'orders'"),
        'three/src/a.ts': getOf("'orders'"),
      }),
    ).toEqual(['orders → a', 'orders → b', 'orders → -'])
  })

  it('to what the settings say of it', () => {
    const files = {
      'template.yml': `Resources:\n${table('Orders', 'orderId', ', TableName: orders')}  A: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { T: !Ref Orders } } } }`,
      'src/a.ts': getOf('process.env.T'),
    }
    const { uses } = tablesIn(files, { tables: { orders: { partitionKey: 'orderId', items: 7 } } })
    expect(uses.map(({ schema }) => schema?.items)).toEqual([7])
  })
})

describe('bad input', () => {
  it('tells of each file once, with its line, and reads the others', () => {
    const { problems, definitions } = tablesIn({
      'broken.yml': 'Resources:\n  A: { Type: AWS::DynamoDB::Table\n  B: [',
      'bomb.yml': `a: &a [x, x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index] ?? ''}, `.repeat(9)}]`).join('\n')}\nResources: { A: { Type: 'AWS::DynamoDB::Table' }, B: *i }`,
      'large.template.json': JSON.stringify({
        Resources: { A: { Type: 'AWS::DynamoDB::Table' } },
        x: 'x'.repeat(10_000_000),
      }),
      'tags.yml': `Resources:\n  A: !Strange { Type: AWS::DynamoDB::Table }\n${table('Odd', 'id', ', Tags: !Unknown { x: !Other [1] }')}`,
      'serverless.yml': 'resources: ${file(a.yml)}\ncustom: ${self:custom}',
      'a.yml': '${file(serverless.yml)}',
      'good.yml': `Resources:\n${table('Good', 'id')}`,
    })
    const told = problems.map(({ file, line, message }) =>
      `${file.split('/').at(-1) ?? ''}:${String(line)} ${message}`.slice(0, 60),
    )
    expect(told).toEqual([
      'bomb.yml:1 too many aliases',
      'broken.yml:3 Flow map in block collection must be sufficient',
      'large.template.json:1 it is larger than 1000000 bytes',
    ])
    expect(definitions.map(({ id }) => id).sort()).toEqual(['Good', 'Odd'])
  })
})
