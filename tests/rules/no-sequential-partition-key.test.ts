import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf, type Reported } from '../support/reports.ts'

const rule = 'no-sequential-partition-key'
const reports = (code: string, request?: Reported) => reportsOf(rule, code, request)

const settings = {
  tables: {
    Orders: {
      partitionKey: 'id',
      sortKey: 'at',
      indexes: { byNumber: { partitionKey: 'number', sortKey: 'at' } },
    },
  },
}

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { BatchWriteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, ScanCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  import { nanoid } from 'nanoid'
  import { v4 as uuid } from 'uuid'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
`

/** A function whose first line is line 7. */
const run = (body: string): string => `${head}export async function run(event: any) {\n${body}\n}\n`

/** A Put into Orders; `id` is its partition key. */
const put = (item: string): string =>
  `await documents.send(new PutCommand({ TableName: 'Orders', Item: { ${item} } }))`

const known = (body: string): string[] => reports(run(body), { settings })

describe('what counts', () => {
  const running = 'a running number'
  const time = 'the time'
  const counter = 'the number of an atomic counter'
  const scan = `const { Items = [], Count = 0 } = await documents.send(new ScanCommand({ TableName: 'Orders' }))`
  const count = (expression: string, returned = 'UPDATED_NEW'): string =>
    `const { Attributes } = await documents.send(new UpdateCommand({ TableName: 'Counters', Key: { name: 'orders' }, UpdateExpression: '${expression}', ExpressionAttributeValues: { ':one': 1 }, ReturnValues: '${returned}' }))`
  const ways: readonly (readonly [name: string, body: string, kind: string])[] = [
    ['Count + 1', `${scan}\n${put('id: `${Count + 1}`')}`, running],
    ['1 + Count', `${scan}\n${put('id: 1 + Count')}`, running],
    ['length + 1', `${scan}\n${put("id: 'O-' + (Items.length + 1)")}`, running],
    [
      'the highest plus one',
      `${scan}\n${put('id: Math.max(...Items.map((o) => o.id)) + 1')}`,
      running,
    ],
    ['a padded number', `${scan}\n${put("id: `O${String(Count + 1).padStart(6, '0')}`")}`, running],
    [
      'through a variable',
      `${scan}\nconst next = (Count ?? 0) + 1; ${put('id: next.toString()')}`,
      running,
    ],
    ['parseInt of the last', `${scan}\n${put('id: `O${parseInt(Items[0].id, 10) + 1}`')}`, running],
    ['Date.now()', put('id: Date.now()'), time],
    ['Date.now() in a text', put('id: `U${Date.now()}`'), time],
    ['getTime()', put('id: String(new Date().getTime())'), time],
    ['valueOf()', put('id: `U-${new Date().valueOf()}`'), time],
    ['+new Date()', put('id: `U-${+new Date()}`'), time],
    ['seconds', put('id: `U-${Math.floor(Date.now() / 1000)}`'), time],
    ['in base 36', put("id: 'U' + Date.now().toString(36).toUpperCase()"), time],
    ['the end of it', put("id: 'U' + Date.now().toString().slice(-6)"), time],
    ['as a default', put('id: event.id ?? `U-${Date.now()}`'), time],
    [
      'as a default where one is destructured',
      `const { id = Date.now() } = event; ${put('id')}`,
      time,
    ],
    ['ADD', `${count('ADD lastNumber :one')}\n${put('id: `O${Attributes?.lastNumber}`')}`, counter],
    [
      'SET n = n + 1',
      `${count('SET lastNumber = lastNumber + :one')}\n${put('id: String(Attributes!.lastNumber)')}`,
      counter,
    ],
    [
      'SET with a default',
      `${count('SET n = if_not_exists(n, :zero) + :one', 'ALL_NEW')}\n${put('id: Number(Attributes?.n)')}`,
      counter,
    ],
  ]
  it.each(ways)('%s', (_, body, kind) => {
    const [report, ...more] = known(body)
    expect(more).toEqual([])
    expect(report).toContain(`Partition key \`id\` of \`Orders\` is ${kind}`)
  })

  it('++ on a variable of the module', () => {
    const code = `${head}let last = 0\nexport async function run() {\n${put('id: `O${++last}`')}\n}\n`
    expect(reports(code, { settings })).toEqual([
      '8:72-8:84 `O${++last}`: Partition key `id` of `Orders` is a running number (`++last`) (run): two requests at once get the same one, and the next can be guessed.',
    ])
  })

  const silent: readonly (readonly [name: string, body: string])[] = [
    ['a UUID', put('id: uuid()')],
    ['a UUID behind the time', put('id: `${Date.now()}-${uuid()}`')],
    [
      'a random text behind the time',
      put('id: `${Date.now()}-${Math.random().toString(36).slice(2)}`'),
    ],
    ['nanoid', put('id: `O-${nanoid()}`')],
    ['something of the request beside the time', put('id: `${event.userId}#${Date.now()}`')],
    ['a value of the request', put('id: event.id')],
    ['the number in the sort key', put('id: event.id, at: Date.now()')],
    [
      'the number in another attribute',
      put('id: uuid(), createdAt: Date.now(), version: event.version + 1'),
    ],
    [
      'a UUID, and the time where there is none',
      put('id: crypto.randomUUID ? crypto.randomUUID() : String(Date.now())'),
    ],
    ['the index of a loop', `for (let i = 0; i < 10; i += 1) { ${put('id: `SHARD#${i + 1}`')} }`],
    ['a difference of times', put('id: `${event.start - Date.now()}`')],
    [
      'an update of what is there',
      `await documents.send(new UpdateCommand({ TableName: 'Orders', Key: { id: event.last + 1, at: 1 }, ConditionExpression: 'attribute_exists(id)', UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': 1 } }))`,
    ],
    [
      'a read',
      `await documents.send(new GetCommand({ TableName: 'Orders', Key: { id: event.last + 1, at: 1 } }))`,
    ],
    [
      'an update that counts nothing',
      `${count('SET lastSeen = :one')}\n${put('id: `O${Attributes?.lastSeen}`')}`,
    ],
  ]
  it.each(silent)('says nothing of %s', (_, body) => {
    expect(known(body)).toEqual([])
  })
})

