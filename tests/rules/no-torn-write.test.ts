import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

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

const user =
  "await documents.send(new PutCommand({ TableName: 'T', Item: { PK: `USER#${id}`, SK: 'PROFILE', name: a } }))"
const login =
  "await documents.send(new PutCommand({ TableName: 'T', Item: { PK: `LOGIN#${b}`, SK: 'LOGIN', userId: id } }))"
const made = (body: string, how = 'crypto.randomUUID()'): string =>
  handler(`const id = ${how}\n  ${body}`)

it('says what is made of two items', () => {
  expect(reportsOf(rule, made(`${user}\n  ${login}`))).toEqual([
    '10:28-10:38 PutCommand: This write to `T` and the one in line 9 are two items with one new id, put one after the other: where the second fails, the first is left alone, and a retry makes another id. One TransactWriteItems carries out both, or neither.',
  ])
})

const game =
  "await documents.send(new PutCommand({ TableName: 'T', Item: { PK: `GAME#${id}`, SK: 'GAME', name: a } }))"
const players = (key = '`GAME#${id}`'): string =>
  `for (const player of JSON.parse(event.body ?? '[]')) {\n  await documents.send(new PutCommand({ TableName: 'T', Item: { PK: ${key}, SK: \`PLAYER#\${player.name}\`, gameId: id } }))\n  }`

it('says what is put in a loop under a new id', () => {
  expect(reportsOf(rule, made(`${game}\n  ${players()}`))).toEqual([
    '11:28-11:38 PutCommand: This write to `T` and the one in line 9 are an item and what belongs to it, under one new id, put one after the other: where one of them fails, the item is left without the rest, and a retry makes another id. One TransactWriteItems carries out all of up to 100, or none.',
  ])
})

const ban = (table: string, key: string, more = ''): string =>
  `await documents.send(new UpdateCommand({ TableName: '${table}', Key: ${key}, UpdateExpression: 'SET #s = :s, changedAt = :now${more}', ExpressionAttributeNames: { '#s': 'status' }, ExpressionAttributeValues: { ':s': 'BANNED', ':now': new Date().toISOString(), ':more': b, ':other': event.path } }))`

it('says what makes one change of two items', () => {
  expect(
    reportsOf(rule, handler(`${ban('Users', '{ id: a }')}\n  ${ban('Shops', '{ id: b }')}`)),
  ).toEqual([
    '9:28-9:41 UpdateCommand: This write to `Shops` and the one in line 8 make one change of two items, sent one after the other: where the second fails, the two no longer agree. One TransactWriteItems carries out both, or neither.',
  ])
})

