import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf, type Reported } from '../support/reports.ts'

const rule = 'no-millisecond-ttl'
const reports = (code: string, request?: Reported) => reportsOf(rule, code, request)

const settings = { tables: { Sessions: { partitionKey: 'id', timeToLive: 'expires' } } }

const head = program`
  import { addHours, getUnixTime } from 'date-fns'
  import dayjs from 'dayjs'
  import { DateTime } from 'luxon'
  import { DynamoDBClient, PutItemCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb'
  import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  const client = new DynamoDBClient({})
  const documents = DynamoDBDocumentClient.from(client)
  const DAY = 24 * 60 * 60
`

/** A function whose first line is line 10. */
const run = (body: string): string =>
  `${head}export async function run(id: string, given: any) {\n${body}\n}\n`

const put = (value: string, table = 'Sessions'): string =>
  `await documents.send(new PutCommand({ TableName: '${table}', Item: { id, expires: ${value} } }))`

const low = (value: string): string =>
  `await client.send(new PutItemCommand({ TableName: 'Sessions', Item: { id: { S: id }, expires: ${value} } }))`

const known = (body: string): string[] => reports(run(body), { settings })

describe('what counts', () => {
  const wrong: readonly (readonly [value: string, as: string])[] = [
    ['Date.now() + DAY * 1000', 'is in milliseconds'],
    ['Date.now() + given', 'is in milliseconds'],
    ['new Date().getTime() + 1', 'is in milliseconds'],
    ['given.getTime()', 'is in milliseconds'],
    ['+new Date()', 'is in milliseconds'],
    ['Number(new Date())', 'is in milliseconds'],
    ['new Date().setHours(23)', 'is in milliseconds'],
    ['Date.parse(given)', 'is in milliseconds'],
    ['new Date(given).valueOf()', 'is in milliseconds'],
    ['Math.floor(Date.now())', 'is in milliseconds'],
    ['Math.round(Date.now() / 1000) * 1000', 'is in milliseconds'],
    ["dayjs().add(1, 'day').valueOf()", 'is in milliseconds'],
    ["dayjs().add(1, 'day').toDate().getTime()", 'is in milliseconds'],
    ['DateTime.now().plus({ days: 1 }).toMillis()', 'is in milliseconds'],
    ['given.expires ?? Date.now() + DAY', 'is in milliseconds'],
    ['1893456000000', 'is in milliseconds'],
    ['new Date(Date.now() + DAY)', 'is a date object'],
    ["dayjs().add(1, 'day')", 'is a date object'],
    ['addHours(new Date(), 1)', 'is a date object'],
    ['new Date().toISOString()', 'is a text'],
    ["dayjs().add(1, 'day').toISOString()", 'is a text'],
    ['DateTime.now().toISO()', 'is a text'],
    ["'2030-01-01T00:00:00Z'", 'is a text'],
    ['String(Math.floor(Date.now() / 1000))', 'is a text'],
    ['`${Math.floor(Date.now() / 1000)}`', 'is a text'],
    ['Date.now() / 1000', 'has a fraction'],
    ['Date.now() / 1000 + DAY', 'has a fraction'],
    ['new Date().getTime() / 1000', 'has a fraction'],
    ['DateTime.now().toSeconds()', 'has a fraction'],
  ]
  it.each(wrong)('%s', (value, as) => {
    const [report, ...more] = known(put(value))
    expect(more).toEqual([])
    expect(report).toContain(`${value}: Time to live \`expires\` of \`Sessions\` ${as}`)
  })

  const right: readonly string[] = [
    'Math.floor(Date.now() / 1000) + DAY',
    'Math.floor((Date.now() + given) / 1000)',
    'Math.trunc(Date.now() / 1000)',
    'parseInt(Date.now() / 1000 + 3600)',
    '(Date.now() / 1000) | 0',
    '~~(Date.now() / 1000)',
    'dayjs().unix()',
    'DateTime.now().toUnixInteger()',
    'Math.floor(DateTime.now().toSeconds())',
    'getUnixTime(addHours(new Date(), 1))',
    'given',
    'given.expires',
    'given.getTime() / 1000',
    "new Date('2030-01-01').getTime() / 1000",
    "dayjs().endOf('day').valueOf() / 1000",
    'DAY',
    'null',
    'undefined',
    'Date.now() - given.start.getTime()',
    'given.milliseconds ? Math.floor(Date.now() / 1000) : Date.now()',
    'Date.now() + new Date()',
    'Date.now() / 60000',
    'Number((Date.now() / 1000).toFixed(0))',
  ]
  it.each(right)('%s does not', (value) => {
    expect(known(put(value))).toEqual([])
  })

  it('a time in a variable, and one that a function makes', () => {
    expect(
      known(
        `const expires = Date.now() + DAY; await documents.send(new PutCommand({ TableName: 'Sessions', Item: { id, expires } }))`,
      ),
    ).toEqual([
      '10:108-10:115 expires: Time to live `expires` of `Sessions` is in milliseconds (`expires`) (run): DynamoDB takes them for seconds, and the item expires in more than 50,000 years.',
    ])
    const code = `${run(put('inADay()'))}const inADay = () => Date.now() + DAY * 1000\n`
    expect(reports(code, { settings })).toHaveLength(1)
  })

  it('an Update, a batch and a transaction', () => {
    const bodies = [
      `await documents.send(new UpdateCommand({ TableName: 'Sessions', Key: { id }, UpdateExpression: 'SET #e = :e, seen = :now', ExpressionAttributeNames: { '#e': 'expires' }, ExpressionAttributeValues: { ':e': Date.now() + DAY, ':now': Date.now() } }))`,
      `await documents.send(new UpdateCommand({ TableName: 'Sessions', Key: { id }, UpdateExpression: 'SET expires = if_not_exists(expires, :e)', ExpressionAttributeValues: { ':e': Date.now() + DAY } }))`,
      `await documents.send(new BatchWriteCommand({ RequestItems: { Sessions: [{ PutRequest: { Item: { id, expires: Date.now() + DAY } } }] } }))`,
      `await documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName: 'Sessions', Item: { id, expires: Date.now() + DAY } } }] }))`,
    ]
    for (const body of bodies) expect(known(body), body).toHaveLength(1)
  })

  it('the number of a low-level client, which is written as a text', () => {
    expect(known(low('{ N: String(Date.now() + DAY) }'))).toHaveLength(1)
    expect(known(low('{ N: `${Date.now() + DAY}` }'))).toHaveLength(1)
    expect(known(low('{ S: String(Math.floor(Date.now() / 1000)) }'))).toHaveLength(1)
    expect(known(low('{ N: String(Math.floor(Date.now() / 1000)) }'))).toEqual([])
    expect(known(low("{ N: '' + Math.floor(Date.now() / 1000) }"))).toEqual([])
    expect(known(low('{ N: (Date.now() / 1000).toFixed(0) }'))).toEqual([])
  })

  it('what the caller of a wrapper gives, at the caller', () => {
    const code = program`
      ${head}
      const save = (id: string, expires: number) => documents.send(new PutCommand({ TableName: 'Sessions', Item: { id, expires } }))
      export const run = (id: string) => save(id, Date.now() + DAY)
      export const other = (id: string) => save(id, Math.floor(Date.now() / 1000) + DAY)
    `
    expect(reports(code, { settings })).toEqual([
      '11:51-11:67 Date.now() + DAY: Time to live `expires` of `Sessions` is in milliseconds (`Date.now() + DAY`) (save ← run): DynamoDB takes them for seconds, and the item expires in more than 50,000 years.',
    ])
  })
})