describe('which attributes are partition keys', () => {
  const number = 'id: `O${Date.now()}`'
  const said = (key: string): string => `Partition key ${key} is the time (\`Date.now()\`)`

  it('nothing tells: nothing is said', () => {
    expect(reports(run(put(`${number}, pk: 'x'`)))).toEqual([])
  })

  const shown: Record<string, string> = {
    'a Key object of one attribute': `await documents.send(new GetCommand({ TableName: 'Orders', Key: { id: event.id } }))`,
    'a key condition': `await documents.send(new QueryCommand({ TableName: 'Orders', KeyConditionExpression: '#id = :id', ExpressionAttributeNames: { '#id': 'id' }, ExpressionAttributeValues: { ':id': event.id } }))`,
    'a Key object of two, and a key condition': `await documents.send(new GetCommand({ TableName: 'Orders', Key: { at: 1, id: event.id } })); await documents.send(new QueryCommand({ TableName: 'Orders', KeyConditionExpression: 'id = :id AND at > :at', ExpressionAttributeValues: { ':id': event.id, ':at': 0 } }))`,
    'a Put that must not overwrite': `await documents.send(new PutCommand({ TableName: 'Orders', Item: { id: event.id }, ConditionExpression: 'attribute_not_exists(id)' }))`,
  }
  it.each(Object.entries(shown))('%s', (_, use) => {
    const [report, ...more] = reports(run(`${use}\n${put(number)}`))
    expect(more).toEqual([])
    expect(report).toContain(said('`id` of `Orders`'))
  })

  const open: Record<string, string> = {
    'a Key object of two alone': `await documents.send(new GetCommand({ TableName: 'Orders', Key: { id: event.id, at: 1 } }))`,
    'Key objects that disagree': `await documents.send(new GetCommand({ TableName: 'Orders', Key: { id: event.id } })); await documents.send(new GetCommand({ TableName: 'Orders', Key: { name: event.id } }))`,
    'another table': `await documents.send(new GetCommand({ TableName: 'Others', Key: { id: event.id } }))`,
    'a sort key': `await documents.send(new QueryCommand({ TableName: 'Orders', KeyConditionExpression: 'pk = :pk AND id = :id', ExpressionAttributeValues: { ':pk': 'a', ':id': event.id } }))`,
    'a condition on an attribute that is not written first': `await documents.send(new PutCommand({ TableName: 'Orders', Item: { pk: event.id, id: 1 }, ConditionExpression: 'attribute_not_exists(id)' }))`,
  }
  it.each(Object.entries(open))('leaves it open: %s', (_, use) => {
    expect(reports(run(`${use}\n${put(number)}`))).toEqual([])
  })

  it('an index that a Query names', () => {
    const body = `await documents.send(new QueryCommand({ TableName: 'Orders', IndexName: 'GSI1', KeyConditionExpression: 'GSI1PK = :pk', ExpressionAttributeValues: { ':pk': event.id } }))\n${put('PK: event.id, GSI1PK: `ORDER#${Date.now()}`')}`
    expect(reports(run(body))).toEqual([
      '8:90-8:111 `ORDER#${Date.now()}`: Partition key `GSI1PK` of index `GSI1` of `Orders` is the time (`Date.now()`) (run): two requests in one millisecond get the same one, and others can be guessed.',
    ])
  })

  it('an index that the settings name', () => {
    expect(known(put('id: uuid(), number: `O${Date.now()}`'))).toEqual([
      '7:88-7:104 `O${Date.now()}`: Partition key `number` of index `byNumber` of `Orders` is the time (`Date.now()`) (run): two requests in one millisecond get the same one, and others can be guessed.',
    ])
  })

  it('a table that is meant to have running numbers', () => {
    const numbered = { tables: { Orders: { partitionKey: 'id', runningNumbers: true } } }
    expect(reports(run(put(number)), { settings: numbered })).toEqual([])
  })
})

