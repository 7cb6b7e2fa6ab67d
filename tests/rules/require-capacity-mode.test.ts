import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'require-capacity-mode'

/** A stack whose constructor begins in line 5. */
const stack = (body: string, names = 'AttributeType, Table', rest = ''): string => `
import { Stack } from 'aws-cdk-lib'
import { ${names} } from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
export class Orders extends Stack { constructor(scope: Construct, id: string) { super(scope, id)
${body}
}}
${rest}`

const key = "partitionKey: { name: 'id', type: AttributeType.STRING }"

const created = (more: string, before = ''): string => `
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
${before}const client = new DynamoDBClient({})
export const create = () => client.send(new CreateTableCommand({
  TableName: 'Orders',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  ${more}
}))
`

const units = 'ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },'

const said = (code: string, filename = 'lib/stack.ts'): string[] =>
  reportsOf(rule, code, { filename }).map((report) => report.slice(0, 60))

it.each([
  [
    'the default of the CDK',
    stack(`new Table(this, 'Orders', { ${key} })`),
    '6:5-6:10 Table: Nothing says how `Orders` pays for its capacity, and a `Table` of the CDK then has 5 read and 5 write units a second: what goes beyond is throttled. Set `billingMode`.',
  ],
  [
    'units that stay',
    stack(`new Table(this, 'Orders', { ${key}, readCapacity: 5, writeCapacity: 5 })`),
    '6:5-6:10 Table: The capacity of `Orders` is fixed: what goes beyond is throttled, and what is not used is paid for all the same. Pay per request, or let it scale.',
  ],
  [
    'units of a table whose name is not known',
    stack(`new Table(this, \`\${id}-orders\`, { ${key}, readCapacity: 5, writeCapacity: 5 })`),
    '6:5-6:10 Table: The capacity of this table is fixed: what goes beyond is throttled, and what is not used is paid for all the same. Pay per request, or let it scale.',
  ],
  [
    'units on demand',
    stack(
      `new Table(this, 'Orders', { ${key}, billingMode: BillingMode.PAY_PER_REQUEST, readCapacity: 5 })`,
      'AttributeType, BillingMode, Table',
    ),
    '6:5-6:10 Table: `Orders` pays per request, so it cannot be given units of capacity: this is rejected.',
  ],
  [
    'CreateTable',
    created(units),
    '4:45-4:63 CreateTableCommand: The capacity of `Orders` is fixed: what goes beyond is throttled, and what is not used is paid for all the same. Pay per request, or let it scale.',
  ],
])('says what is left open: %s', (_, code, expected) => {
  expect(reportsOf(rule, code)).toEqual([expected])
})

describe('reports', () => {
  it.each([
    [
      'PROVISIONED without units',
      stack(
        `new Table(this, 'T', { ${key}, billingMode: BillingMode.PROVISIONED })`,
        'AttributeType, BillingMode, Table',
      ),
    ],
    [
      'units that the file does not tell',
      stack(
        `for (const size of sizes) new Table(this, size.id, { ${key}, writeCapacity: size.units })`,
        'AttributeType, Table',
        'declare const sizes: { id: string; units: number }[]',
      ),
    ],
    [
      'another table than the one that scales',
      stack(
        `const a = new Table(this, 'A', { ${key}, readCapacity: 1 })\nconst b = new Table(this, 'B', { ${key}, readCapacity: 1 })\na.autoScaleReadCapacity({ minCapacity: 1, maxCapacity: 9 })\nvoid b`,
      ),
    ],
    ['PROVISIONED of CreateTable', created(`BillingMode: 'PROVISIONED', ${units}`)],
  ])('%s', (_, code) => {
    expect(said(code)).toHaveLength(1)
  })

  it('a stack in a file called setup', () => {
    expect(said(stack(`new Table(this, 'T', { ${key} })`), 'cdk/setup.ts')).toHaveLength(1)
  })
})

