import { describe, expect, it } from 'vitest'
import { fixed } from '../support/fixed.ts'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'no-reserved-attribute-name'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, ScanCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const TableName = 'Orders'
`

/** A function whose first line is line 6. */
const run = (body: string, rest = ''): string =>
  `${head}export async function run(id: string, given: any) {\n${body}\n}\n${rest}`

const update = (members: string): string =>
  `await documents.send(new UpdateCommand({ TableName, Key: { id }, ${members} }))`

const message = (word: string, kind: string): string =>
  `\`${word}\` is a reserved word of DynamoDB and needs a placeholder such as \`#${word}\`. DynamoDB rejects this: Invalid ${kind}Expression: Attribute name is a reserved keyword; reserved keyword: ${word}`

/** Where each report stands, and the text there. */
const words = (body: string, rest = ''): string[] =>
  reportsOf(rule, run(body, rest)).map((report) => report.replace(/: `.*/, ''))

describe('the place', () => {
  it('is the word, in a string', () => {
    expect(
      reportsOf(
        rule,
        run(update("UpdateExpression: 'SET status = :s', ExpressionAttributeValues: { ':s': 1 }")),
      ),
    ).toEqual([`6:89-6:95 status: ${message('status', 'Update')}`])
  })

  it('is the word behind escapes', () => {
    expect(words(update(String.raw`UpdateExpression: 'SET \x61\u{62} = :a, name = :n'`))).toEqual([
      '6:106-6:110 name',
    ])
  })

  it('is the word in a template of several lines', () => {
    expect(words(update('UpdateExpression: `SET\n  ${given} = :a,\n  year = :y`'))).toEqual([
      '8:3-8:7 year',
    ])
  })

  it('is the word in a constant, wherever that stands', () => {
    const body = update('UpdateExpression: SET_STATUS')
    expect(words(body, "const SET_STATUS = 'SET status = :s'\n")).toEqual(['8:25-8:31 status'])
  })

  it('is the word in a text that was added', () => {
    const body = `let text = 'SET a = :a'\nif (given) text += ', date = :d'\n${update('UpdateExpression: text')}`
    expect(words(body)).toEqual(['7:23-7:27 date'])
  })

  it('is the word in a list that is joined, however many ways there are', () => {
    const pushes = ['a', 'b', 'c', 'name', 'd', 'e', 'f'].map(
      (name) => `if (given.${name}) parts.push('${name} = :${name}')`,
    )
    const body = [
      'const parts: string[] = []',
      ...pushes,
      update("UpdateExpression: `SET ${parts.join(', ')}`"),
    ]
    expect(words(body.join('\n'))).toEqual(['10:29-10:33 name'])
  })

  it('is the word that a call gives to a wrapper', () => {
    const wrapper = `async function set(key: object, UpdateExpression: string) {\nreturn documents.send(new UpdateCommand({ TableName, Key: key, UpdateExpression }))\n}\n`
    expect(words("await set({ id }, 'SET total = :t')", wrapper)).toEqual(['6:24-6:29 total'])
  })

  it('is every part of a path, in each entry of a transaction', () => {
    const body =
      "await documents.send(new TransactWriteCommand({ TransactItems: [{ Update: { TableName, Key: { id }, UpdateExpression: 'SET #a.name = :n, b.data.c = :n' } }, { ConditionCheck: { TableName, Key: { id }, ConditionExpression: 'attribute_exists(year)' } }] }))"
    expect(words(body)).toEqual(['6:127-6:131 name', '6:140-6:144 data', '6:241-6:245 year'])
  })
})

describe('says nothing of', () => {
  it.each([
    ['a word with a placeholder', update("UpdateExpression: 'SET #status = :s'")],
    ['a name that is known in part', update('UpdateExpression: `SET status${given} = :s`')],
    ['words that are no names', update("UpdateExpression: 'SET a = if_not_exists(a, :status)'")],
    [
      'a text that a callback changes',
      `let text = 'SET a = :a, status'\ngiven.forEach((x: string) => { text += x })\n${update('UpdateExpression: text')}`,
    ],
    ['something else of that name', "given.send({ UpdateExpression: 'SET status = :s' })"],
  ])('%s', (_, body) => {
    expect(words(body)).toEqual([])
  })

  it('tests, but not of scripts', () => {
    const code = run(update("UpdateExpression: 'SET status = :s'"))
    expect(reportsOf(rule, code, { filename: 'src/orders.test.ts' })).toEqual([])
    expect(reportsOf(rule, code, { filename: 'scripts/orders.ts' })).toHaveLength(1)
  })
})

describe('the fix', () => {
  const fixes = (members: string): string => {
    const [line = ''] = fixed(rule, run(update(members)))
      .split('\n')
      .slice(5)
    return line.slice(update('').indexOf('id },') + 6, -4)
  }

  it('adds the names map behind the expressions', () => {
    expect(fixes("UpdateExpression: 'SET status = :s', ReturnValues: 'ALL_NEW'")).toBe(
      "UpdateExpression: 'SET #status = :s', ExpressionAttributeNames: { '#status': 'status' }, ReturnValues: 'ALL_NEW'",
    )
  })

  it('is one for all words in all expressions', () => {
    expect(
      fixes(
        "UpdateExpression: 'SET status = :s, name = :n', ConditionExpression: 'status = :o OR attribute_not_exists(Status)'",
      ),
    ).toBe(
      "UpdateExpression: 'SET #status = :s, #name = :n', ConditionExpression: '#status = :o OR attribute_not_exists(#Status)', ExpressionAttributeNames: { '#status': 'status', '#name': 'name', '#Status': 'Status' }",
    )
  })

  it('uses an alias that is there', () => {
    expect(
      fixes(
        "UpdateExpression: 'SET #s = :s', ConditionExpression: 'status = :o', ExpressionAttributeNames: { '#s': 'status' }",
      ),
    ).toBe(
      "UpdateExpression: 'SET #s = :s', ConditionExpression: '#s = :o', ExpressionAttributeNames: { '#s': 'status' }",
    )
  })

  it('takes another alias where its own stands for something else', () => {
    expect(
      fixes(
        "UpdateExpression: 'SET #status = :s, status = :t', ExpressionAttributeNames: { '#status': 'state' }",
      ),
    ).toBe(
      "UpdateExpression: 'SET #status = :s, #status2 = :t', ExpressionAttributeNames: { '#status': 'state', '#status2': 'status' }",
    )
  })

  it('keeps to the pieces of a template', () => {
    expect(fixes('UpdateExpression: `SET status = :s, ${given}`')).toBe(
      "UpdateExpression: `SET #status = :s, ${given}`, ExpressionAttributeNames: { '#status': 'status' }",
    )
  })

  it.each([
    ['a value was meant', run(update("UpdateExpression: 'SET a = true'"))],
    [
      'the names are not known',
      run(update("UpdateExpression: 'SET status = :s', ExpressionAttributeNames: given")),
    ],
    [
      'the text is shared',
      run(update('UpdateExpression: TEXT'), "const TEXT = 'SET status = :s'\n"),
    ],
    [
      'there are several texts',
      run(update("UpdateExpression: given ? 'SET status = :s' : 'SET name = :s'")),
    ],
    [
      'the request is used twice',
      run(
        "const request = { TableName, Key: { id }, UpdateExpression: 'SET status = :s' }\nconsole.log(request)\nawait documents.send(new UpdateCommand(request))",
      ),
    ],
  ])('is left out where %s', (_, code) => {
    expect(reportsOf(rule, code)).not.toEqual([])
    expect(fixed(rule, code)).toBe(code)
  })
})