describe('where it is told', () => {
  it('in each kind of write', () => {
    const body = `const id = event.last + 1
      await documents.send(new BatchWriteCommand({ RequestItems: { Orders: [{ PutRequest: { Item: { id: \`B\${Date.now()}\` } } }] } }))
      await documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName: 'Orders', Item: { id: \`T\${Date.now()}\` } } }] }))
      await documents.send(new UpdateCommand({ TableName: 'Orders', Key: { id, at: 1 }, UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': 1 } }))`
    expect(known(body).map((report) => report.split(': Partition')[0])).toEqual([
      '8:105-8:121 `B${Date.now()}`',
      '9:113-9:129 `T${Date.now()}`',
      '10:76-10:78 id',
    ])
  })

  it('once for one number, at the item that is put', () => {
    const body = `const id = \`O\${Date.now()}\`
      await documents.send(new UpdateCommand({ TableName: 'Orders', Key: { id, at: 1 }, UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': 1 } }))
      ${put('id')}`
    expect(known(body).map((report) => report.split(': Partition')[0])).toEqual(['9:74-9:76 id'])
  })

  it('at the call that gives a wrapper the number', () => {
    const code = program`
      import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'
      import { DynamoDB } from '@aws-sdk/client-dynamodb'
      const documents = DynamoDBDocument.from(new DynamoDB({}))
      async function insert(id: string, order: object) {
        await documents.put({ TableName: 'Orders', Item: { ...order, id } })
      }
      export const create = (order: object) => insert(String(Date.now()), order)
      export const copy = (id: string, order: object) => insert(id, order)
    `
    expect(reports(code, { settings })).toEqual([
      '7:42-7:48 insert: Partition key `id` of `Orders` is the time (`Date.now()`) (insert ← create): two requests in one millisecond get the same one, and others can be guessed.',
    ])
  })

  it('in the item that a wrapper is given', () => {
    const code = program`
      import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'
      import { DynamoDB } from '@aws-sdk/client-dynamodb'
      const documents = DynamoDBDocument.from(new DynamoDB({}))
      const save = (Item: object) => documents.put({ TableName: 'Orders', Item })
      export const create = (name: string) => save({ id: Date.now(), name })
    `
    expect(reports(code, { settings })).toEqual([
      '5:52-5:62 Date.now(): Partition key `id` of `Orders` is the time (`Date.now()`) (save ← create): two requests in one millisecond get the same one, and others can be guessed.',
    ])
  })

  it('in the low-level client and in SDK v2', () => {
    const v3 = program`
      import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
      const client = new DynamoDBClient({})
      export const create = () =>
        client.send(new PutItemCommand({ TableName: 'Orders', Item: { id: { S: String(Date.now()) } } }))
    `
    const v2 = program`
      const AWS = require('aws-sdk')
      const documents = new AWS.DynamoDB.DocumentClient()
      exports.create = async () => documents.put({ TableName: 'Orders', Item: { id: 'O' + Date.now() } }).promise()
    `
    expect(reports(v3, { settings })).toHaveLength(1)
    expect(reports(v2, { settings, filename: 'src/orders.js' })).toHaveLength(1)
  })

  it('not in scripts, nor in code that speaks of nothing', () => {
    expect(reports(run(put('id: Date.now()')), { settings, filename: 'scripts/seed.ts' })).toEqual(
      [],
    )
    expect(reports('')).toEqual([])
  })
})

