import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import plugin from '../../src/index.ts'
import * as ownParser from '../../src/parser/index.ts'
import { folderWith } from '../support/folder.ts'
import { reportsOf } from '../support/reports.ts'

const rule = 'require-throttle-alarm'

/** A stack whose constructor's body begins in line 7. */
const stack = (body: string, more = ''): string => `
import { App, Stack } from 'aws-cdk-lib'
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { AttributeType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb'
const partitionKey = { name: 'id', type: AttributeType.STRING }
export class Orders extends Stack { constructor(scope, id) { super(scope, id)
${body}
}
${more}
}
new Orders(new App(), 'Orders')
`

const table = "const table = new Table(this, 'Orders', { partitionKey })"
const evaluation = 'threshold: 1, evaluationPeriods: 1'

it('says which table nobody watches', () => {
  expect(reportsOf(rule, stack(table), { filename: 'lib/stack.ts' })).toEqual([
    '7:19-7:24 Table: No alarm of this app watches the throttling or the capacity of `Orders`: requests that DynamoDB refuses are first seen by those who wait for them. An alarm on `metricThrottledRequestsForOperations` tells.',
  ])
})

const said = (code: string): number => reportsOf(rule, code, { filename: 'lib/stack.ts' }).length

describe('reports', () => {
  it.each([
    ['TableV2', "new TableV2(this, 'Orders', { partitionKey })"],
    [
      'a table beside one that is watched',
      `${table}\nconst other = new Table(this, 'Other', { partitionKey })\nnew Alarm(this, 'A', { metric: other.metricConsumedReadCapacityUnits(), ${evaluation} })`,
    ],
    [
      'an alarm on something else',
      `${table}\nnew Alarm(this, 'A', { metric: table.metricSystemErrorsForOperations(), ${evaluation} })`,
    ],
    [
      'an alarm on another service',
      `${table}\nnew Alarm(this, 'A', { metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Errors' }), ${evaluation} })`,
    ],
  ])('%s', (_, body) => {
    expect(said(stack(body))).toBe(1)
  })
})

describe('is silent of', () => {
  it.each([
    [
      'an alarm on throttling',
      `${table}\nnew Alarm(this, 'A', { metric: table.metricThrottledRequestsForOperations({ operations: [] }), ${evaluation} })`,
    ],
    [
      'one that the metric makes',
      `${table}\ntable.metricThrottledRequests().createAlarm(this, 'A', { ${evaluation} })`,
    ],
    [
      'the metric by its name',
      `${table}\ntable.metric('WriteThrottleEvents').createAlarm(this, 'A', { ${evaluation} })`,
    ],
    [
      'an alarm for each of a list',
      `${table}\nfor (const each of [table]) new Alarm(this, each.node.id, { metric: each.metricThrottledRequests(), ${evaluation} })`,
    ],
    [
      'an alarm for each of several, and one more table',
      `${table}\nconst more = new Table(this, 'More', { partitionKey })\nfor (const each of [table, more]) new Alarm(this, each.node.id, { metric: each.metricThrottledRequests(), ${evaluation} })`,
    ],
    [
      'a metric by its namespace',
      `${table}\nnew Alarm(this, 'A', { metric: new Metric({ namespace: 'AWS/DynamoDB', metricName: 'x' }), ${evaluation} })`,
    ],
  ])('%s', (_, body) => {
    expect(said(stack(body))).toBe(0)
  })

  it('an alarm that a method makes of each table it is given', () => {
    const code = stack(
      `${table}\nthis.watch(table)\nconst other = new Table(this, 'Other', { partitionKey })`,
      `watch(of: Table) { new Alarm(this, of.node.id, { metric: of.metricConsumedWriteCapacityUnits(), ${evaluation} }) }`,
    )
    expect(reportsOf(rule, code, { filename: 'lib/stack.ts' })).toEqual([
      expect.stringMatching(/^9:19-9:24 Table: .* of `Other`:/),
    ])
  })

  it('a facade that watches all there is', () => {
    expect(said(`import { Watchful } from 'cdk-watchful'\n${stack(table)}`)).toBe(0)
  })

  it('what is no table of the CDK', () => {
    expect(said("import { Table } from 'dynamodb-onetable'\nnew Table({ name: 'Orders' })\n")).toBe(
      0,
    )
  })
})

/** What is said of a file of a project. */
function saidIn(files: Readonly<Record<string, string>>, name: string): readonly string[] {
  const folder = folderWith({ 'package.json': '{}', '.git/HEAD': '', ...files })
  const file = join(folder, name)
  const linter = new Linter({ cwd: folder, configType: 'flat' })
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: ownParser },
    plugins: { dynamodb: plugin },
    rules: { [`dynamodb/${rule}`]: 'error' },
  }
  return linter
    .verify(readFileSync(file, 'utf8'), [config], file)
    .map(({ line, column }) => `${String(line)}:${String(column)}`)
}

const tables = `
import { Stack } from 'aws-cdk-lib'
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb'
export class Tables extends Stack {
  readonly orders: Table
  constructor(scope, id) {
    super(scope, id)
    this.orders = new Table(this, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } })
  }
}
`
const alarms = `
import { Stack } from 'aws-cdk-lib'
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch'
export class Alarms extends Stack {
  constructor(scope, id, props) {
    super(scope, id)
    new Alarm(this, 'A', { metric: props.orders.metricThrottledRequests(), ${evaluation} })
  }
}
`
const app = `
import * as cdk from 'aws-cdk-lib'
import { Tables } from '../lib/tables'
import { Alarms } from '../lib/alarms'
const app = new cdk.App()
const { orders } = new Tables(app, 'Tables')
new Alarms(app, 'Alarms', { orders })
`

describe('in a project', () => {
  it('reports a table that no file of the app watches', () => {
    expect(saidIn({ 'bin/app.ts': app, 'lib/tables.ts': tables }, 'lib/tables.ts')).toEqual([
      '8:23',
    ])
  })

  it('is silent of a table that another stack watches', () => {
    const files = { 'bin/app.ts': app, 'lib/tables.ts': tables, 'lib/alarms.ts': alarms }
    expect(saidIn(files, 'lib/tables.ts')).toEqual([])
  })

  it('is silent of a library of constructs', () => {
    expect(saidIn({ 'lib/tables.ts': tables }, 'lib/tables.ts')).toEqual([])
  })

  it('reports a table of an app beside another that is watched', () => {
    const files = {
      'a/cdk.json': '{}',
      'a/lib/tables.ts': tables,
      'b/cdk.json': '{}',
      'b/lib/alarms.ts': alarms,
    }
    expect(saidIn(files, 'a/lib/tables.ts')).toEqual(['8:23'])
  })
})
