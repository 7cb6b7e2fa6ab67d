import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf, type Reported } from '../support/reports.ts'

const rule = 'no-colliding-key'
const reports = (code: string, request?: Reported) => reportsOf(rule, code, request)

const settings = {
  tables: {
    Log: {
      partitionKey: 'PK',
      sortKey: 'SK',
      indexes: { byUser: { partitionKey: 'user', sortKey: 'at' } },
    },
    Users: { partitionKey: 'id' },
  },
}

const head = program`
  import type { APIGatewayProxyHandler, ScheduledHandler } from 'aws-lambda'
  import dayjs from 'dayjs'
  import { nanoid } from 'nanoid'
  import { randomUUID } from 'node:crypto'
  import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
  import { BatchWriteCommand, DynamoDBDocumentClient, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  const client = new DynamoDBClient({})
  const documents = DynamoDBDocumentClient.from(client)
`

/** A request handler whose first line is line 10. */
const run = (body: string, more = ''): string =>
  `${head}export const handler: APIGatewayProxyHandler = async (event) => {\n  const given = JSON.parse(event.body ?? '{}')\n${body}\n  return { statusCode: 201, body: '' }\n}\n${more}`

const put = (sk: string, pk = '`ORDER#${given.orderId}`', more = ''): string =>
  `  await documents.send(new PutCommand({ TableName: 'Log', Item: { PK: ${pk}, SK: ${sk} }${more} }))`

const known = (body: string, more?: string): string[] => reports(run(body, more), { settings })

/** A Query of all that lies in a partition. */
const list = `export const list = (pk: string) => documents.send(new QueryCommand({ TableName: 'Log', KeyConditionExpression: 'PK = :pk', ExpressionAttributeValues: { ':pk': pk } }))\n`

describe('what counts', () => {
  const wrong: readonly string[] = [
    '`EVENT#${Date.now()}`',
    '`EVENT#${new Date().toISOString()}`',
    '`EVENT#${new Date().getTime()}`',
    '`EVENT#${String(Date.now())}`',
    '`EVENT#${dayjs().toISOString()}`',
    '`EVENT#${dayjs().valueOf()}`',
    '`EVENT#${process.env.STAGE}#${Date.now()}`',
    "'EVENT#' + Date.now()",
    '`EVENT#${Math.floor(Date.now() / 1000)}`',
    '`EVENT#${String(Date.now()).padStart(20, "0")}`',
  ]
  it.each(wrong)('%s', (sk) => {
    const [report, ...more] = known(put(sk), list)
    expect(more).toEqual([])
    expect(report).toContain('Only the time tells the items of one partition of `Log` apart: `SK`')
  })

  const right: readonly string[] = [
    '`EVENT#${Date.now()}#${randomUUID()}`',
    '`EVENT#${Date.now()}#${nanoid()}`',
    '`EVENT#${Date.now()}#${Math.random()}`',
    '`EVENT#${Date.now()}#${given.eventId}`',
    '`EVENT#${Date.now() + given.index}`',
    '`EVENT#${given.at}`',
    '`EVENT#${given.at ?? Date.now()}`',
    '`EVENT#${new Date(given.at).toISOString()}`',
    '`EVENT#${new Date().toISOString().slice(0, 10)}`',
    '`EVENT#${new Date().toISOString().split("T")[0]}`',
    '`EVENT#${dayjs().startOf("hour").toISOString()}`',
    '`EVENT#${Math.floor(Date.now() / 60000)}`',
    "'EVENT'",
  ]
  it.each(right)('%s does not', (sk) => {
    expect(known(put(sk), list)).toEqual([])
  })

  it('a time in a variable, and a bare one', () => {
    const [report] = known(`  const at = Date.now()\n${put('at')}`, list)
    expect(report).toBe(
      '12:101-12:103 at: Only the time tells the items of one partition of `Log` apart: `SK` (`at`) (handler). Of two that are put there in one millisecond, the second replaces the first.',
    )
    expect(known(put('`EVENT#${Math.floor(Date.now() / 1000)}`'))[0]).toContain('in one second,')
  })

  it('what a caller puts beside the time does not, though each gives a constant', () => {
    const note = `const note = (kind: string) => documents.send(new PutCommand({ TableName: 'Log', Item: { PK: 'LOG', SK: \`\${new Date().toISOString()}#\${kind}\` } }))\n`
    expect(known("  await note('OPENED')", note)).toEqual([])
  })

  it('a batch, and a transaction without a condition', () => {
    const item = "Item: { PK: 'LOG', SK: `EVENT#${Date.now()}` }"
    const transact = (more: string): string =>
      `  await documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName: 'Log', ${item} } }${more}] }))`
    expect(
      known(
        `  await documents.send(new BatchWriteCommand({ RequestItems: { Log: [{ PutRequest: { ${item} } }] } }))`,
      ),
    ).toHaveLength(1)
    expect(known(transact(''))).toHaveLength(1)
    const check =
      ", { ConditionCheck: { TableName: 'Log', Key: { PK: 'A', SK: 'B' }, ConditionExpression: 'attribute_exists(PK)' } }"
    expect(known(transact(check))).toEqual([])
  })

  it('a condition does not, nor an update, nor the key of an index', () => {
    const condition = ", ConditionExpression: 'attribute_not_exists(PK)'"
    expect(known(put('`EVENT#${Date.now()}`', "'LOG'", condition))).toEqual([])
    expect(
      known(
        "  await documents.send(new UpdateCommand({ TableName: 'Log', Key: { PK: 'LOG', SK: `EVENT#${Date.now()}` }, UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': 1 } }))",
      ),
    ).toEqual([])
    expect(
      known(
        "  await documents.send(new PutCommand({ TableName: 'Log', Item: { PK: randomUUID(), SK: 'EVENT', user: given.user, at: Date.now() } }))",
      ),
    ).toEqual([])
  })

  it('a partition key made by the clock is for no-sequential-partition-key', () => {
    expect(
      known(
        "  await documents.send(new PutCommand({ TableName: 'Users', Item: { id: `U${Date.now()}` } }))",
      ),
    ).toEqual([])
    expect(known(put('`EVENT#${Date.now()}`', '`DAY#${Date.now()}`'), list)).toEqual([])
  })
})