describe('suggestion', () => {
  const offered = (body: string): readonly string[] => {
    const code = run(body)
    return mended(rule, code, { settings }).flatMap((one) => newLines(code, one))
  }

  it('puts a UUID where the time was, and imports it', () => {
    const code = run(put('id: `U${Date.now()}`'))
    const [only] = mended(rule, code, { settings })
    expect(only?.title).toBe(
      'Use a random UUID instead of `Date.now()` (keys no longer sort by time or number, and are longer).',
    )
    expect(only?.code).toBe(
      `import { randomUUID } from 'node:crypto'\n${code.replace('Date.now()', 'randomUUID()')}`,
    )
  })

  const kept: Record<string, readonly [body: string, line: string]> = {
    'a prefix in front of a sum': [put("id: 'U' + Date.now()"), put("id: 'U' + randomUUID()")],
    'a whole text': [put('id: String(Date.now())'), put('id: randomUUID()')],
    'a template of a variable': [
      `const id = \`U\${Date.now()}\`; ${put('id')}`,
      `const id = \`U\${randomUUID()}\`; ${put('id')}`,
    ],
    'a variable of the function around': [
      `const id = \`U\${Date.now()}\`; await event.step(async () => { ${put('id')} })`,
      `const id = \`U\${randomUUID()}\`; await event.step(async () => { ${put('id')} })`,
    ],
    'a default': [
      put('id: event.id ?? `U${Date.now()}`'),
      put('id: event.id ?? `U${randomUUID()}`'),
    ],
  }
  it.each(Object.entries(kept))('%s', (_, [body, line]) => {
    expect(offered(body)).toEqual(["import { randomUUID } from 'node:crypto'", line])
  })

  const brought: Record<string, readonly [head: string, lines: readonly string[]]> = {
    'imported already': ["import { randomUUID as newId } from 'crypto'", ['newId()']],
    'as a whole': ["import crypto from 'node:crypto'", ['crypto.randomUUID()']],
    'beside another name': [
      "import { createHash } from 'node:crypto'",
      ["import { createHash, randomUUID } from 'node:crypto'", 'randomUUID()'],
    ],
    'with the quotes and semicolons of the file': [
      'import "./setup";',
      ['import { randomUUID } from "node:crypto";', 'randomUUID()'],
    ],
  }
  it.each(Object.entries(brought))('brought in: %s', (_, [first, lines]) => {
    const code = `${first}\n${run(put('id: `U${Date.now()}`'))}`
    const [only] = mended(rule, code, { settings })
    const changed = only ? newLines(code, only) : []
    expect(changed).toHaveLength(lines.length)
    for (const [index, line] of lines.entries()) expect(changed[index]).toContain(line)
  })

  it('by require where the file does', () => {
    const code = program`
      const AWS = require('aws-sdk')
      const documents = new AWS.DynamoDB.DocumentClient()
      exports.create = async () => documents.put({ TableName: 'Orders', Item: { id: 'O' + Date.now() } }).promise()
    `
    const [only] = mended(rule, code, { settings, filename: 'src/orders.js' })
    expect(only && newLines(code, only)).toEqual([
      "const { randomUUID } = require('node:crypto')",
      "exports.create = async () => documents.put({ TableName: 'Orders', Item: { id: 'O' + randomUUID() } }).promise()",
    ])
  })

  const scan = `const { Count = 0, Items = [] } = await documents.send(new ScanCommand({ TableName: 'Orders' }))`
  it('what was read for the number alone is read no more', () => {
    const [only] = mended(rule, run(`${scan}\n${put('id: `${Count + 1}`')}`), { settings })
    expect(only?.code).not.toContain('Scan')
    expect(only?.code).toContain(put('id: randomUUID()'))
  })

  it('what was read for more is read still', () => {
    const body = `${scan}\nif (Items.length > 9) return\n${put('id: `O${Count + 1}`')}`
    const [only] = mended(rule, run(body), { settings })
    expect(only?.code).toContain(scan.replace('Count = 0, ', ''))
    expect(only?.code).toContain(put('id: `O${randomUUID()}`'))
  })

  const withheld: Record<string, string> = {
    'a bare number': put('id: Date.now()'),
    'a number that is counted elsewhere': `const now = Date.now(); ${put('id: `U${now}`, at: now')}`,
    'a name that is taken': `const randomUUID = 1; ${put('id: `U${Date.now()}`, randomUUID')}`,
  }
  it.each(Object.entries(withheld))('withheld: %s', (_, body) => {
    expect(offered(body)).toEqual([])
  })

  it('withheld where the key is a number', () => {
    const numbers = { tables: { Orders: { partitionKey: { name: 'id', type: 'N' } } } }
    const code = program`
      import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
      const client = new DynamoDBClient({})
      export const create = () =>
        client.send(new PutItemCommand({ TableName: 'Orders', Item: { id: { N: String(Date.now()) } } }))
    `
    expect(mended(rule, code, { settings: numbers })).toEqual([])
  })
})
