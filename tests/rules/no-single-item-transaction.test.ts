import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

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

describe('offers', () => {
  const codes = {
    'a put': run(`[${put}]`),
    'a delete on several lines with a condition': `${head}export async function run(id: string) {
  await documents.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Delete: {
            TableName: T,
            Key: { id },
            ConditionExpression: 'attribute_exists(id)',
          },
        },
      ],
    }),
  )
}
`,
    'a request with a name': run(
      'items.TransactItems',
      `const items = { TransactItems: [${put}] }`,
    ).replace('{ TransactItems: items.TransactItems }', 'items'),
  }

  it.each(Object.entries(codes))('the plain call for %s', (_, code) => {
    const [suggestion, ...others] = mended(rule, code)
    expect(others).toEqual([])
    expect(
      suggestion && [suggestion.title, ...newLines(code, suggestion)].join('\n'),
    ).toMatchSnapshot()
  })

  it('what compiles', () => {
    const outputs = Object.entries(codes).map(
      ([name, code]) => [name, mended(rule, code)[0]?.code ?? ''] as const,
    )
    expect(typeErrorsIn(outputs).filter((error) => !error.includes('declared but'))).toEqual([])
  })

  it.each([
    ['a token', run(`[${put}], ClientRequestToken: id`)],
    ['an answer that is taken', run(`[${put}]`).replace('await documents', 'return documents')],
    [
      'who waits for the errors of a transaction',
      `${head}export async function run(id: string) {\ntry {\nawait documents.send(new TransactWriteCommand({ TransactItems: [${put}] }))\n} catch (error) {\nif ((error as Error).name === 'TransactionCanceledException') return\nthrow error\n}\n}\n`,
    ],
    ['a list with a name', run('items', `const items = [${put}]`)],
  ])('nothing for %s', (_, code) => {
    expect(mended(rule, code)).toEqual([])
  })
})