describe('which items share a partition', () => {
  it('all, where it is always the same', () => {
    expect(known(put('Date.now()', "'LOG'"))).toHaveLength(1)
    expect(known(put('`TS#${Date.now()}`', "'LOG'"))).toHaveLength(1)
  })

  it('those of a kind of their own', () => {
    expect(known(put('`EVENT#${Date.now()}`'))).toHaveLength(1)
    expect(known(put('`TIMESTAMP#${Date.now()}`'))).toEqual([])
    expect(known(put('`ORDER#${Date.now()}`'))).toEqual([])
    expect(known(put('Date.now()'))).toEqual([])
  })

  it('those that some Query lists', () => {
    expect(known(put('Date.now()'), list)).toHaveLength(1)
    expect(
      known(
        put('Date.now()'),
        list
          .replace('PK = :pk', 'PK = :pk AND SK > :since')
          .replace("':pk': pk", "':pk': pk, ':since': 0"),
      ),
    ).toHaveLength(1)
    expect(known(put('Date.now()'), list.replace('} }))', '}, Limit: 1 }))'))).toEqual([])
    expect(
      known(
        put('Date.now()'),
        list
          .replace('PK = :pk', 'PK = :pk AND SK = :sk')
          .replace("':pk': pk", "':pk': pk, ':sk': 1"),
      ),
    ).toEqual([])
    expect(known(put('Date.now()'), list.replaceAll('Log', 'Other'))).toEqual([])
  })

  it('none, where the partition is made anew or named after the item itself', () => {
    expect(known(put('`EVENT#${Date.now()}`', '`ORDER#${randomUUID()}`'), list)).toEqual([])
    expect(known(put('`EVENT#${Date.now()}`', '`ORDER#${nanoid()}`'), list)).toEqual([])
    expect(known(put('Date.now()', '`AUDIT#${given.auditId}`'), list)).toEqual([])
    expect(known(put('Date.now()', 'event.requestContext.requestId'), list)).toEqual([])
  })
})

it('is silent where a schedule sets it off, or nobody knows what does', () => {
  const scheduled = `${head}export const handler: ScheduledHandler = async () => {\n${put('`EVENT#${Date.now()}`', "'LOG'")}\n}\n`
  expect(reports(scheduled, { settings })).toEqual([])
  const unknown = `${head}export async function note() {\n${put('`EVENT#${Date.now()}`', "'LOG'")}\n}\n`
  expect(reports(unknown, { settings })).toEqual([])
})

describe('suggestion', () => {
  const one = (body: string): readonly string[] => {
    const code = run(body, list)
    return mended(rule, code, { settings }).flatMap((each) => newLines(code, each))
  }
  const ways: readonly (readonly [sk: string, becomes: string])[] = [
    ['`EVENT#${Date.now()}`', '`EVENT#${Date.now()}#${randomUUID()}`'],
    ['new Date().toISOString()', '`${new Date().toISOString()}#${randomUUID()}`'],
    ['String(Date.now())', '`${String(Date.now())}#${randomUUID()}`'],
  ]
  it.each(ways)('%s', (sk, becomes) => {
    expect(one(put(sk))).toEqual([put(becomes)])
  })

  it('is for the text in the descriptor of a low-level client', () => {
    const low = (sk: string): string =>
      `  await client.send(new PutItemCommand({ TableName: 'Log', Item: { PK: { S: 'LOG' }, SK: { S: ${sk} } } }))`
    expect(one(low('`EVENT#${Date.now()}`'))).toEqual([
      low('`EVENT#${Date.now()}#${randomUUID()}`'),
    ])
    expect(one(low('new Date().toISOString()'))).toEqual([])
  })

  it('brings the import along', () => {
    const code = run(put('`EVENT#${Date.now()}`')).replace(
      "import { randomUUID } from 'node:crypto'\n",
      '',
    )
    const [changed] = mended(rule, code, { settings })
    expect(changed?.code).toContain("import { randomUUID } from 'node:crypto'\n")
  })

  it('is withheld for a number, and for a name that stands for the attribute', () => {
    expect(one(put('Date.now()'))).toEqual([])
    expect(
      one(
        "  const SK = new Date().toISOString()\n  await documents.send(new PutCommand({ TableName: 'Log', Item: { PK: 'LOG', SK } }))",
      ),
    ).toEqual([])
  })
})
