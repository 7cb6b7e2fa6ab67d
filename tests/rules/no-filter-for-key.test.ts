import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf, type Reported } from '../support/reports.ts'

const rule = 'no-filter-for-key'

const settings = {
  tables: {
    Orders: {
      partitionKey: 'userId',
      sortKey: 'createdAt',
      indexes: {
        byOwner: { partitionKey: 'userId', sortKey: 'code', projection: 'ALL' },
        byShop: { partitionKey: 'shop', sortKey: 'userId', projection: 'ALL' },
        slim: { partitionKey: 'userId', sortKey: 'weight', projection: 'KEYS_ONLY' },
        byColour: { partitionKey: 'colour' },
      },
    },
  },
}

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const TableName = 'Orders'
`

/** A function whose first line is line 6. */
const run = (body: string, rest = ''): string =>
  `${head}export async function run(id: string, given: any) {\n${body}\n}\n${rest}`

const VALUES = "{ ':u': id, ':a': id, ':b': given }"
const query = (key: string, filter: string, values = VALUES, more = ''): string =>
  `await documents.send(new QueryCommand({ TableName, KeyConditionExpression: '${key}', FilterExpression: '${filter}', ExpressionAttributeValues: ${values}${more} }))`

/** The text at each report, and what is said. */
const said = (body: string, request: Reported = {}, rest = ''): string[] =>
  reportsOf(rule, run(body, rest), request).map((report) => report.replace(/^\S+ /, ''))

const inFilter = (text: string, attribute = text): string =>
  `${text}: \`${attribute}\` is a key attribute of what this Query reads, and belongs into its key condition. DynamoDB rejects this: Filter Expression can only contain non-primary key attributes: Primary key attribute: ${attribute}`

describe('a key attribute in the filter', () => {
  it('is told where it stands', () => {
    expect(reportsOf(rule, run(query('pk = :u AND sk >= :a', 'sk <= :b AND n = :a')))).toEqual([
      `6:119-6:121 ${inFilter('sk')}`,
    ])
  })

  it.each([
    [
      'the key condition names it',
      query('pk = :u', 'contains(pk, :a)', "{ ':u': id, ':a': id }"),
      'pk',
      'pk',
    ],
    [
      'the schema names it',
      query('userId = :u', 'createdAt > :a', "{ ':u': id, ':a': id }"),
      'createdAt',
      'createdAt',
    ],
    [
      'it hides behind a name',
      query(
        'pk = :u AND sk = :a',
        '#s <> :b',
        VALUES,
        ", ExpressionAttributeNames: { '#s': 'sk' }",
      ),
      '#s',
      'sk',
    ],
    [
      'an index has it',
      query('colour = :u', 'attribute_exists(colour)', "{ ':u': id }", ", IndexName: 'byColour'"),
      'colour',
      'colour',
    ],
  ])('where %s', (_, body, text, attribute) => {
    expect(said(body, { settings })).toEqual([inFilter(text, attribute)])
  })

  it('is told once for each attribute', () => {
    expect(said(query('pk = :u AND sk = :a', 'sk <> :b AND (sk <> :u OR pk <> :a)'))).toEqual([
      inFilter('sk'),
      inFilter('pk'),
    ])
  })

  it('is told at the call that gives a wrapper its filter', () => {
    const wrapper =
      "const find = (filter: string) => documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'pk = :a', FilterExpression: filter }))\n"
    expect(said("await find('pk <> :b')", {}, wrapper)).toEqual([inFilter('pk')])
  })

  it('is told of every way that the key condition may take', () => {
    const either = (one: string, other: string): string =>
      `await documents.send(new QueryCommand({ TableName, KeyConditionExpression: given ? '${one}' : '${other}', FilterExpression: 'pk <> :a', ExpressionAttributeValues: { ':u': id, ':a': id } }))`
    expect(said(either('pk = :u', 'pk = :u AND sk = :u'))).toEqual([inFilter('pk')])
    expect(said(either('pk = :u', 'gpk = :u'))).toEqual([])
  })

  const silent: Record<string, string> = {
    'other attributes': query('pk = :u', 'n = :a', "{ ':u': id, ':a': id }"),
    "the table's keys in a Query of an index": query(
      'colour = :u',
      'userId = :a',
      "{ ':u': id, ':a': id }",
      ", IndexName: 'byColour'",
    ),
    'parts of a map of the same name': query('pk = :u', 'data.pk = :a', "{ ':u': id, ':a': id }"),
    'names that are not known': query(
      'pk = :u',
      '#a = :a',
      "{ ':u': id, ':a': id }",
      ', ExpressionAttributeNames: given',
    ),
    'a Scan':
      "await documents.send(new ScanCommand({ TableName, FilterExpression: 'userId = :a', ExpressionAttributeValues: { ':a': id } }))",
    'a key condition that is not known': `await documents.send(new QueryCommand({ TableName: given, KeyConditionExpression: given, FilterExpression: 'pk = :a' }))`,
    'a name that something unknown goes on':
      "await documents.send(new QueryCommand({ TableName: given, KeyConditionExpression: `pk${given} = :u`, FilterExpression: 'pk = :a' }))",
  }
  it.each(Object.entries(silent))('is not %s', (_, body) => {
    expect(said(body, { settings })).toEqual([])
  })
})

