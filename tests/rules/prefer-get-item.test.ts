import { describe, expect, it } from 'vitest'
import { mended } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'prefer-get-item'

const settings = {
  tables: { Users: { partitionKey: 'id' }, Orders: { partitionKey: 'id', sortKey: 'at' } },
}

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
`

/** An exported function whose first line is line 5. */
const run = (body: string): string =>
  `${head}export async function run(id: string, at: string) {\n${body}\n}\n`

const query = (key: string, values: string, more = ''): string =>
  `await documents.send(new QueryCommand({ TableName: 'Orders', KeyConditionExpression: '${key}', ExpressionAttributeValues: { ${values} }${more} }))`

const whole = query('id = :id AND at = :at', "':id': id, ':at': at")

const said = (code: string): string[] => reportsOf(rule, code, { settings })

describe('says which key is whole', () => {
  it('of two attributes', () => {
    expect(said(run(`const r = ${whole}\nreturn r.Items?.[0]`))).toEqual([
      '5:36-5:48 QueryCommand: This Query of `Orders` asks for one item by its whole key, `id` and `at` (run): GetItem gives just that item, and no list to look into.',
    ])
  })

  it('of one, where the table has no other', () => {
    const code = run(query('id = :id', "':id': id").replace('Orders', 'Users'))
    expect(said(code)).toHaveLength(1)
  })
})

describe('is silent', () => {
  it.each([
    ['a partition', query('id = :id', "':id': id")],
    ['a range', query('id = :id AND at > :at', "':id': id, ':at': at")],
    ['an index', query('id = :id AND at = :at', "':id': id, ':at': at", ", IndexName: 'byTime'")],
    [
      'a filter',
      query(
        'id = :id AND at = :at',
        "':id': id, ':at': at, ':o': 1",
        ", FilterExpression: 'n = :o'",
      ),
    ],
    [
      'parts that are not known',
      query('id = :id AND at = :at', "':id': id, ':at': at", ', ...JSON.parse(id)'),
    ],
    [
      'one attribute of a table that is not known',
      query('id = :id', "':id': id").replace('Orders', 'Things'),
    ],
  ])('%s', (_, body) => {
    expect(said(run(body))).toEqual([])
  })
})

describe('offers GetItem', () => {
  const low = program`
    import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
    const client = new DynamoDBClient({})
    export async function run(id: string, at: string) {
      const found = await client.send(
        new QueryCommand({
          TableName: 'Orders',
          KeyConditionExpression: '#i = :id AND #a = :at',
          ExpressionAttributeNames: { '#i': 'id', '#a': 'at' },
          ExpressionAttributeValues: { ':id': { S: id }, ':at': { S: at } },
          ConsistentRead: true,
          Limit: 1,
        }),
      )
      return found.Items?.[0]?.total?.N
    }
  `
  const cases = [
    run(`const r = ${whole}\nreturn r.Items?.[0]`),
    run(`const r = ${whole}\nreturn r.Items![0]!.total`),
    low,
  ]

  it.each(cases.map((code, index) => [index, code] as const))('%i', (_, code) => {
    expect(mended(rule, code, { settings })).toMatchSnapshot()
  })

  it('leaves code that type-checks, with nothing unused', { timeout: 120_000 }, () => {
    const files = cases.flatMap((code) => mended(rule, code, { settings }))
    expect(
      typeErrorsIn(files.map(({ code }, n) => [`orders${String(n)}.ts`, code] as const)),
    ).toEqual([])
  })

  it.each([
    ['the list is looked at otherwise', `const r = ${whole}\nreturn r.Items?.length`],
    [
      'a projection',
      `const r = ${query('id = :id AND at = :at', "':id': id, ':at': at", ", ProjectionExpression: 'n'")}\nreturn r.Items?.[0]`,
    ],
  ])('not where there is %s', (_, body) => {
    expect(mended(rule, run(body), { settings })).toEqual([])
  })
})
