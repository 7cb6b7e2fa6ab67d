import { describe, expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'no-torn-write'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DeleteCommand, DynamoDBDocumentClient, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  import type { APIGatewayProxyEvent } from 'aws-lambda'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
`

const handler = (body: string): string =>
  `${head}export const handler = async (event: APIGatewayProxyEvent) => {\n  const a = event.pathParameters?.a\n  const b = event.pathParameters?.b\n  ${body}\n  return { statusCode: 200, body: '' }\n}\n`

const follows =
  "await documents.send(new PutCommand({ TableName: 'T', Item: { PK: `USER#${a}`, SK: `FOLLOWS#${b}` } }))"
const followed =
  "await documents.send(new PutCommand({ TableName: 'T', Item: { PK: `USER#${b}`, SK: `FOLLOWED#${a}` } }))"
const comment =
  "await documents.send(new PutCommand({ TableName: 'Comments', Item: { postId: a, commentId: b } }))"
const count = (key = '{ postId: a }', text = 'ADD comments :one'): string =>
  `await documents.send(new UpdateCommand({ TableName: 'Posts', Key: ${key}, UpdateExpression: '${text}', ExpressionAttributeValues: { ':one': 1 } }))`

it('says what belongs together', () => {
  expect(reportsOf(rule, handler(`${follows}\n  ${followed}`))).toEqual([
    '9:28-9:38 PutCommand: This write to `T` and the one in line 8 are the two sides of one relation, sent one after the other: where the second fails, one side is left alone. One TransactWriteItems carries out both, or neither.',
  ])
  expect(reportsOf(rule, handler(`${comment}\n  ${count()}`))).toEqual([
    '9:28-9:41 UpdateCommand: This write to `Posts` and the one in line 8 are an item and its count, sent one after the other: where the second fails, the count is wrong for ever. One TransactWriteItems carries out both, or neither.',
  ])
})

describe('reports', () => {
  it.each([
    ['arithmetic', handler(`${comment}\n  ${count(undefined, 'SET comments = comments - :one')}`)],
    ['something in between', handler(`${comment}\n  console.log(a)\n  if (a) ${count()}`)],
    [
      'a delete',
      handler(
        `await documents.send(new DeleteCommand({ TableName: 'Comments', Key: { postId: a, commentId: b } }))\n  ${count()}`,
      ),
    ],
    ['both at once', handler(`await Promise.all([${follows.slice(6)}, ${followed.slice(6)}])`)],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toHaveLength(1)
  })
})

describe('says nothing of', () => {
  it.each([
    [
      'a transaction',
      handler(
        "await documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName: 'T', Item: { PK: `USER#${a}`, SK: `FOLLOWS#${b}` } } }, { Put: { TableName: 'T', Item: { PK: `USER#${b}`, SK: `FOLLOWED#${a}` } } }] }))",
      ),
    ],
    [
      'two that have nothing in common',
      handler(`${comment}\n  ${count('{ postId: event.path }')}`),
    ],
    [
      'what sets and does not count',
      handler(`${comment}\n  ${count(undefined, 'SET comments = :one')}`),
    ],
    ['a log of what was counted', handler(`${count()}\n  ${comment}`)],
    [
      'an item that is put, and counts in itself',
      handler(
        `await documents.send(new PutCommand({ TableName: 'Posts', Item: { postId: a, comments: 0 } }))\n  ${count()}`,
      ),
    ],
    ['one side twice', handler(`${follows}\n  ${follows}`)],
    ['branches', handler(`if (a) {\n  ${follows}\n  } else {\n  ${followed}\n  }`)],
    ['what makes up for a failure', handler(`try {\n  ${comment}\n  } catch {\n  ${count()}\n  }`)],
    ['a loop', handler(`for (const x of [1, 2]) {\n  ${comment}\n  ${count()}\n  }`)],
    [
      'a queue',
      handler(`${comment}\n  ${count()}`)
        .replaceAll('APIGatewayProxyEvent', 'SQSEvent')
        .replaceAll('event.pathParameters?.', 'event.Records[0]?.'),
    ],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toEqual([])
  })
})
