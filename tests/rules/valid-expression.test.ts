import { describe, expect, it } from 'vitest'
import { fixed } from '../support/fixed.ts'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'valid-expression'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, PutCommand, QueryCommand, ScanCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const TableName = 'Orders'
`

/** A function whose first line is line 6. */
const run = (body: string, rest = ''): string =>
  `${head}export async function run(id: string, given: any) {\n${body}\n}\n${rest}`

const update = (members: string): string =>
  `await documents.send(new UpdateCommand({ TableName, Key: { id }, ${members} }))`
const scan = (members: string): string =>
  `await documents.send(new ScanCommand({ TableName, ${members} }))`
const filter = (text: string, values = "{ ':a': 1, ':s': 'x' }"): string =>
  scan(`FilterExpression: ${text}, ExpressionAttributeValues: ${values}`)

/** The text at each report, and DynamoDB's message. */
const said = (body: string, rest = ''): string[] =>
  reportsOf(rule, run(body, rest)).map((report) =>
    report.replace(/^\S+ /, '').replace('DynamoDB rejects this: ', ''),
  )

describe('the place', () => {
  it('is where DynamoDB stops, in the string', () => {
    expect(reportsOf(rule, run(filter("'a == :a'")))).toEqual([
      '6:72-6:74 ==: DynamoDB rejects this: Invalid FilterExpression: Syntax error; token: "=", near: "== :a"',
    ])
  })

  it('is the last character where something is missing', () => {
    expect(said(filter("'a = :a AND '"))).toEqual([
      'D: Invalid FilterExpression: Syntax error; token: "<EOF>", near: "AND "',
    ])
  })

  it('is the whole value where the text is empty', () => {
    expect(said(filter("''"))).toEqual([
      "'': Invalid FilterExpression: The expression can not be empty;",
    ])
  })

  it('is the text that a call gives to a wrapper', () => {
    const wrapper =
      'const change = (key: object, UpdateExpression: string) => documents.send(new UpdateCommand({ TableName, Key: key, UpdateExpression }))\n'
    expect(said("await change({ id }, 'SET a = :a SET b = :b')", wrapper)).toEqual([
      'SET: Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
    ])
  })

  it('is the text in a wrapper that has a fault of its own, and not its calls', () => {
    const wrapper =
      "const open = (table: string) => documents.send(new ScanCommand({ TableName: table, FilterExpression: 'a && b' }))\n"
    expect(reportsOf(rule, run("await open('A')\nawait open('B')", wrapper))).toEqual([
      '9:105-9:106 &: DynamoDB rejects this: Invalid FilterExpression: Syntax error; token: "&", near: "a &&"',
    ])
  })
})

describe('finds', () => {
  it.each([
    ['functions', filter("'attribute_exist(a)'"), 'attribute_exist'],
    ['arithmetic in a condition', update("ConditionExpression: 'a - :a > :b'"), '-'],
    ['types of values', filter("'begins_with(a, :a)'"), ':a'],
    [
      'types of attribute values',
      update("UpdateExpression: 'ADD a :s', ExpressionAttributeValues: { ':s': 'x' }"),
      ':s',
    ],
    ['overlapping paths', update("UpdateExpression: 'SET a = :a, a.b = :b'"), 'a.b'],
    ['a branch', filter("given ? 'a = :a' : 'a = = :a'"), '='],
    [
      'what all ways share',
      `let f = 'a IS :a'\nif (given) f += ' AND b = :s'\n${filter('f')}`,
      'IS',
    ],
    [
      'entries of transactions',
      "await documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: { id }, ConditionExpression: 'attribute_not_exists id' } }] }))",
      'id',
    ],
    [
      'key conditions',
      "await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'a = :a OR b = :b' }))",
      'a = :a OR b = :b',
    ],
  ])('%s', (_, body, text) => {
    expect(said(body).map((report) => report.split(': ')[0])).toEqual([text])
  })
})

describe('says nothing of', () => {
  it.each([
    ['what is right', filter("'a = :a AND begins_with(b, :s)'")],
    ['parts that are not known', filter('`a ${given} :a ${given}`')],
    [
      'a text that was given, and that a callback adds to',
      `const write = async (sets: object, action = 'SET') => {\nlet text = action\nObject.keys(sets).forEach((key) => { text = \`\${text} #\${key} = :\${key}\` })\n${update('UpdateExpression: text')}\n}\nawait write({ a: 1 })`,
    ],
    [
      'a text that is left out where nothing was put into it',
      "await read({})\nawait read({ status: 'a' })",
      `async function read(by: { status?: string }) {
  const parts: string[] = []
  if (by.status) parts.push('a = :a')
  let filter: string | undefined
  if (parts.length > 0) filter = parts.join(' AND ')
  await documents.send(new ScanCommand({ TableName, FilterExpression: filter, ExpressionAttributeValues: given }))
}`,
    ],
    [
      'a list that a callback fills',
      `const parts: string[] = []\ngiven.forEach((x: string) => parts.push(x))\n${update("UpdateExpression: `SET ${parts.join(', ')}`")}`,
    ],
    [
      'a list that grows in a loop',
      `const parts: string[] = []\nfor (const x of given) parts.push(x)\n${update("UpdateExpression: 'SET ' + parts.join(', ')")}`,
    ],
    [
      'a text that grows in a loop',
      `let text = 'SET '\nfor (const x of given) text += 'a = :a, '\n${update('UpdateExpression: text.slice(0, -2)')}`,
    ],
    [
      'a way that may be impossible',
      `let text = ''\nif (given.a) text = 'SET a = :a'\nif (given.b) text += ' REMOVE b'\n${update('UpdateExpression: text')}`,
    ],
    [
      'a request that a function may change',
      `const request = { TableName, FilterExpression: 'a' }\ngiven.prepare(request)\nawait documents.send(new ScanCommand(request))`,
    ],
    ['reserved words', filter("'status = :s'")],
    ['values whose type is not known', filter("'begins_with(a, :s)'", "{ ':s': given }")],
    [
      'values that may have several types',
      filter("'begins_with(a, :s)'", "{ ':s': given ? 1 : 'x' }"),
    ],
    [
      'keys of a table that is not known',
      "await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'a >= :a' }))",
    ],
    ['what is left out', scan('FilterExpression: undefined')],
  ])('%s', (_, body, rest = '') => {
    expect(said(body, rest)).toEqual([])
  })

  it('tests, but not of scripts', () => {
    const code = run(filter("'a =='"))
    expect(reportsOf(rule, code, { filename: 'tests/orders.ts' })).toEqual([])
    expect(reportsOf(rule, code, { filename: 'scripts/orders.ts' })).toHaveLength(1)
  })
})

describe('the fix', () => {
  it.each([
    [filter("'a == :a'"), filter("'a = :a'")],
    [filter("'((a = :a))'"), filter("'(a = :a)'")],
    [filter("'Begins_With(a, :s)'"), filter("'begins_with(a, :s)'")],
    [
      update("UpdateExpression: 'SET a = :a SET b = :b'"),
      update("UpdateExpression: 'SET a = :a, b = :b'"),
    ],
  ])('%s', (before, after) => {
    expect(fixed(rule, run(before))).toBe(run(after))
  })

  it.each([
    ['the text is shared', run(filter('FILTER'), "const FILTER = 'a == :a'\n")],
    ['it can be meant in several ways', run(filter("'a = = b'"))],
  ])('is left out where %s', (_, code) => {
    expect(reportsOf(rule, code)).not.toEqual([])
    expect(fixed(rule, code)).toBe(code)
  })
})
