import { describe, expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'

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

  it('through a helper', () => {
    const code = `${run('return Items')}export const recent = async (id: string, since: string) => {\nconst all = await run(id, null)\nreturn all.filter((o) => o.createdAt >= since)\n}\n`
    expect(said(code)).toHaveLength(1)
  })
})

describe('is silent', () => {
  it.each([
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
