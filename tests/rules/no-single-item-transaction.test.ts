import { describe, expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'no-single-item-transaction'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const T = 'Orders'
`

const run = (items: string, before = ''): string =>
  `${head}export async function run(id: string, all: any[]) {\n${before}\nawait documents.send(new TransactWriteCommand({ TransactItems: ${items} }))\n}\n`

const put = '{ Put: { TableName: T, Item: { id } } }'
const update = (text: string): string =>
  `{ Update: { TableName: T, Key: { id }, UpdateExpression: '${text}', ExpressionAttributeValues: { ':x': 1 } } }`

it('says what it costs', () => {
  expect(reportsOf(rule, run(`[${put}]`))).toEqual([
    '7:26-7:46 TransactWriteCommand: A transaction of one Put to `Orders` costs twice the write units of the plain Put, which takes the same condition (its failure is then a ConditionalCheckFailedException).',
  ])
})

it('stands where the command is made', () => {
  const code = `${head}const command = (id: string) => new TransactWriteCommand({ TransactItems: [${put}] })\nexport const run = (id: string) => documents.send(command(id))\n`
  expect(reportsOf(rule, code).map((report) => report.slice(0, 9))).toEqual(['5:37-5:57'])
})

describe('reports', () => {
  it.each([
    ['a delete', run('[{ Delete: { TableName: T, Key: { id } } }]')],
    ['a plain SET', run(`[${update('SET a = :x')}]`)],
    ['a list with a name', run('items', `const items = [${put}]`)],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toHaveLength(1)
  })
})

describe('says nothing of', () => {
  it.each([
    ['two', run(`[${put}, ${put}]`)],
    ['counting', run(`[${update('ADD a :x')}]`)],
    ['arithmetic', run(`[${update('SET a = a + :x')}]`)],
    [
      'a check',
      run(
        "[{ ConditionCheck: { TableName: T, Key: { id }, ConditionExpression: 'attribute_exists(id)' } }]",
      ),
    ],
    [
      'a list that grows',
      run('items', `const items: any[] = [${put}]\nif (all.length > 0) items.push(all[0])`),
    ],
    ['a list that is spread', run(`[${put}, ...all]`)],
    ['a list that is mapped', run('all.map(() => (' + put + '))')],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toEqual([])
  })
})