describe('reports', () => {
  it.each([
    [
      'one change, and more of one of the two',
      handler(`${ban('Users', '{ id: a }', ', note = :more')}\n  ${ban('Shops', '{ id: b }')}`),
    ],
    [
      'one mark that a helper gives to both',
      handler("await hide('Users', a)\n  await hide('Shops', b)").replace(
        'const documents',
        () =>
          `const hide = (table: string, id?: string) => ${ban('Users', '{ id }').slice(6).replace("'Users'", 'table').replace("'BANNED'", 'true').replace("':more': b, ':other': event.path ", '')}\nconst documents`,
      ),
    ],
    [
      'one change of an item and of each of its parts',
      handler(
        `${ban('Users', '{ id: a }')}\n  await Promise.all(JSON.parse(event.body ?? '[]').map(async (id: string) => {\n  ${ban('Shops', '{ id }')}\n  }))`,
      ),
    ],
    [
      'rows that are all sent at once',
      made(
        `${game}\n  await Promise.all(JSON.parse(event.body ?? '[]').map((player: any) => documents.send(new PutCommand({ TableName: 'T', Item: { PK: \`GAME#\${id}\`, SK: \`PLAYER#\${player.name}\` } }))))`,
      ),
    ],
    ['once what has rows and more', made(`${game}\n  ${login}\n  ${players()}`)],
    ['arithmetic', handler(`${comment}\n  ${count(undefined, 'SET comments = comments - :one')}`)],
    ['something in between', handler(`${comment}\n  console.log(a)\n  if (a) ${count()}`)],
    [
      'a delete',
      handler(
        `await documents.send(new DeleteCommand({ TableName: 'Comments', Key: { postId: a, commentId: b } }))\n  ${count()}`,
      ),
    ],
    ['both at once', handler(`await Promise.all([${follows.slice(6)}, ${followed.slice(6)}])`)],
    ['the child first', made(`${login}\n  ${user}`)],
    [
      'an id deep in the item',
      made(`${user}\n  ${login.replace('userId: id', 'data: { user: { id } }')}`),
    ],
    [
      'an id that a function makes',
      made(`${user}\n  ${login}`, 'newId()').replace(
        'const documents',
        'const newId = () => `${Date.now()}-${Math.random().toString(36).slice(2)}`\nconst documents',
      ),
    ],
    [
      'a helper that tries again',
      made(`await put(${user.slice(36, -2)})\n  await put(${login.slice(36, -2)})`).replace(
        'const documents =',
        'const put = async (input: any) => {\n  for (let n = 0; n < 3; n += 1) {\n    try {\n      return await documents.send(new PutCommand(input))\n    } catch (error) {\n      if (n === 2) throw error\n    }\n  }\n}\nconst documents =',
      ),
    ],
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
    [
      'a record with a version of its own',
      handler(
        `${comment}\n  ${count(undefined, 'SET version = version + :one, #status = :one, owner = :one, email = :one, territory = :one')}`,
      ),
    ],
    ['a log of what was counted', handler(`${count()}\n  ${comment}`)],
    [
      'an item that is put, and counts in itself',
      handler(
        `await documents.send(new PutCommand({ TableName: 'Posts', Item: { postId: a, comments: 0 } }))\n  ${count()}`,
      ),
    ],
    ['an id that was there', handler(`const id = event.body\n  ${user}\n  ${login}`)],
    ['two ids', made(`${user}\n  ${login.replace('userId: id', 'userId: crypto.randomUUID()')}`)],
    ['what points to the newest', made(`${user}\n  ${login.replace('`LOGIN#${b}`', "'LATEST'")}`)],
    ['a log by time', made(`${user}\n  ${login.replace("SK: 'LOGIN'", 'SK: `AT#${Date.now()}`')}`)],
    [
      'what may fail',
      made(`${user}\n  try {\n  ${login}\n  } catch (error) {\n  console.error(error)\n  }`),
    ],
    [
      'what is undone',
      made(
        `try {\n  ${user}\n  ${login}\n  } catch (error) {\n  await documents.send(new DeleteCommand({ TableName: 'T', Key: { PK: \`USER#\${id}\`, SK: 'PROFILE' } }))\n  throw error\n  }`,
      ),
    ],
    [
      'a helper that keeps what fails',
      made(`await put(${user.slice(36, -2)})\n  await put(${login.slice(36, -2)})`).replace(
        'const documents =',
        'const put = async (input: any) => {\n  try {\n    await documents.send(new PutCommand(input))\n  } catch (error) {\n    console.error(error)\n  }\n}\nconst documents =',
      ),
    ],
    ['rows under keys of their own', made(`${game}\n  ${players('`OF#${a}`')}`)],
    [
      'rows that are tried again',
      made(`${game}\n  for (let n = 0; n < 3; n += 1) {\n  ${login}\n  }`),
    ],
    [
      'rows and items of one loop',
      handler(
        `for (const player of JSON.parse(event.body ?? '[]')) {\n  const id = crypto.randomUUID()\n  ${game}\n  ${login.replace('${b}', '${player.name}')}\n  }`,
      ),
    ],
    [
      'rows that may fail',
      made(`${game}\n  try {\n  ${players()}\n  } catch (error) {\n  console.error(error)\n  }`),
    ],
    [
      'changes that have more of their own each',
      handler(
        `${ban('Users', '{ id: a }', ', note = :more')}\n  ${ban('Shops', '{ id: b }', ', owner = :other')}`,
      ),
    ],
    [
      'a mark that each is given',
      handler(
        `${ban('Users', '{ id: a }').replace("'BANNED'", 'true')}\n  ${ban('Shops', '{ id: b }').replace("'BANNED'", 'true')}`,
      ),
    ],
    [
      'times alone',
      handler(
        `${ban('Users', '{ id: a }').replace('#s = :s, ', '')}\n  ${ban('Shops', '{ id: b }').replace('#s = :s, ', '')}`,
      ),
    ],
    [
      'changes of what may be one item',
      handler(`${ban('Users', '{ id: a }')}\n  ${ban('Users', '{ id: b }')}`),
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

describe('offers', () => {
  const used = (code: string): string =>
    code
      .replace(/import \{ [^}]*\} from '@aws-sdk\/lib-dynamodb'/, (all) =>
        all.replace(/(?:Delete|Put|TransactWrite|Update)Command,? /g, (name) =>
          code.split(name.replace(/,? $/, '')).length > 2 ? name : '',
        ),
      )
      .replace(/, \}/, ' }')
  const lines = (text: string): string => text.replaceAll('\n', '\n  ')
  const codes = {
    'two items with one new id': made(`${user}\n  ${login}`),
    'two sides': handler(`${follows}\n  ${followed}`),
    'an item and its count, with a value made in between': handler(
      lines(
        `${comment}\nconst Key = { postId: a }\nawait documents.send(\n  new UpdateCommand({\n    TableName: 'Posts',\n    Key,\n    UpdateExpression: 'ADD comments :one',\n    ExpressionAttributeValues: { ':one': 1 },\n  }),\n)`,
      ),
    ),
    'commands with names': handler(
      lines(
        `const outgoing = new PutCommand({\n  TableName: 'T',\n  Item: { PK: \`USER#\${a}\`, SK: \`FOLLOWS#\${b}\` },\n})\nconst incoming = new PutCommand({\n  TableName: 'T',\n  Item: { PK: \`USER#\${b}\`, SK: \`FOLLOWED#\${a}\` },\n})\nawait documents.send(outgoing)\nawait documents.send(incoming)`,
      ),
    ),
    'both at once': handler(`await Promise.all([${follows.slice(6)}, ${followed.slice(6)}])`),
    'a condition': handler(
      `${comment.replace('b } }', "b }, ConditionExpression: 'attribute_not_exists(postId)' }")}\n  ${count()}`,
    ),
    'parameters with names': handler(
      lines(
        `const params = { TableName: 'Comments', Item: { postId: a, commentId: b } }\nawait documents.send(new PutCommand(params))\n${count()}`,
      ),
    ),
    'methods of v2': `const AWS = require('aws-sdk')\nconst documents = new AWS.DynamoDB.DocumentClient()\n\nexports.handler = async (event) => {\n    const a = event.pathParameters.a\n    const b = event.pathParameters.b\n    await documents\n        .put({\n            TableName: 'Comments',\n            Item: {\n                postId: a,\n                commentId: b,\n            },\n        })\n        .promise();\n    await documents.update({ TableName: 'Posts', Key: { postId: a }, UpdateExpression: 'ADD comments :one', ExpressionAttributeValues: { ':one': 1 } }).promise();\n    return { statusCode: 200, body: '' };\n}\n`,
    'a destructured require': `const { DynamoDBClient } = require('@aws-sdk/client-dynamodb')\nconst { DynamoDBDocumentClient, PutCommand, UpdateCommand } = require('@aws-sdk/lib-dynamodb')\nconst documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))\n\nexports.handler = async (event) => {\n  const a = event.pathParameters.a\n  const b = event.pathParameters.b\n  ${comment}\n  ${count()}\n  return { statusCode: 200, body: '' }\n}\n`,
  }

  it.each(Object.entries(codes))('a transaction for %s', (_, code) => {
    const before = used(code)
    const [suggestion, ...others] = mended(rule, before)
    expect(others).toEqual([])
    expect(
      suggestion && [suggestion.title, ...newLines(before, suggestion)].join('\n'),
    ).toMatchSnapshot()
  })

  it('what compiles', () => {
    const outputs = Object.entries(codes)
      .filter(([, code]) => !code.includes('require('))
      .map(([name, code]) => [name, mended(rule, used(code))[0]?.code ?? ''] as const)
    expect(typeErrorsIn(outputs)).toEqual([])
  })

  it.each([
    ['what may be one item', handler(`${follows}\n  ${followed.replace('FOLLOWED#', 'FOLLOWS#')}`)],
    ['something in between', handler(`${comment}\n  console.log(a)\n  ${count()}`)],
    ['a comment in between', handler(`${comment}\n  // and the count\n  ${count()}`)],
    ['a branch', handler(`${comment}\n  if (a) ${count()}`)],
    ['an answer that is taken', handler(`const put = ${comment}\n  ${count()}\n  void put`)],
    [
      'old values that are asked for',
      handler(
        `${comment}\n  ${count().replace("{ TableName: 'Posts'", "{ ReturnValues: 'ALL_NEW', TableName: 'Posts'")}`,
      ),
    ],
    [
      'who looks for a failed condition',
      handler(
        `try {\n  ${comment}\n  ${count()}\n  } catch (error) {\n  if ((error as Error).name === 'ConditionalCheckFailedException') return { statusCode: 409, body: '' }\n  throw error\n  }`,
      ),
    ],
    [
      'a call in the second',
      handler(`${comment}\n  ${count('{ postId: next(a) }')}`).replace(
        'const documents',
        'const next = async (a?: string) => a\nconst documents',
      ),
    ],
  ])('nothing for %s', (_, code) => {
    expect(mended(rule, code)).toEqual([])
  })
})
