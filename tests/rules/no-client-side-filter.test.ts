import { describe, expect, it } from 'vitest'
import { mended } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'no-client-side-filter'

const settings = {
  tables: {
    Orders: {
      partitionKey: 'userId',
      sortKey: 'createdAt',
      indexes: {
        byShop: { partitionKey: 'userId', sortKey: 'shop', projection: 'ALL' },
        byCode: { partitionKey: 'code', projection: 'ALL' },
        slim: { partitionKey: 'weight', projection: 'KEYS_ONLY' },
      },
    },
  },
}

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
`

/** An exported function whose second line is line 6. */
const run = (rest: string, more = '', key = 'userId = :u'): string =>
  `${head}export async function run(id: string, given: any) {\nconst { Items = [] } = await documents.send(new QueryCommand({ TableName: 'Orders', KeyConditionExpression: '${key}', ExpressionAttributeValues: { ':u': id }${more} }))\n${rest}\n}\n`

const said = (code: string): string[] =>
  reportsOf(rule, code, { settings }).map((report) => report.replace(/^\S+ /, ''))

describe('says which key could do it', () => {
  it('where the sort key is in a range', () => {
    expect(
      reportsOf(rule, run('return Items.filter((o) => o.createdAt >= given)'), { settings }),
    ).toEqual([
      '6:14-6:20 filter: The Query of `Orders` reads the whole partition, and this drops what does not fit (run): `createdAt` is the sort key of what is queried, so the key condition can ask for these items alone.',
    ])
  })

  it('where an index has it', () => {
    expect(said(run('return Items.find((o) => o.code === given)'))).toEqual([
      'find: The Query of `Orders` reads the whole partition, and this drops what does not fit (run): index `byCode` has `code` as its key, and can be asked for these items alone.',
    ])
    expect(said(run('return Items.filter((o) => o.shop === given && o.open)'))).toHaveLength(1)
  })

  it('where they come in this order', () => {
    expect(said(run('return Items.sort((a, b) => b.createdAt - a.createdAt)'))).toEqual([
      'sort: The Query of `Orders` gives its items in the order of `createdAt`, the sort key (run): `ScanIndexForward` turns it round, and sorting them here takes all of them where the first few may do.',
    ])
    expect(
      said(run('return Items.sort((a, b) => a.createdAt.localeCompare(b.createdAt))')),
    ).toHaveLength(1)
  })

  it('where they are only counted', () => {
    expect(reportsOf(rule, run('return Items.length'), { settings })).toEqual([
      "5:49-5:61 QueryCommand: The Query of `Orders` reads and sends whole items, and this only takes their number (run): with `Select: 'COUNT'` the number alone is sent, in `Count`.",
    ])
    const helped = `${run('return Items')}export const many = async (id: string) => {\nconst all = await run(id, null)\nreturn { many: all.length }\n}\n`
    expect(said(helped)).toHaveLength(1)
  })

  it('through a helper', () => {
    const code = `${run('return Items')}export const recent = async (id: string, since: string) => {\nconst all = await run(id, null)\nreturn all.filter((o) => o.createdAt >= since)\n}\n`
    expect(said(code)).toHaveLength(1)
  })
})

describe('is silent', () => {
  it.each([
    ['items that are counted and given', run('return { many: Items.length, Items }')],
    ['some of them counted', run('return Items.filter((o) => o.open).length')],
    ['a number that is asked for alone', run('return Items.length', ", Select: 'COUNT'")],
    [
      'keys that are asked for alone',
      run('return Items.length', ", ProjectionExpression: 'userId'"),
    ],
    ['a number that is held against another', run('return Items.length >= given')],
    ['whether there is any', run('return Items.length > 0')],
    ['another attribute', run('return Items.filter((o) => o.total > given)')],
    ['one of two conditions', run('return Items.filter((o) => o.createdAt >= given || o.open)')],
    ['a constant', run("return Items.filter((o) => o.shop === 'A')")],
    [
      'a range that is asked for already',
      run('return Items.filter((o) => o.createdAt <= given)', '', 'userId = :u AND createdAt > :u'),
    ],
    [
      'an index without the rest of the item',
      run('return Items.filter((o) => o.weight === given)'),
    ],
    ['a Limit', run('return Items.filter((o) => o.createdAt >= given)', ', Limit: 50')],
    [
      'something made of the items',
      run(
        'return Items.map((o) => ({ createdAt: o.total })).sort((a, b) => a.createdAt - b.createdAt)',
      ),
    ],
    [
      'items of several Queries',
      run(
        'const more: any[] = given\nreturn [...Items, ...more].sort((a, b) => a.createdAt - b.createdAt)',
      ),
    ],
    ['items beside each other', run('return Items.filter((o) => o.createdAt > o.changedAt)')],
    ['another order', run('return Items.sort((a, b) => a.total - b.total)')],
    [
      'a table that is not known',
      run('return Items.filter((o) => o.code === given)').replace("'Orders'", "'Things'"),
    ],
  ])('%s', (_, code) => {
    expect(said(code)).toEqual([])
  })
})

describe('offers the number alone', () => {
  const counting = (bound: string, rest: string): string =>
    `${head}export async function run(id: string) {\n  const ${bound} = await documents.send(\n    new QueryCommand({\n      TableName: 'Orders',\n      KeyConditionExpression: 'userId = :u',\n      ExpressionAttributeValues: { ':u': id },\n    }),\n  )\n  return ${rest}\n}\n`
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['{ Items = [] }', 'Items.length', '{ Count = 0 }', 'Count'],
    ['{ Items }', 'Items?.length ?? 0', '{ Count }', 'Count ?? 0'],
    ['{ Items }', '(Items ?? []).length', '{ Count }', '(Count ?? 0)'],
    ['answer', '{ many: answer.Items?.length }', 'answer', '{ many: answer.Count }'],
    ['answer', '{ many: (answer.Items || []).length }', 'answer', '{ many: (answer.Count ?? 0) }'],
    ['answer', '{ many: answer.Items!.length }', 'answer', '{ many: answer.Count! }'],
    ['answer', '{ many: answer.Count }', 'answer', '{ many: answer.Count }'],
  ]

  it.each(cases)('of %s, %s', (bound, rest, boundAfter, restAfter) => {
    const after = counting(boundAfter, restAfter).replace(
      "'userId = :u',",
      "'userId = :u',\n      Select: 'COUNT',",
    )
    expect(mended(rule, counting(bound, rest), { settings })).toEqual([
      { title: "Ask for the number alone: `Select: 'COUNT'`.", code: after },
    ])
  })

  it('leaves code that type-checks', { timeout: 120_000 }, () => {
    const files = cases.flatMap(([bound, rest]) =>
      mended(rule, counting(bound, rest), { settings }),
    )
    expect(
      typeErrorsIn(files.map(({ code }, n) => [`orders${String(n)}.ts`, code] as const)),
    ).toEqual([])
  })

  it.each([
    [
      'a number that is read otherwise',
      counting('answer', 'Object.keys(answer.Items ?? []).length'),
    ],
    [
      'a request that is written before',
      counting('answer', '{ many: answer.Items?.length }')
        .replace('new QueryCommand({', 'new QueryCommand(')
        .replace(/\n {6}TableName: [^]*?\n {4}\}\),/, 'request),')
        .replace(
          '  const answer',
          "  const request = { TableName: 'Orders', KeyConditionExpression: 'userId = :u', ExpressionAttributeValues: { ':u': id } }\n  const answer",
        ),
    ],
  ])('not for %s', (_, code) => {
    expect(
      reportsOf(rule, code, { settings }).length === 0 ? [] : mended(rule, code, { settings }),
    ).toEqual([])
  })
})

describe('offers the key condition', () => {
  const since = (rest: string, key = 'userId = :u', bound = '{ Items = [] }'): string =>
    `${head}export async function run(id: string, since: string) {\n  const ${bound} = await documents.send(\n    new QueryCommand({\n      TableName: 'Orders',\n      KeyConditionExpression: '${key}',\n      ExpressionAttributeValues: { ':u': id },\n    }),\n  )\n  return ${rest}\n}\n`
  const asking = (asked: string, rest: string, name = 'since', bound = '{ Items = [] }'): string =>
    since(rest, `userId = :u AND ${asked}`, bound).replace(
      "{ ':u': id }",
      `{ ':u': id, ':${name}': since }`,
    )
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['Items.filter((o) => o.createdAt >= since)', 'createdAt >= :since', 'Items', '{ Items = [] }'],
    ['Items.filter((o) => since > o.createdAt)', 'createdAt < :since', 'Items', '{ Items = [] }'],
    [
      'Items.filter((order) => order.createdAt === since)',
      'createdAt = :since',
      'Items',
      '{ Items = [] }',
    ],
    [
      'Items.filter((o) => o.createdAt <= since).map((o) => o.total)',
      'createdAt <= :since',
      'Items.map((o) => o.total)',
      '{ Items = [] }',
    ],
    ['Items?.filter((o) => o.createdAt >= since)', 'createdAt >= :since', 'Items', '{ Items }'],
  ]

  it.each(cases)('of %s', (rest, asked, after, bound) => {
    expect(mended(rule, since(rest, undefined, bound), { settings })).toEqual([
      {
        title: `Ask for these items alone: \`${asked}\` in the key condition.`,
        code: asking(asked, after, undefined, bound),
      },
    ])
  })

  it('leaves code that type-checks', { timeout: 120_000 }, () => {
    const files = cases.flatMap(([rest, , , bound]) =>
      mended(rule, since(rest, undefined, bound), { settings }),
    )
    expect(
      typeErrorsIn(files.map(({ code }, n) => [`orders${String(n)}.ts`, code] as const)),
    ).toEqual([])
  })

  it.each([
    ['another test beside', 'Items.filter((o) => o.createdAt >= since && o.open)'],
    ['all items beside', '[Items.filter((o) => o.createdAt >= since), Items]'],
    ['a search', 'Items.find((o) => o.createdAt >= since)'],
    ['a value of its own each time', 'Items.filter((o) => o.createdAt >= next())'],
    ['a function with a body', 'Items.filter((o) => {\n    return o.createdAt >= since\n  })'],
  ])('not for %s', (_, rest) => {
    const code = since(rest).replace(
      'const documents',
      'let n = 0\nconst next = () => String(n++)\nconst documents',
    )
    expect(mended(rule, code, { settings })).toEqual([])
  })

  it('not for a value that comes later', () => {
    const code = since('Items.filter((o) => o.createdAt >= last)').replace(
      '  return',
      '  const last = new Date().toISOString()\n  return',
    )
    expect(mended(rule, code, { settings })).toEqual([])
  })
})