describe('the key condition that says it', () => {
  const offered = (body: string) => mended(rule, run(body), { settings })
  const after = (body: string): { title: string | undefined; lines: readonly string[] } => {
    const [only, ...others] = offered(body)
    expect(others).toEqual([])
    return { title: only?.title, lines: only ? newLines(run(body), only) : [] }
  }

  it('takes the condition over', () => {
    const body = query('userId = :u', 'createdAt > :a AND n = :b')
    expect(after(body)).toEqual({
      title: 'Say it in the key condition: `createdAt > :a`.',
      lines: [query('userId = :u AND createdAt > :a', 'n = :b')],
    })
  })

  it('takes all of the filter over, on lines of its own', () => {
    const lines = [
      'await documents.send(new QueryCommand({',
      '  TableName,',
      "  KeyConditionExpression: '#u = :u',",
      "  FilterExpression: 'begins_with(createdAt, :day)',",
      "  ExpressionAttributeNames: { '#u': 'userId' },",
      "  ExpressionAttributeValues: { ':u': id, ':day': given },",
      '}))',
    ]
    expect(offered(lines.join('\n'))[0]?.code).toBe(
      run(
        lines
          .filter((line) => !line.includes('Filter'))
          .join('\n')
          .replace('#u = :u', '#u = :u AND begins_with(createdAt, :day)'),
      ),
    )
  })

  it('makes one range of two bounds', () => {
    const body = query('userId = :u AND createdAt >= :a', 'createdAt <= :b AND n = :a')
    expect(after(body)).toEqual({
      title: 'Say it in the key condition: `createdAt BETWEEN :a AND :b`.',
      lines: [query('userId = :u AND createdAt BETWEEN :a AND :b', 'n = :a')],
    })
    expect(after(query('userId = :u', ':b >= createdAt AND createdAt >= :a')).lines).toEqual([
      `await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'userId = :u AND createdAt BETWEEN :a AND :b', ExpressionAttributeValues: ${VALUES} }))`,
    ])
  })

  it('says it already', () => {
    const body = query(
      'userId = :u',
      'userId = :u AND attribute_exists(#p) AND n = :a',
      "{ ':u': id, ':a': id }",
      ", ExpressionAttributeNames: { '#p': 'userId' }",
    )
    expect(after(body)).toEqual({
      title:
        'Leave out `userId = :u AND attribute_exists(#p)`: the key condition makes sure of it.',
      lines: [query('userId = :u', 'n = :a', "{ ':u': id, ':a': id }")],
    })
  })

  it.each([
    ['it is no test of a key', query('pk = :u', 'contains(pk, :a)', "{ ':u': id, ':a': id }")],
    ['it stands in an OR', query('userId = :u', 'createdAt > :a OR n = :b')],
    ['two tests do not go together', query('pk = :u AND sk > :a', 'sk < :b')],
    ['another value is asked for', query('pk = :u', 'pk = :a', "{ ':u': id, ':a': id }")],
    ['the values are not known', query('pk = :u', 'attribute_exists(pk)', 'given')],
    [
      'the text is shared',
      query('pk = :u', 'x')
        .replace("'x'", 'FILTER')
        .replace('await', "const FILTER = 'attribute_exists(pk)'\nconsole.log(FILTER)\nawait"),
    ],
  ])('is not offered where %s', (_, body) => {
    const [first, ...others] = reportsOf(rule, run(body), { settings })
    expect(first).toBeDefined()
    expect(others).toEqual([])
    expect(offered(body)).toEqual([])
  })
})

