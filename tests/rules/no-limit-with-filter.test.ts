import { describe, expect, it } from 'vitest'
import { mended } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'no-limit-with-filter'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const TableName = 'Orders'
`

/** An exported function whose first line is line 6. */
const run = (body: string, parameters = 'id: string'): string =>
  `${head}export async function run(${parameters}) {\n${body}\n}\n`

const query = (more: string): string =>
  `await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'userId = :u', ExpressionAttributeValues: { ':u': id, ':o': true }, ${more} }))`

const both = "FilterExpression: 'isOpen = :o', Limit: 10"

const said = (code: string): string[] => reportsOf(rule, code)

describe('says what the limit counts', () => {
  it('and where', () => {
    expect(said(run(`const r = ${query(both)}\nreturn r.Items`))).toEqual([
      '6:187-6:192 Limit: Limit counts the items of `Orders` that this Query reads, before `isOpen = :o` drops some (run): it gives fewer than `10`, perhaps none, while further items match.',
    ])
  })

  it.each([
    [
      'the first alone',
      `const r = ${query("FilterExpression: 'isOpen = :o', Limit: 1")}\nreturn r.Items?.[0]`,
    ],
    [
      'a limit of the caller',
      `const limit = Number(id)\nconst r = ${query("FilterExpression: 'isOpen = :o', Limit: limit")}\nreturn r.Items`,
    ],
  ])('of %s', (_, body) => {
    expect(said(run(body))).toHaveLength(1)
  })
})

describe('is silent', () => {
  it.each([
    ['a limit alone', `return (${query('Limit: 10')}).Items`],
    ['a filter alone', `return (${query("FilterExpression: 'isOpen = :o'")}).Items`],
    [
      'a page with its cursor',
      `const r = ${query(both)}\nreturn { orders: r.Items, next: r.LastEvaluatedKey }`,
    ],
    ['an answer that is handed on', `return ${query(both)}`],
    [
      'a start key',
      `const r = ${query(`${both}, ExclusiveStartKey: JSON.parse(id)`)}\nreturn r.Items`,
    ],
    [
      'a loop',
      `const all = []\nlet key: any\ndo {\nconst r = ${query(`${both}, ExclusiveStartKey: key`)}\nall.push(...r.Items!)\nkey = r.LastEvaluatedKey\n} while (key && all.length < 10)\nreturn all`,
    ],
    [
      'parts that are not known',
      `const r = ${query("FilterExpression: 'isOpen = :o', ...JSON.parse(id)")}\nreturn r.Items`,
    ],
  ])('%s', (_, body) => {
    expect(said(run(body))).toEqual([])
  })
})

describe('offers to read on', () => {
  const cases = [
    run(`const r = ${query(both)}\nreturn r.Items ?? []`),
    run(
      `const r = ${query("FilterExpression: 'isOpen = :o', Limit: most")}\nreturn r.Count`,
      'id: string, most: number',
    ),
  ]

  it.each(cases.map((code, index) => [index, code] as const))('%i', (_, code) => {
    expect(mended(rule, code)).toMatchSnapshot()
  })

  it('leaves code that type-checks', { timeout: 120_000 }, () => {
    const files = cases.flatMap((code) => mended(rule, code))
    expect(
      typeErrorsIn(files.map(({ code }, n) => [`orders${String(n)}.ts`, code] as const)),
    ).toEqual([])
  })
})
