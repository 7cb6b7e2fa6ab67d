import { describe, expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'
import { applied } from '../suggestions/applied.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'require-idempotent-create'

const settings = {
  tables: {
    Orders: { partitionKey: 'PK', sortKey: 'SK' },
    Users: { partitionKey: 'mail' },
  },
}

const head = program`
  import express from 'express'
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const app = express()
`

const route = (body: string, method = 'post'): string =>
  `${head}app.${method}('/users', async (request, response) => {\n  const { mail, label } = request.body as { mail: string; label: string }\n  ${body}\n  response.end()\n})\n`

const put = (item = '{ mail, label }', more = '', table = 'Users'): string =>
  `await documents.send(new PutCommand({ TableName: '${table}', Item: ${item}, ${more} }))`

const reports = (code: string): string[] => reportsOf(rule, code, { settings })

it('says what is lost', () => {
  expect(reports(route(put()))).toEqual([
    '8:28-8:38 PutCommand: This Put into `Users` creates an item whose key comes with each POST /users (in the handler itself), with no condition: where there is one with this key, from another sender or from the same request sent twice, it is overwritten whole.',
  ])
})

describe('reports', () => {
  it.each([
    [
      'both attributes of the key',
      route(put('{ PK: `USER#${mail}`, SK: `ADDRESS#${label}`, label }', '', 'Orders')),
    ],
    [
      'a constant sort key',
      route(put("{ PK: `USER#${mail}`, SK: 'PROFILE', label }", '', 'Orders')),
    ],
    [
      'a repository',
      `${route('await insert(mail)')}async function insert(address: string) {\n  ${put('{ mail: address, shown: address }')}\n}\n`,
    ],
    [
      'a handler that takes the key out of the body',
      `${head}import type { APIGatewayProxyEvent } from 'aws-lambda'\nexport const handler = async (event: APIGatewayProxyEvent) => {\n  ${put('{ mail: JSON.parse(event.body as string).mail, name: JSON.parse(event.body as string).name }')}\n  return { statusCode: 201, body: '' }\n}\n`,
    ],
  ])('%s', (_, code) => {
    expect(reports(code)).toHaveLength(1)
  })
})

describe('says nothing of', () => {
  it.each([
    ['a condition', route(put(undefined, "ConditionExpression: 'attribute_not_exists(mail)'"))],
    [
      'a mark',
      route(
        put(
          '{ PK: `USER#${mail}`, SK: `FOLLOWS#${label}`, at: new Date().toISOString() }',
          '',
          'Orders',
        ),
      ),
    ],
    ['saving', route(put(), 'put')],
    [
      'a key that is made here',
      `import { randomUUID } from 'node:crypto'\n${route(put('{ PK: `USER#${mail}`, SK: `ORDER#${randomUUID()}` }', '', 'Orders'))}`,
    ],
    [
      'a key with the time',
      route(put('{ PK: `USER#${mail}`, SK: `ORDER#${new Date().toISOString()}` }', '', 'Orders')),
    ],
    ['a key that is not known', route(put('{ mail, label }', '', 'Others'))],
    ['a key that may be anything', route(put('{ ...request.body }'))],
    ['what expires', route(put('{ mail, code: 1, expires: Math.floor(Date.now() / 1000) + 600 }'))],
    [
      'an item that was looked for',
      route(
        `const { Item } = await documents.send(new GetCommand({ TableName: 'Users', Key: { mail } }))\n  if (Item) throw new Error('taken')\n  ${put()}`,
      ),
    ],
    [
      'a handler that takes the key out of the path',
      `${head}import type { APIGatewayProxyEvent } from 'aws-lambda'\nexport const handler = async (event: APIGatewayProxyEvent) => {\n  ${put('{ mail: event.pathParameters?.mail }')}\n  return { statusCode: 200, body: '' }\n}\n`,
    ],
  ])('%s', (_, code) => {
    expect(reports(code)).toEqual([])
  })

  it('a table of which only a Query tells a key', () => {
    const code = `${route(put('{ mail, at: Date.now() }', '', 'Trades'))}import { QueryCommand } from '@aws-sdk/lib-dynamodb'\nexport const list = (mail: string) => documents.send(new QueryCommand({ TableName: 'Trades', KeyConditionExpression: 'mail = :m', ExpressionAttributeValues: { ':m': mail } }))\n`
    expect(reports(code)).toEqual([])
  })
})

it('offers that there is no such item', () => {
  const [offer, ...others] = applied({ rule, code: route(put()), settings })
  expect(others).toEqual([])
  expect(offer?.title).toBe(
    'Create the item only if there is none: `attribute_not_exists(mail)` (throws ConditionalCheckFailedException otherwise).',
  )
  expect(offer?.output).toContain("ConditionExpression: 'attribute_not_exists(mail)'")
  expect(offer?.left).toEqual([])
  expect(
    typeErrorsIn([['condition', offer?.output ?? '']]).filter((e) => !e.includes('never read')),
  ).toEqual([])
})
