/** `npx eslint-plugin-dynamodb tables`. */
import { expect, it } from 'vitest'
import { showTables } from '../../src/plugin/tables.ts'
import { project, runIn } from './world.ts'

const application = {
  'package.json': '{ "type": "module" }',
  'template.yml': `Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }, { AttributeName: day, AttributeType: N }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      GlobalSecondaryIndexes:
        - { IndexName: byDay, KeySchema: [{ AttributeName: day, KeyType: HASH }], Projection: { ProjectionType: KEYS_ONLY } }
  Odd: { Type: 'AWS::DynamoDB::Table' }
  Run: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { TABLE: !Ref Orders } } } }
`,
  'more.yml':
    "Resources: { Again: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: orders, KeySchema: [{ AttributeName: other, KeyType: HASH }] } } }",
  'src/a.ts': `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
export const one = (id: string) => documents.send(new GetCommand({ TableName: process.env.TABLE, Key: { id } }))
export const two = (id: string) => documents.send(new GetCommand({ TableName: 'carts', Key: { id } }))
`,
}

const dependencies = { tables: showTables }

it('prints what is defined, where, what is linked to it, and what is not', async () => {
  const { code, stdout } = await runIn(project(application), ['tables'], { dependencies })
  expect(code).toBe(0)
  expect(stdout).toBe(`more.yml:1  Again  CloudFormation
  key       other
  and       provisioned by default
  called    orders

template.yml:2  Orders  CloudFormation
  key       id (S)
  index     byDay: day (N); keys only
  and       provisioned by default
  called    orders, $TABLE
  linked    TABLE: src/a.ts:4

template.yml:10  Odd  CloudFormation
  not read  its key is not known

Not linked
  carts: src/a.ts:5

Problems
  template.yml:2  \`orders\` is defined in another way here than in more.yml:1: code that is as near to one as to the other is linked to neither.

3 tables; 1 of 2 uses of a table are linked to one.
`)
})

it('prints the same for programs', async () => {
  const { stdout } = await runIn(project(application), ['tables', 'src', '--json'], {
    dependencies,
  })
  const { version, tables, operations } = JSON.parse(stdout) as {
    readonly version: number
    readonly tables: readonly { readonly id: string; readonly line: number }[]
    readonly operations: unknown
  }
  expect(version).toBe(1)
  expect(tables.map(({ id, line }) => `${id}:${String(line)}`).sort()).toEqual([
    'Again:1',
    'Odd:10',
    'Orders:2',
  ])
  expect(operations).toEqual({ found: 2, linked: 1 })
})