describe('is silent of', () => {
  it.each([
    ['TableV2', stack(`new TableV2(this, 'T', { ${key} })`, 'AttributeType, TableV2')],
    [
      'on demand',
      stack(
        `new Table(this, 'T', { ${key}, billingMode: BillingMode.PAY_PER_REQUEST })`,
        'AttributeType, BillingMode, Table',
      ),
    ],
    [
      'a mode by stage',
      stack(
        `new Table(this, 'T', { ${key}, billingMode: id === 'prod' ? BillingMode.PROVISIONED : BillingMode.PAY_PER_REQUEST })`,
        'AttributeType, BillingMode, Table',
      ),
    ],
    [
      'properties from elsewhere',
      stack(
        `new Table(this, 'T', { ${key}, ...capacity() })`,
        'AttributeType, Table',
        'declare function capacity(): object',
      ),
    ],
    [
      'a table that scales',
      stack(
        `const t = new Table(this, 'T', { ${key}, readCapacity: 5, writeCapacity: 5 })\nconst reads = t.autoScaleReadCapacity({ minCapacity: 5, maxCapacity: 50 })\nreads.scaleOnUtilization({ targetUtilizationPercent: 70 })`,
      ),
    ],
    [
      'scaling of one of several tables',
      stack(
        `new Table(this, 'T', { ${key}, readCapacity: 5 })`,
        'AttributeType, Table',
        'export const scale = (t: Table) => t.autoScaleReadCapacity({ minCapacity: 5, maxCapacity: 50 })',
      ),
    ],
    [
      'a Table of something else',
      "import { Table } from 'dynamodb-toolbox'\nexport const t = new Table({ name: 'a' })\n",
    ],
    ['CreateTable on demand', created("BillingMode: 'PAY_PER_REQUEST',")],
    [
      'a mode that is not known',
      created(`BillingMode: mode, ${units}`, 'declare const mode: any\n'),
    ],
    ['a DynamoDB of its own', created(units, "const endpoint = 'http://localhost:8000'\n")],
  ])('%s', (_, code) => {
    expect(said(code)).toEqual([])
  })

  it.each(['test/stack.test.ts', 'src/__tests__/tables.ts'])('tests: %s', (filename) => {
    expect(said(stack(`new Table(this, 'T', { ${key} })`), filename)).toEqual([])
  })

  it('a script that creates a table', () => {
    expect(said(created(units), 'scripts/create-tables.ts')).toEqual([])
  })
})

describe('pays per request', () => {
  it.each([
    [
      stack(`new Table(this, 'T', {\n  ${key},\n})`),
      [
        "import { AttributeType, Table, BillingMode } from 'aws-cdk-lib/aws-dynamodb'",
        '  billingMode: BillingMode.PAY_PER_REQUEST,',
      ],
    ],
    [
      stack(`new Table(this, 'T', { ${key}, readCapacity: 5, writeCapacity: 5 })`),
      [
        "import { AttributeType, Table, BillingMode } from 'aws-cdk-lib/aws-dynamodb'",
        `new Table(this, 'T', { ${key}, billingMode: BillingMode.PAY_PER_REQUEST })`,
      ],
    ],
    [created(units), ["  BillingMode: 'PAY_PER_REQUEST',"]],
  ])('%#', (code, lines) => {
    const [only, ...others] = mended(rule, code)
    expect(others).toEqual([])
    expect(only?.title).toBe('Pay per request.')
    if (!only) return
    expect(newLines(code, only)).toEqual(lines)
    expect(typeErrorsIn([['after.ts', only.code]])).toEqual([])
  })

  it('names what the class is a part of', () => {
    const code = `
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb'
import { Stack } from 'aws-cdk-lib'
export const t = new dynamodb.Table(new Stack(), 'T', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } })
`
    const [{ code: after } = { code: '' }] = mended(rule, code)
    expect(after).toContain(', billingMode: dynamodb.BillingMode.PAY_PER_REQUEST })')
    expect(typeErrorsIn([['after.ts', after]])).toEqual([])
  })

  it.each([
    stack(
      `const t = new Table(this, 'T', { ${key}, readCapacity: 5 })\nt.addGlobalSecondaryIndex({ indexName: 'i', ${key}, readCapacity: 5 })`,
    ),
    created(
      `${units} GlobalSecondaryIndexes: [{ IndexName: 'i', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' }, ${units} }],`,
    ),
  ])('not where an index has units of its own: %#', (code) => {
    expect(said(code)).toHaveLength(1)
    expect(mended(rule, code)).toEqual([])
  })
})
