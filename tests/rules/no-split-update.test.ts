import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

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

describe('offers', () => {
  const codes = {
    'a SET and a SET': run(
      `  ${update('SET a = :x')}\n  await documents.send(\n    new UpdateCommand({\n      TableName: T,\n      Key: { id },\n      UpdateExpression: 'SET #b = :y',\n      ExpressionAttributeNames: { '#b': 'b' },\n      ExpressionAttributeValues: { ':y': other },\n    }),\n  )`,
    ),
    'the same placeholder for something else': run(
      `  ${update('SET a = :x REMOVE c')}\n  await documents.send(new UpdateCommand({ TableName: T, Key: { id }, UpdateExpression: 'SET b = :x', ExpressionAttributeValues: { ':x': other } }))`,
    ),
    'a REMOVE, whose answer is read': run(
      `  await documents.send(new UpdateCommand({ TableName: T, Key: { id }, UpdateExpression: 'SET #a = :x', ExpressionAttributeNames: { '#a': 'a' }, ExpressionAttributeValues: { ':x': other } }))\n  const { Attributes } = await documents.send(new UpdateCommand({ TableName: T, Key: { id }, UpdateExpression: 'REMOVE b', ReturnValues: 'ALL_NEW' }))\n  return Attributes`,
    ),
  }

  it.each(Object.entries(codes))('one update for %s', (_, code) => {
    const [suggestion, ...others] = mended(rule, code)
    expect(others).toEqual([])
    expect(suggestion && newLines(code, suggestion).join('\n')).toMatchSnapshot()
  })

  it('what compiles', () => {
    const outputs = Object.entries(codes).map(
      ([name, code]) => [name, mended(rule, code)[0]?.code ?? ''] as const,
    )
    expect(typeErrorsIn(outputs).filter((error) => !error.includes('declared but'))).toEqual([])
  })

  it.each([
    [
      'conditions',
      run(
        `  ${update('SET a = :x', { more: "ConditionExpression: 'attribute_exists(id)'" })}\n  ${update('REMOVE b', { more: "ConditionExpression: 'attribute_exists(id)'" })}`,
      ),
    ],
    [
      'a first answer that is taken',
      run(
        `  const first = ${update('SET a = :x')}\n  ${update('SET b = :x')}\n  return first.Attributes`,
      ),
    ],
    [
      'what the second alone gives back',
      run(
        `  ${update('SET a = :x')}\n  const { Attributes } = ${update('SET b = :x', { more: "ReturnValues: 'UPDATED_NEW'" })}\n  return Attributes`,
      ),
    ],
    [
      'a value that is another one then',
      run(
        `  let n = 1\n  await documents.send(new UpdateCommand({ TableName: T, Key: { id }, UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': n } }))\n  n = 2\n  ${update('SET b = :x')}`,
      ),
    ],
  ])('nothing for %s', (_, code) => {
    expect(mended(rule, code)).toEqual([])
  })
})