describe('an index with the keys that are asked for', () => {
  const indexed = (body: string, taken: string, index: string): void => {
    expect(said(body, { settings })).toEqual([
      expect.stringContaining(
        `This Query of \`Orders\` (run) reads a whole partition, and the filter \`${taken}\` drops what it does not match: index \`${index}\` has this key.`,
      ),
    ])
  }

  it('is told at the filter', () => {
    const body = query('userId = :u', 'begins_with(code, :a) AND n > :b')
    indexed(body, 'begins_with(code, :a)', 'byOwner')
    const [only] = mended(rule, run(body), { settings })
    expect(only?.title).toBe(
      'Query index `byOwner` by `userId = :u AND begins_with(code, :a)` (the order of items differs, and a global index is eventually consistent).',
    )
    expect(only && newLines(run(body), only)).toEqual([
      query('userId = :u AND begins_with(code, :a)', 'n > :b').replace(
        'TableName,',
        "TableName, IndexName: 'byOwner',",
      ),
    ])
  })

  it('may have them the other way round', () => {
    const body = query('userId = :u', 'shop = :a', "{ ':u': id, ':a': id }")
    indexed(body, 'shop = :a', 'byShop')
    const [only] = mended(rule, run(body), { settings })
    expect(only && newLines(run(body), only)).toEqual([
      "await documents.send(new QueryCommand({ TableName, IndexName: 'byShop', KeyConditionExpression: 'shop = :a AND userId = :u', ExpressionAttributeValues: { ':u': id, ':a': id } }))",
    ])
  })

  it.each([
    ['the sort key is asked for already', query('userId = :u AND createdAt = :b', 'code = :a')],
    ['the other key is left open', query('userId = :u', 'shop > :a', "{ ':u': id, ':a': id }")],
    [
      'only the attribute itself is a key',
      query('userId = :u', 'colour = :a', "{ ':u': id, ':a': id }"),
    ],
    ['a key cannot be asked so', query('userId = :u', 'code <> :a', "{ ':u': id, ':a': id }")],
    ['one of several conditions will do', query('userId = :u', 'code = :a OR n = :b')],
    ['the index lacks what is filtered by', query('userId = :u', 'weight = :a AND n = :b')],
    [
      'the order is wanted',
      query(
        'userId = :u',
        'code = :a',
        "{ ':u': id, ':a': id }",
        ', ScanIndexForward: false, Limit: 10',
      ),
    ],
    [
      'the read must be consistent',
      query('userId = :u', 'code = :a', "{ ':u': id, ':a': id }", ', ConsistentRead: true'),
    ],
    [
      'the filter may be left out',
      query('userId = :u', 'code = :a', "{ ':u': id, ':a': id }").replace(
        "FilterExpression: 'code = :a'",
        "...(given && { FilterExpression: 'code = :a' })",
      ),
    ],
  ])('is not told where %s', (_, body) => {
    expect(said(body, { settings })).toEqual([])
  })

  it('is not told of tables that are only inferred, nor in scripts', () => {
    const body = query('userId = :u', 'code = :a', "{ ':u': id, ':a': id }")
    expect(said(body)).toEqual([])
    expect(said(body, { settings, filename: 'scripts/orders.ts' })).toEqual([])
    expect(said(body, { settings })).toHaveLength(1)
  })
})