describe('which attribute it is', () => {
  it('is told by the settings', () => {
    expect(reports(run(put('Date.now() + DAY')))).toEqual([])
    expect(known(put('Date.now() + DAY', 'Orders'))).toEqual([])
    const other = `await documents.send(new PutCommand({ TableName: 'Sessions', Item: { id, ttl: Date.now() + DAY } }))`
    expect(known(other)).toEqual([])
  })

  it('is told by UpdateTimeToLive', () => {
    const setUp = (enabled: string, attribute = 'expires'): string =>
      `export const setUp = () => client.send(new UpdateTimeToLiveCommand({ TableName: 'Sessions', TimeToLiveSpecification: { AttributeName: '${attribute}', Enabled: ${enabled} } }))\n`
    const code = run(put('Date.now() + DAY'))
    expect(reports(code + setUp('true'))).toHaveLength(1)
    expect(reports(code + setUp('false'))).toEqual([])
    expect(reports(code + setUp('true', 'ttl'))).toEqual([])
    expect(reports(code + setUp('true') + setUp('true', 'ttl').replace('setUp', 'again'))).toEqual(
      [],
    )
  })
})

describe('suggestion', () => {
  const one = (body: string): { title: string; lines: readonly string[] }[] => {
    const code = run(body)
    return mended(rule, code, { settings }).map((each) => ({
      title: each.title,
      lines: newLines(code, each),
    }))
  }
  const ways: readonly (readonly [value: string, becomes: string])[] = [
    ['Date.now() + DAY', 'Math.floor((Date.now() + DAY) / 1000)'],
    ['given.getTime()', 'Math.floor(given.getTime() / 1000)'],
    ['Date.now() / 1000 + DAY', 'Math.floor(Date.now() / 1000 + DAY)'],
    ['new Date(Date.now() + DAY)', 'Math.floor(new Date(Date.now() + DAY).getTime() / 1000)'],
    ["dayjs().add(1, 'day')", "Math.floor(dayjs().add(1, 'day').valueOf() / 1000)"],
    ['new Date().toISOString()', 'Math.floor(new Date().valueOf() / 1000)'],
    ['String(Math.floor(Date.now() / 1000))', 'Math.floor(Date.now() / 1000)'],
  ]
  it.each(ways)('%s', (value, becomes) => {
    expect(one(put(value))).toEqual([
      { title: `Write seconds: \`${becomes}\`.`, lines: [put(becomes)] },
    ])
  })

  it('keeps the text that a low-level client wants', () => {
    expect(one(low('{ N: (Date.now() + DAY).toString() }'))[0]?.lines).toEqual([
      low('{ N: String(Math.floor((Date.now() + DAY) / 1000)) }'),
    ])
  })

  it('writes out a name that stands for the attribute, too', () => {
    const item = (expires: string): string =>
      `await documents.send(new PutCommand({ TableName: 'Sessions', Item: { id, ${expires} } }))`
    expect(one(`const expires = Date.now()\n${item('expires')}`)[0]?.lines).toEqual([
      item('expires: Math.floor(expires / 1000)'),
    ])
  })

  it('is withheld where a value may be of another kind, and where the type says text', () => {
    expect(one(put('given.expires ?? Date.now() + DAY'))).toEqual([])
    expect(one(low('{ S: String(Date.now()) }'))).toEqual([])
    expect(one(put("'2030-01-01T00:00:00Z'"))).toEqual([])
  })
})

describe('options', () => {
  it('allows fractions', () => {
    const allowed = { settings, options: [{ allowFractions: true }] }
    expect(reports(run(put('Date.now() / 1000')), allowed)).toEqual([])
    expect(reports(run(put('Date.now()')), allowed)).toHaveLength(1)
  })
})
