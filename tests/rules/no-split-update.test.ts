import { describe, expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'no-split-update'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const T = 'Orders'
`

const run = (body: string, rest = ''): string =>
  `${head}export async function run(id: string, other: string) {\n${body}\n}\n${rest}`

const update = (text: string, { key = 'id', more = '' } = {}): string =>
  `await documents.send(new UpdateCommand({ TableName: T, Key: { id: ${key} }, UpdateExpression: '${text}', ExpressionAttributeValues: { ':x': 1 }, ${more} }))`

it('says which two', () => {
  expect(reportsOf(rule, run(`${update('SET a = :x')}\n${update('SET b = :x')}`))).toEqual([
    '7:26-7:39 UpdateCommand: The update in line 6 is of the same item of `Orders`: one Update with both expressions costs half, and nobody sees the item, nor is left with it, between the two.',
  ])
})

describe('reports', () => {
  it.each([
    ['a log in between', run(`${update('SET a = :x')}\nconsole.log(id)\n${update('SET b = :x')}`)],
    [
      'the same condition',
      run(
        `${update('SET a = :x', { more: "ConditionExpression: 'attribute_exists(id)'" })}\n${update('REMOVE b', { more: "ConditionExpression: 'attribute_exists(id)'" })}`,
      ),
    ],
    ['both in a branch', run(`if (other) {\n${update('SET a = :x')}\n${update('ADD b :x')}\n}`)],
    [
      'a wrapper',
      run(
        "await set(id, 'SET a = :x')\nawait set(id, 'SET b = :x')",
        `const set = (id: string, text: string) => documents.send(new UpdateCommand({ TableName: T, Key: { id }, UpdateExpression: text, ExpressionAttributeValues: { ':x': 1 } }))\n`,
      ),
    ],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toHaveLength(1)
  })
})

describe('says nothing of', () => {
  it.each([
    ['other items', run(`${update('SET a = :x')}\n${update('SET b = :x', { key: 'other' })}`)],
    [
      'other conditions',
      run(
        `${update('SET a = :x', { more: "ConditionExpression: 'attribute_exists(id)'" })}\n${update('SET b = :x')}`,
      ),
    ],
    ['one path in the other', run(`${update('SET a = :x')}\n${update('SET a.b = :x')}`)],
    ['what the first has made', run(`${update('SET a = :x')}\n${update('SET b = a')}`)],
    ['a branch', run(`${update('SET a = :x')}\nif (other) ${update('SET b = :x')}`)],
    [
      'something in between',
      `import { pay } from 'other'\n${run(`${update('SET a = :x')}\nawait pay(id)\n${update('SET b = :x')}`)}`,
    ],
    [
      'a second try',
      run(`try {\n${update('SET a.b = :x')}\n} catch {\n${update('SET c = :x')}\n}`),
    ],
    [
      'a read in between',
      run(
        `${update('SET a = :x')}\nawait documents.send(new GetCommand({ TableName: T, Key: { id } }))\n${update('SET b = :x')}`,
      ),
    ],
    ['expressions of run time', run(`${update("' + other + '")}\n${update('SET b = :x')}`)],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toEqual([])
  })
})