describe('an attribute that the sort key begins with', () => {
  const files = (put: string, read: string): string => program`
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
    import { DynamoDBDocumentClient, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
    const TableName = 'Letters'
    interface Letter { box: string; id: string; sentAt: string; weight: number; text: string }
    export async function post(letter: Letter, given: any) {
      ${put}
    }
    export async function read(box: string, given: any) {
      ${read}
    }
  `
  const put = (key: string, more = 'sentAt: letter.sentAt, weight: letter.weight'): string =>
    `await documents.send(new PutCommand({ TableName, Item: { pk: \`BOX#\${letter.box}\`, sk: ${key}, ${more} } }))`
  const read = (filter: string, key = 'pk = :box', more = ''): string =>
    `return documents.send(new QueryCommand({ TableName, KeyConditionExpression: '${key}', FilterExpression: '${filter}', ExpressionAttributeValues: { ':box': \`BOX#\${box}\`, ':a': given.a, ':b': given.b, ':kind': 'LETTER#', ':sent': 'SENT' }${more} }))`
  const TIMED = '`${letter.sentAt}#${letter.id}`'
  const KIND = '`LETTER#${letter.sentAt}#${letter.id}`'
  // What shows which of the two is the partition key.
  const both =
    "await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'pk = :p AND sk < :s', ExpressionAttributeValues: { ':p': given.p, ':s': given.s } }))\n      "
  const told = (puts: string, reads: string, filename?: string): string[] =>
    reportsOf(rule, files(both + puts, reads), filename === undefined ? {} : { filename })

  const says = (condition: string, beginning = '`sentAt`'): string =>
    `\`${condition}\` drops what this Query of \`Letters\` has read and paid for (read), though the sort key \`sk\` begins with ${beginning}: a range of the sort key reads only these items.`

  it('is told at the filter', () => {
    expect(told(put(TIMED), read('sentAt >= :a'))).toEqual([
      `11:110-11:124 'sentAt >= :a': ${says('sentAt >= :a')}`,
    ])
  })

  it.each([
    [
      'a range',
      put(TIMED),
      read('sentAt BETWEEN :a AND :b'),
      'sentAt BETWEEN :a AND :b',
      '`sentAt`',
    ],
    [
      'one bound beside others',
      put(TIMED),
      read('weight > :b AND sentAt < :a'),
      'sentAt < :a',
      '`sentAt`',
    ],
    [
      'its kind before it',
      put(KIND),
      read('sentAt >= :a'),
      'sentAt >= :a',
      '`LETTER#` and `sentAt`',
    ],
    [
      'its kind that is asked for',
      put(KIND),
      read('sentAt >= :a', 'pk = :box AND begins_with(sk, :kind)'),
      'sentAt >= :a',
      '`LETTER#` and `sentAt`',
    ],
    ['nothing behind it', put('letter.sentAt'), read('sentAt > :a'), 'sentAt > :a', '`sentAt`'],
    [
      'a time as text',
      put('`${new Date(letter.weight).toISOString()}#${letter.id}`', 'sentAt: letter.weight'),
      read('sentAt > :a'),
      'sentAt > :a',
      '`sentAt`',
    ],
    [
      'an equality of numbers',
      put('`${letter.weight}#${letter.id}`', 'weight: letter.weight'),
      read('weight = :a'),
      'weight = :a',
      '`weight`',
    ],
    [
      'others in partitions of their own',
      `${put(TIMED)}\n${put("'PROFILE'").replace('BOX#', 'OWNER#')}`,
      read('sentAt > :a'),
      'sentAt > :a',
      '`sentAt`',
    ],
  ])('is told with %s', (_, puts, reads, condition, beginning) => {
    expect(told(puts, reads).map((report) => report.replace(/^.*?: /, ''))).toEqual([
      says(condition, beginning),
    ])
  })

  it.each([
    ['another item begins otherwise', `${put(TIMED)}\n${put("'PROFILE'")}`, read('sentAt > :a')],
    [
      'the sort key begins with something else',
      put('`${letter.id}#${letter.sentAt}`'),
      read('sentAt > :a'),
    ],
    ['nothing ends the value', put('`${letter.sentAt}${letter.id}`'), read('sentAt > :a')],
    [
      'a number is in another order as text',
      put('`${letter.weight}#${letter.id}`'),
      read('weight > :a'),
    ],
    [
      'nobody knows what it is',
      put('`${given.sentAt}#${letter.id}`', 'sentAt: given.sentAt'),
      read('sentAt > :a'),
    ],
    [
      'an update changes the attribute alone',
      `${put(TIMED)}\nawait documents.send(new UpdateCommand({ TableName, Key: { pk: given.a, sk: given.b }, UpdateExpression: 'SET sentAt = :now', ExpressionAttributeValues: { ':now': given.c } }))`,
      read('sentAt > :a'),
    ],
    ['the sort key is asked for', put(TIMED), read('sentAt > :a', 'pk = :box AND sk < :b')],
    [
      'another kind is asked for',
      put(TIMED),
      read('sentAt > :a', 'pk = :box AND begins_with(sk, :kind)'),
    ],
    ['one of several conditions will do', put(TIMED), read('sentAt > :a OR weight > :b')],
    ['it is one of a few constants', put(TIMED), read('sentAt = :sent')],
    ['nothing is written', '', read('sentAt > :a')],
    ['an index is read', put(TIMED), read('sentAt > :a', 'pk = :box', ", IndexName: 'byWeight'")],
  ])('is not told where %s', (_, puts, reads) => {
    expect(told(puts, reads)).toEqual([])
  })

  it('is not told in scripts', () => {
    expect(told(put(TIMED), read('sentAt >= :a'), 'scripts/letters.ts')).toEqual([])
  })
})

it('looks at scripts and not at tests', () => {
  const code = run(query('pk = :u', 'attribute_exists(pk)', "{ ':u': id }"))
  expect(reportsOf(rule, code, { filename: 'scripts/orders.ts' })).toHaveLength(1)
  expect(reportsOf(rule, code, { filename: 'tests/orders.ts' })).toEqual([])
})
