/** Which calls ask something of DynamoDB, whatever library spells them. */
import { describe, expect, it } from 'vitest'
import { moduleOf, probes, spell } from '../support/facts.ts'
import { spellingsIn } from '../support/spellings.ts'

/** `kind, format of values, library, form, request` of each operation. */
function operations(text: string): readonly string[] {
  return spellingsIn(moduleOf(text)).map(({ kind, values, library, form, request, callback }) =>
    [
      kind,
      values,
      library?.name ?? 'no library',
      form,
      spell(request),
      ...(callback ? ['callback'] : []),
    ].join(', '),
  )
}

const LIB = "import * as lib from '@aws-sdk/lib-dynamodb'\n"
const LOW = "import * as low from '@aws-sdk/client-dynamodb'\n"

describe('commands', () => {
  it.each([
    ['Get', 'GetItem'],
    ['Put', 'PutItem'],
    ['Update', 'UpdateItem'],
    ['Delete', 'DeleteItem'],
    ['Query', 'Query'],
    ['Scan', 'Scan'],
    ['BatchGet', 'BatchGetItem'],
    ['BatchWrite', 'BatchWriteItem'],
    ['TransactGet', 'TransactGetItems'],
    ['TransactWrite', 'TransactWriteItems'],
  ])('%sCommand of the document client', (name, kind) => {
    expect(operations(`${LIB}client.send(new lib.${name}Command({ a: 1 }))`)).toEqual([
      `${kind}, document, AWS SDK v3, command, { a: 1 }`,
    ])
  })

  it.each([
    'GetItem',
    'PutItem',
    'UpdateItem',
    'DeleteItem',
    'Query',
    'Scan',
    'BatchGetItem',
    'BatchWriteItem',
    'TransactGetItems',
    'TransactWriteItems',
    'ExecuteStatement',
  ])('%sCommand of the low-level client', (kind) => {
    expect(operations(`${LOW}client.send(new low.${kind}Command({ a: 1 }))`)).toEqual([
      `${kind}, attribute-value, AWS SDK v3, command, { a: 1 }`,
    ])
  })

  it.each([
    [
      'by name',
      "import { ScanCommand } from '@aws-sdk/lib-dynamodb'; client.send(new ScanCommand(p))",
    ],
    ['renamed', "import { ScanCommand as S } from '@aws-sdk/lib-dynamodb'; client.send(new S(p))"],
    [
      'required',
      "const { ScanCommand } = require('@aws-sdk/lib-dynamodb'); client.send(new ScanCommand(p))",
    ],
    [
      'imported where it is used',
      "const { ScanCommand } = await import('@aws-sdk/lib-dynamodb'); client.send(new ScanCommand(p))",
    ],
    ['kept in a variable', `${LIB}const c = new lib.ScanCommand(p); await client.send(c)`],
    [
      'made by a function',
      `${LIB}const make = (q) => new lib.ScanCommand(q); client.send(make(p))`,
    ],
    ['sent by an optional client', `${LIB}client?.send(new lib.ScanCommand(p))`],
    [
      'sent by a field',
      `${LIB}class A { m() { return this.client.send(new lib.ScanCommand(p)) } }`,
    ],
    ['sent by a parameter', `${LIB}const f = (c) => c.send(new lib.ScanCommand(p))`],
    [
      'sent by a method that is bound',
      `${LIB}const send = lib.DynamoDBDocumentClient.from(x).send.bind(x); await send(new lib.ScanCommand(p))`,
    ],
    ['sent in a chain', `${LIB}client.send(new lib.ScanCommand(p)).then((r) => r.Items)`],
  ])('%s', (_, text) => {
    expect(operations(text)).toEqual(['Scan, document, AWS SDK v3, command, #p'])
  })

  it('knows the first of several that it may be', () => {
    expect(
      operations(`${LIB}client.send(c ? new lib.ScanCommand(1) : new lib.QueryCommand(2))`),
    ).toEqual(['Scan, document, AWS SDK v3, command, 1'])
  })

  it('knows both of two that are of one kind', () => {
    expect(
      operations(
        `${LIB}let c; if (x) c = new lib.QueryCommand(1); else c = new lib.QueryCommand(2); client.send(c)`,
      ),
    ).toEqual(['Query, document, AWS SDK v3, command, (1 | 2)'])
  })

  it.each([
    ['another service', "import { GetCommand } from 'other'; client.send(new GetCommand({}))"],
    ['a class of the file', 'class GetCommand {} client.send(new GetCommand({}))'],
    ['a name that nobody declares', 'client.send(new GetCommand({}))'],
    ['a command that is made and not sent', `${LIB}new lib.GetCommand({})`],
    [
      'a command in a variable that nothing is known of',
      'function f(command) { client.send(command) }',
    ],
    ['something else that is sent', "client.send('hello'); response.send({ TableName: 'a' })"],
    [
      'a command of the package that touches no items',
      "import { DescribeTableCommand } from '@aws-sdk/client-dynamodb'; client.send(new DescribeTableCommand({}))",
    ],
    [
      'an object with a name of Object.prototype',
      "import { toString } from '@aws-sdk/lib-dynamodb'; client.send(new toString())",
    ],
  ])('is not fooled by %s', (_, text) => {
    expect(operations(text)).toEqual([])
  })
})

