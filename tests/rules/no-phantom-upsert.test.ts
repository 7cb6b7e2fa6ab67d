import { describe, expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'
import { applied } from '../suggestions/applied.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'no-phantom-upsert'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  import type { APIGatewayProxyEvent } from 'aws-lambda'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const T = 'Orders'
`

const handler = (body: string, rest = ''): string =>
  `${head}export const handler = async (event: APIGatewayProxyEvent) => {\n  const id = event.pathParameters?.id\n  ${body}\n  return { statusCode: 200, body: '' }\n}\n${rest}`

const update = (
  text = 'SET #note = :x',
  { key = '{ id }', more = '' }: { key?: string; more?: string } = {},
): string =>
  `await documents.send(new UpdateCommand({ TableName: T, Key: ${key}, UpdateExpression: '${text}', ExpressionAttributeNames: { '#note': 'note' }, ExpressionAttributeValues: { ':x': 1 }, ${more} }))`

it('says where the key comes from', () => {
  expect(reportsOf(rule, handler(update()))).toEqual([
    '8:28-8:41 UpdateCommand: The key of this Update of `Orders` comes with each call of the Lambda handler (handler), and nothing asks whether there is such an item: of a key that is wrong, the Update makes an item with what it sets and nothing else.',
  ])
})

describe('reports', () => {
  it.each([
    ['a prefix', handler(update(undefined, { key: "{ PK: `ORDER#${id}`, SK: 'META' }" }))],
    [
      'the body',
      handler(update(undefined, { key: '{ id: JSON.parse(event.body as string).id }' })),
    ],
    [
      'an item of who asks',
      handler(
        update(undefined, { key: '{ user: event.requestContext.authorizer?.claims.sub, id }' }),
      ),
    ],
    [
      'a repository',
      handler(
        'await setNote(id as string)',
        `async function setNote(order: string) {\n  ${update(undefined, { key: '{ id: order }' })}\n}\n`,
      ),
    ],
    [
      'a read of another item',
      handler(
        `const { Item } = await documents.send(new GetCommand({ TableName: 'Users', Key: { id: event.path } }))\n  if (!Item) throw new Error('no user')\n  ${update()}`,
      ),
    ],
    [
      'Express',
      `import express from 'express'\n${head}const app = express()\napp.patch('/orders/:id', async (request, response) => {\n  ${update(undefined, { key: '{ id: request.params.id }' })}\n  response.end()\n})\n`,
    ],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toHaveLength(1)
  })
})

describe('says nothing of', () => {
  it.each([
    [
      'a condition',
      handler(update(undefined, { more: "ConditionExpression: 'attribute_exists(id)'" })),
    ],
    [
      'a condition that may be there',
      handler(update(undefined, { more: '...(event.body ? JSON.parse(event.body) : {})' })),
    ],
    ['counting', handler(update('ADD #note :x'))],
    ['what is missing', handler(update('SET #note = if_not_exists(#note, :x)'))],
    ['what may not be missing', handler(update('SET #note = #note + :x'))],
    ['a part of a map', handler(update('SET #note.a = :x'))],
    ['removing', handler(update('REMOVE #note'))],
    [
      'an item of who asks, alone',
      handler(update(undefined, { key: '{ id: event.requestContext.authorizer?.claims.sub }' })),
    ],
    ['a constant key', handler(update(undefined, { key: "{ id: 'settings' }" }))],
    [
      'a key that is made here',
      `import { randomUUID } from 'node:crypto'\n${handler(update(undefined, { key: '{ id, entry: randomUUID() }' }))}`,
    ],
    [
      'an item that was read',
      handler(
        `const { Item } = await documents.send(new GetCommand({ TableName: T, Key: { id } }))\n  if (!Item) throw new Error('no order')\n  ${update()}`,
      ),
    ],
    [
      'a key that was read',
      handler(
        `const { Items = [] } = await documents.send(new QueryCommand({ TableName: T, IndexName: 'byMail', KeyConditionExpression: 'mail = :m', ExpressionAttributeValues: { ':m': id } }))\n  ${update(undefined, { key: '{ id: Items[0]?.id }' })}`,
      ),
    ],
    [
      'an update after one that asked',
      handler(
        `${update(undefined, { more: "ConditionExpression: 'attribute_exists(id)'" })}\n  ${update('SET other = :x')}`,
      ),
    ],
    [
      'a queue',
      `${head}import type { SQSEvent } from 'aws-lambda'\nexport const handler = async (event: SQSEvent) => {\n  for (const record of event.Records) ${update(undefined, { key: '{ id: record.body }' })}\n}\n`,
    ],
    [
      'a function that nobody is known to call',
      `${head}export const set = async (id: string) => {\n  ${update()}\n}\n`,
    ],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toEqual([])
  })

  it('a table in which this is meant', () => {
    expect(reportsOf(rule, handler(update()), { options: [{ allowTables: ['Orders'] }] })).toEqual(
      [],
    )
  })
})

describe('offers', () => {
  it('that the item is there, by the partition key', () => {
    const [offer, ...others] = applied({ rule, code: handler(update()) })
    expect(others).toEqual([])
    expect(offer?.title).toBe(
      'Update only an item that is there: `attribute_exists(id)` (throws ConditionalCheckFailedException otherwise).',
    )
    expect(offer?.output).toContain("ConditionExpression: 'attribute_exists(id)'")
    expect(offer?.left).toEqual([])
    expect(
      typeErrorsIn([['condition', offer?.output ?? '']]).filter((e) => !e.includes('never read')),
    ).toEqual([])
  })

  it('nothing where the request is written elsewhere', () => {
    const code = handler(
      'await documents.send(new UpdateCommand(params(id as string)))',
      "export const params = (id: string) => ({ TableName: T, Key: { id }, UpdateExpression: 'SET a = :x', ExpressionAttributeValues: { ':x': 1 } })\n",
    )
    expect(applied({ rule, code })).toEqual([])
  })
})
