import { describe, expect, it } from 'vitest'
import { mended } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'no-write-then-read'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const TableName = 'Users'
`

/** An exported function whose first line is line 6. */
const run = (body: string, rest = ''): string =>
  `${head}export async function run(id: string, name: string) {\n${body}\n}\n${rest}`

const update = (more = '', key = 'id'): string =>
  `await documents.send(new UpdateCommand({ TableName, Key: { id: ${key} }, UpdateExpression: 'SET nick = :n', ExpressionAttributeValues: { ':n': name }${more} }))`

const get = (more = ''): string =>
  `const found = await documents.send(new GetCommand({ TableName, Key: { id }${more} }))\nreturn found.Item`

const said = (body: string, rest = ''): string[] =>
  reportsOf(rule, run(body, rest)).map((report) => report.replace(/^\S+ /, ''))

describe('says what the read may give, and what gives it for nothing', () => {
  it('after an Update', () => {
    expect(reportsOf(rule, run(`${update()}\n${get()}`))).toEqual([
      "7:40-7:50 GetCommand: This Get reads back the item of `Users` that is written in line 6 (run): an eventually consistent read may still give the item as it was before. `ReturnValues: 'ALL_NEW'` makes the Update itself give the item, for nothing.",
    ])
  })

  it.each([
    [
      'a consistent read',
      `${update()}\n${get(', ConsistentRead: true')}`,
      "it costs a request and what it reads. `ReturnValues: 'ALL_NEW'` makes the Update itself give the item, for nothing.",
    ],
    [
      'a Put',
      `await documents.send(new PutCommand({ TableName, Item: { id, name } }))\n${get()}`,
      'an eventually consistent read may still give the item as it was before. What was put is at hand.',
    ],
    [
      'a copy that is put back',
      `const r = await documents.send(new GetCommand({ TableName, Key: { id } }))\nawait documents.send(new PutCommand({ TableName, Item: { ...r.Item, name } }))\n${get()}`,
      'an eventually consistent read may still give the item as it was before. What was put is at hand.',
    ],
    [
      'an Update that gives the item already',
      `${update(", ReturnValues: 'ALL_NEW'")}\n${get()}`,
      "an eventually consistent read may still give the item as it was before. The Update gives the item already, by its `ReturnValues: 'ALL_NEW'`: it is in the `Attributes` of the answer.",
    ],
    [
      'an Update that gives something else',
      `${update(", ReturnValues: 'UPDATED_NEW'")}\n${get()}`,
      "an eventually consistent read may still give the item as it was before. `ReturnValues: 'ALL_NEW'` makes the Update itself give the item, for nothing.",
    ],
    [
      'a transaction',
      `await documents.send(new TransactWriteCommand({ TransactItems: [{ Update: { TableName, Key: { id }, UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': 1 } } }] }))\n${get()}`,
      'an eventually consistent read may still give the item as it was before. A transaction gives nothing back: read with `ConsistentRead: true`, or compute what it wrote.',
    ],
  ])('after %s', (_, body, expected) => {
    const [only, ...more] = said(body)
    expect(more).toEqual([])
    expect(only?.split('): ').at(-1)).toBe(expected)
  })

  it('through helpers, at the function that has both', () => {
    const rest = `async function load(id: string) {\n${get()}\n}\nasync function save(id: string, name: string) {\n${update()}\n}`
    expect(said('await save(id, name)\nreturn load(id)', rest)).toHaveLength(1)
  })
})

describe('is silent', () => {
  it.each([
    [
      'a read before',
      `const found = await documents.send(new GetCommand({ TableName, Key: { id } }))\nconsole.log(found.Item)\n${update()}`,
    ],
    ['another item', `${update('', 'name')}\n${get()}`],
    ['branches that exclude each other', `if (name) {\n${update()}\n} else {\n${get()}\n}`],
    ['a read because the write failed', `try {\n${update()}\n} catch {\n${get()}\n}`],
    [
      'a read because nothing was written',
      `const done = await save(id, name)\nif (!done) {\n${get()}\n}`,
      `async function save(id: string, name: string) {\ntry {\n${update()}\nreturn true\n} catch {\nreturn false\n}\n}`,
    ],
    [
      'a consistent read after a transaction',
      `await documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: { id } } }] }))\n${get(', ConsistentRead: true')}`,
    ],
    ['a deletion', `await documents.send(new DeleteCommand({ TableName, Key: { id } }))\n${get()}`],
    ['a read that waits for another', `${update()}\nfor (;;) {\n${get()}\n}`],
  ])('%s', (_, body, rest = '') => {
    expect(said(body, rest)).toEqual([])
  })
})

describe('offers what the Update gives', () => {
  const body = (read: string): string =>
    `${head.replace('DeleteCommand, ', '').replace('PutCommand, TransactWriteCommand, ', '')}export async function run(id: string, name: string) {\n  ${update()}\n${read}\n}\n`
  const cases = [
    body(
      '  const found = await documents.send(new GetCommand({ TableName, Key: { id } }))\n  return found.Item',
    ),
    body(
      '  const { Item: user } = await documents.send(new GetCommand({ TableName, Key: { id } }))\n  return user',
    ),
    body(
      '  const { Item } = await documents.send(\n    new GetCommand({\n      TableName,\n      Key: { id },\n    }),\n  )\n  return Item?.name',
    ),
  ]

  it.each(cases.map((code, index) => [index, code] as const))('%i', (_, code) => {
    expect(mended(rule, code)).toMatchSnapshot()
  })

  it('leaves code that type-checks, with nothing unused', { timeout: 120_000 }, () => {
    const files = cases.flatMap((code) => mended(rule, code))
    expect(files).toHaveLength(3)
    expect(
      typeErrorsIn(files.map(({ code }, n) => [`users${String(n)}.ts`, code] as const)),
    ).toEqual([])
  })

  it.each([
    ['a part of the item', `${update()}\n${get(", ProjectionExpression: 'id'")}`],
    [
      'an answer that is read otherwise',
      `${update()}\nconst found = await documents.send(new GetCommand({ TableName, Key: { id } }))\nreturn found`,
    ],
    ['an Update that gives something already', `${update(", ReturnValues: 'ALL_OLD'")}\n${get()}`],
    ['an Update that gives the item already', `${update(", ReturnValues: 'ALL_NEW'")}\n${get()}`],
    ['an Update on one way only', `if (name) ${update()}\n${get()}`],
  ])('not for %s', (_, text) => {
    expect(mended(rule, run(text))).toEqual([])
  })
})