describe('methods', () => {
  it.each([
    [
      'the document client of v2',
      "const AWS = require('aws-sdk'); const d = new AWS.DynamoDB.DocumentClient(); d.scan(p).promise()",
      'Scan, document, AWS SDK v2, method, #p',
    ],
    [
      'v2 by its own path',
      "import { DocumentClient } from 'aws-sdk/clients/dynamodb'; new DocumentClient().get(p)",
      'GetItem, document, AWS SDK v2, method, #p',
    ],
    [
      'v2 by default of its path',
      "import DynamoDB from 'aws-sdk/clients/dynamodb'; new DynamoDB.DocumentClient().get(p)",
      'GetItem, document, AWS SDK v2, method, #p',
    ],
    [
      'the low-level client of v2',
      "import AWS from 'aws-sdk'; const d = new AWS.DynamoDB(); d.getItem(p)",
      'GetItem, attribute-value, AWS SDK v2, method, #p',
    ],
    [
      'v2 with a callback',
      "const AWS = require('aws-sdk'); new AWS.DynamoDB.DocumentClient().put(p, (err, data) => {})",
      'PutItem, document, AWS SDK v2, method, #p, callback',
    ],
    [
      'the aggregated low-level client',
      "import { DynamoDB } from '@aws-sdk/client-dynamodb'; const d = new DynamoDB({}); d.getItem(p)",
      'GetItem, attribute-value, AWS SDK v3, method, #p',
    ],
    [
      'the aggregated document client',
      "import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'; const d = DynamoDBDocument.from(c); d.get(p)",
      'GetItem, document, AWS SDK v3, method, #p',
    ],
    [
      'a traced client',
      "import X from 'aws-xray-sdk'; import AWS from 'aws-sdk'; const T = X.captureAWS(AWS); new T.DynamoDB.DocumentClient().scan(p)",
      'Scan, document, AWS SDK v2, method, #p',
    ],
    [
      'a field',
      "import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'; class A { db = DynamoDBDocument.from(c); m() { return this.db.query(p) } }",
      'Query, document, AWS SDK v3, method, #p',
    ],
    [
      'a client that is handed in',
      "import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'; class A { constructor(private readonly db: DynamoDBDocument) {} m() { return this.db.query(p) } }",
      'Query, document, AWS SDK v3, method, #p',
    ],
    [
      'a client in what is handed in',
      "import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'; interface Deps { db: DynamoDBDocument } const f = ({ db }: Deps) => db.query(p)",
      'Query, document, AWS SDK v3, method, #p',
    ],
    [
      'a client made when it is first asked for',
      "const AWS = require('aws-sdk'); let d; const get = () => (d ??= new AWS.DynamoDB.DocumentClient()); get().scan(p)",
      'Scan, document, AWS SDK v2, method, #p',
    ],
    [
      'a class that extends a client',
      "import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'; class A extends DynamoDBDocument { m() { return this.query(p) } }",
      '',
    ],
  ])('%s', (_, text, expected) => {
    expect(operations(text)).toEqual(expected === '' ? [] : [expected])
  })

  it.each([
    [
      'a method that a client does not have',
      "const AWS = require('aws-sdk'); new AWS.DynamoDB.DocumentClient().getItem(p)",
    ],
    ['a client of another service', "const AWS = require('aws-sdk'); new AWS.S3().putItem(p)"],
    ['a query of something else', 'pool.query(p); cache.get(p); new Map().delete(p)'],
    [
      'a method without a request',
      "const AWS = require('aws-sdk'); new AWS.DynamoDB.DocumentClient().scan()",
    ],
  ])('is not fooled by %s', (_, text) => {
    expect(operations(text)).toEqual([])
  })
})

describe('requests that nothing else has', () => {
  it.each([
    [
      "db.scan({ TableName: 'a' })",
      ['Scan, attribute-value, no library, method, { TableName: "a" }'],
    ],
    [
      "db.get({ TableName: 'a', Key: k })",
      ['GetItem, document, no library, method, { TableName: "a", Key: #k }'],
    ],
    [
      "db.getItem({ TableName: 'a', Key: k })",
      ['GetItem, attribute-value, no library, method, { TableName: "a", Key: #k }'],
    ],
    ["db.get({ TableName: 'a' })", []],
    ['db.put({ Item: i })', []],
    ["db.find({ TableName: 'a', Key: k })", []],
    ["const db = { get: () => 1 }; db.get({ TableName: 'a', Key: k })", []],
  ])('%s', (text, expected) => {
    expect(operations(text)).toEqual(expected)
  })
})

describe('paginators', () => {
  it.each([
    ['paginateScan', 'Scan'],
    ['paginateQuery', 'Query'],
  ])('%s', (name, kind) => {
    expect(
      operations(`${LIB}for await (const page of lib.${name}({ client }, { a: 1 })) {}`),
    ).toEqual([`${kind}, document, AWS SDK v3, paginator, { a: 1 }`])
    expect(operations(`${LOW}lib(low.${name}(config, { a: 1 }))`)).toEqual([
      `${kind}, attribute-value, AWS SDK v3, paginator, { a: 1 }`,
    ])
  })
})

describe("tables of Architect's", () => {
  const ARC = "import { tables } from '@architect/functions'\nconst data = await tables()\n"
  const NAME = (table: string): string => `@architect/functions#tables().name(${table})`

  it.each([
    [
      'data.orders.get({ id })',
      `GetItem, method, { TableName: ${NAME('"orders"')}, Key: { id: #id } }`,
    ],
    ['data.orders.put(order)', `PutItem, method, { TableName: ${NAME('"orders"')}, Item: #order }`],
    [
      'data.orders.delete({ id })',
      `DeleteItem, method, { TableName: ${NAME('"orders"')}, Key: { id: #id } }`,
    ],
    [
      "data.orders.update({ Key: key, UpdateExpression: 'SET a = :a' })",
      `UpdateItem, method, { Key: #key, UpdateExpression: "SET a = :a", TableName: ${NAME('"orders"')} }`,
    ],
    [
      'data.orders.query(request)',
      `Query, method, { TableName: ${NAME('"orders"')}, ...#request }`,
    ],
    ['data.orders.scan()', `Scan, method, { TableName: ${NAME('"orders"')} }`],
    [
      'data.orders.scanAll({ Limit: 5 })',
      `Scan, paginator, { Limit: 5, TableName: ${NAME('"orders"')} }`,
    ],
    ['data[name].get(key)', `GetItem, method, { TableName: ${NAME('#name')}, Key: #key }`],
  ])('%s', (text, expected) => {
    const found = spellingsIn(moduleOf(`${ARC}${text}`)).map(
      ({ kind, form, request }) => `${kind}, ${form}, ${spell(request)}`,
    )
    expect(found).toEqual([expected])
  })

  it.each([
    "data.name('orders')",
    'data.reflect()',
    'data._client.get(key)',
    'data.orders.find(key)',
    'data.get(key)',
    'orders.get(key)',
  ])('not %s', (text) => {
    expect(operations(`${ARC}${text}`)).toEqual([])
  })

  it.each([
    "import arc from '@architect/functions'\n(await arc.tables()).orders.get(key)",
    "const arc = require('@architect/functions')\nasync function load() { const data = await arc.tables(); return data.orders.get(key) }",
    "const { tables } = require('@architect/functions')\nlet data\nconst load = async () => (data ??= await tables());\n(await load()).orders.get(key)",
  ])('%s', (text) => {
    expect(spellingsIn(moduleOf(text)).map(({ kind }) => kind)).toEqual(['GetItem'])
  })

  it('give the item, and not a response with it', () => {
    const text = `${ARC}const order = await data.orders.get({ id })\nprobe(order.total)\nprobe((await data.orders.query(q)).Items)`
    expect(probes(moduleOf(text)).map((term) => spell(term).replace(/\(.*\)/, '()'))).toEqual([
      '@architect/functions#tables().Item.total',
      '@architect/functions#tables().Items',
    ])
  })
})
