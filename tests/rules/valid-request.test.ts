import { describe, expect, it } from 'vitest'
import { fixed } from '../support/fixed.ts'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'valid-request'

const head = program`
  import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
  import { BatchGetCommand, BatchWriteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, ScanCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  import { SendEmailCommand } from '@aws-sdk/client-ses'
  import { marshall } from '@aws-sdk/util-dynamodb'
  import { DocumentClient } from 'aws-sdk/clients/dynamodb'
  const client = new DynamoDBClient({})
  const documents = DynamoDBDocumentClient.from(client)
  const older = new DocumentClient()
  const TableName = 'Orders'
  const options = { ReturnValues: 'ALL_NEW' } as const
`

/** A function whose first line is line 12. */
const run = (body: string, rest = ''): string =>
  `${head}export async function run(id: string, given: any) {\n${body}\n}\n${rest}`

const send = (command: string, request: string): string =>
  `await documents.send(new ${command}(${request}))`

/** The text at each report, and the message. */
const said = (body: string, rest = '', settings?: unknown): string[] =>
  reportsOf(rule, run(body, rest), { settings }).map((report) => report.replace(/^\S+ /, ''))

describe('reports', () => {
  it('a member that is missing, at the call', () => {
    expect(reportsOf(rule, run(send('GetCommand', '{ Key: { id } }')))).toEqual([
      "12:26-12:36 GetCommand: GetItem needs `TableName`. DynamoDB rejects this: The parameter 'TableName' is required but was not present in the request",
    ])
  })

  it.each([
    [
      'a member that is misspelled',
      send('GetCommand', '{ TableName, Key: { id }, ConsistendRead: true }'),
      [
        'ConsistendRead: `ConsistendRead` is no member of a GetItem request, and SDK v3 leaves it out without a word. Did you mean `ConsistentRead`?',
      ],
    ],
    [
      'a member of another operation',
      send('ScanCommand', "{ TableName, KeyConditionExpression: 'id = :id' }"),
      [
        'KeyConditionExpression: `KeyConditionExpression` is no member of a Scan request, and SDK v3 leaves it out without a word.',
      ],
    ],
    [
      'a member that SDK v2 does not know',
      'await older.get({ TableName, Key: { id }, Limit: 1 }).promise()',
      ['Limit: `Limit` is no member of a GetItem request, and SDK v2 throws UnexpectedParameter.'],
    ],
    [
      'a member that an entry of a transaction does not know',
      send(
        'TransactWriteCommand',
        '{ TransactItems: [{ Put: { TableName, Item: { id }, Key: { id } } }] }',
      ),
      ['Key: `Key` is no member of `Put`, and SDK v3 leaves it out without a word.'],
    ],
    [
      'a value of another type',
      send('ScanCommand', "{ TableName, Limit: '10' }"),
      [
        "'10': `Limit` takes a number. DynamoDB rejects this: STRING_VALUE cannot be converted to Integer",
      ],
    ],
    [
      'a list of attributes that is no text',
      send('ScanCommand', "{ TableName, ProjectionExpression: ['a', 'b'] }"),
      [
        "['a', 'b']: `ProjectionExpression` takes a string. DynamoDB rejects this: Start of structure or map found where not expected",
      ],
    ],
    [
      'one key that is no list of keys',
      send('BatchGetCommand', '{ RequestItems: { Orders: { Keys: { id } } } }'),
      ['{ id }: `Keys` takes a list. DynamoDB rejects this.'],
    ],
    [
      'a number that is no text',
      'await client.send(new GetItemCommand({ TableName, Key: { id: { N: 5 as any } } }))',
      ['5 as any: DynamoDB rejects this: NUMBER_VALUE cannot be converted to String'],
    ],
    [
      'a text that is none of the allowed ones',
      send('PutCommand', "{ TableName, Item: { id }, ReturnValues: 'ALLOLD' }"),
      [
        "'ALLOLD': `ALLOLD` is not a value of this member. Did you mean `ALL_OLD`? DynamoDB rejects this: 1 validation error detected: Value 'ALLOLD' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, ALL_OLD, NONE, UPDATED_NEW, UPDATED_OLD]",
      ],
    ],
    [
      'values that a put does not return',
      send('PutCommand', "{ TableName, Item: { id }, ReturnValues: 'ALL_NEW' }"),
      ["'ALL_NEW': DynamoDB rejects this: ReturnValues can only be ALL_OLD or NONE"],
    ],
    [
      'a query without a key condition',
      send('QueryCommand', '{ TableName }'),
      [
        'QueryCommand: DynamoDB rejects this: Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
      ],
    ],
    [
      'a selection against the projection',
      send('ScanCommand', "{ TableName, ProjectionExpression: 'id', Select: 'COUNT' }"),
      [
        "'COUNT': `Select: COUNT` does not go with `ProjectionExpression`: only SPECIFIC_ATTRIBUTES, or none, does. DynamoDB rejects this.",
      ],
    ],
    [
      'a selection of nothing in particular',
      send('ScanCommand', "{ TableName, Select: 'SPECIFIC_ATTRIBUTES' }"),
      [
        "'SPECIFIC_ATTRIBUTES': `Select: SPECIFIC_ATTRIBUTES` asks for the attributes of a ProjectionExpression, and there is none. DynamoDB rejects this.",
      ],
    ],
    [
      'a selection of what no index projects',
      send('ScanCommand', "{ TableName, Select: 'ALL_PROJECTED_ATTRIBUTES' }"),
      [
        "'ALL_PROJECTED_ATTRIBUTES': `Select: ALL_PROJECTED_ATTRIBUTES` asks for what an index projects, and no index is queried. DynamoDB rejects this.",
      ],
    ],
    [
      'plain values in a low-level command, once',
      "await client.send(new PutItemCommand({ TableName, Item: { id: 'a', name: 'b' } }))",
      [
        "'a': `PutItemCommand` takes attribute values such as `{ S: … }`, and `id` is given a plain one: it throws, or DynamoDB rejects this. Use the document client, or `marshall`.",
      ],
    ],
    [
      'attribute values for a key of a document client',
      send('GetCommand', '{ TableName, Key: { id: { S: id } } }'),
      [
        '{ S: id }: This document client takes plain values: it sends `id` as a map, and no key is a map. DynamoDB rejects this: The provided key element does not match the schema',
      ],
    ],
    [
      'attribute values in a key condition of a document client',
      send(
        'QueryCommand',
        "{ TableName, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: id } } }",
      ),
      [
        '{ S: id }: This document client takes plain values: it sends `:id` as a map, and no key is a map. DynamoDB rejects this: One or more parameter values were invalid: Condition parameter type does not match schema type',
      ],
    ],
    [
      'an item of attribute values for a document client',
      send('PutCommand', "{ TableName, Item: { id: { S: id }, total: { N: '5' } } }"),
      [
        "{ id: { S: id }, total: { N: '5' } }: This document client takes plain values: it sends `Item` as a map, and no key is a map. DynamoDB rejects this: One or more parameter values were invalid: Type mismatch for key",
      ],
    ],
    [
      'one item twice in a transaction',
      send(
        'TransactWriteCommand',
        "{ TransactItems: [{ ConditionCheck: { TableName, Key: { id }, ConditionExpression: 'attribute_exists(id)' } }, { Put: { TableName, Item: { id, state: 'new' } } }] }",
      ),
      [
        'TransactWriteCommand: TransactItems[0].ConditionCheck and TransactItems[1].Put are one item. DynamoDB rejects this: Transaction request cannot include multiple operations on one item',
      ],
    ],
    [
      'one of two checks, and a delete of the same item',
      send(
        'TransactWriteCommand',
        "{ TransactItems: [given ? { ConditionCheck: { TableName, Key: { id }, ConditionExpression: 'attribute_exists(id)' } } : { ConditionCheck: { TableName, Key: { id }, ConditionExpression: 'attribute_not_exists(id)' } }, { Delete: { TableName, Key: { id } } }, ...given] }",
      ),
      [
        'TransactWriteCommand: TransactItems[0].ConditionCheck and TransactItems[1].Delete are one item. DynamoDB rejects this: Transaction request cannot include multiple operations on one item',
      ],
    ],
    [
      'a key twice in a batch',
      send('BatchGetCommand', '{ RequestItems: { [given.table]: { Keys: [{ id }, { id }] } } }'),
      [
        'BatchGetCommand: RequestItems[…].Keys[0] and RequestItems[…].Keys[1] are one item. DynamoDB rejects this: Provided list of item keys contains duplicates',
      ],
    ],
    [
      'a batch entry that does two things',
      send(
        'BatchWriteCommand',
        "{ RequestItems: { Orders: [{ PutRequest: { Item: { id } }, DeleteRequest: { Key: { id: 'other' } } }] } }",
      ),
      [
        "{ PutRequest: { Item: { id } }, DeleteRequest: { Key: { id: 'other' } } }: An entry asks for one thing, and this one for PutRequest and DeleteRequest. DynamoDB rejects this.",
      ],
    ],
  ])('%s', (_, body, expected) => {
    expect(said(body)).toEqual(expected)
  })

  it.each([
    [
      'a key that is marshalled for a document client',
      send('GetCommand', '{ TableName, Key: marshall({ id }) }'),
      ['marshall({ id }): This document client takes plain values'],
    ],
    [
      'a property that is given twice',
      send('GetCommand', '{ TableName, Key: { id }, Key: { id: given } }'),
      ['Key: `Key` is given again in this request; only the last one counts.'],
    ],
    [
      'a value that is given twice',
      send(
        'ScanCommand',
        "{ TableName, FilterExpression: 'a = :a', ExpressionAttributeValues: { ':a': 1, ':a': 2 } }",
      ),
      ["':a': `:a` is given again in this request; only the last one counts."],
    ],
    [
      'a command of another service',
      'await client.send(new SendEmailCommand({} as any) as any)',
      [
        'SendEmailCommand: `SendEmailCommand` is a command of @aws-sdk/client-ses, and this is a client of DynamoDB: the request fails.',
      ],
    ],
    [
      'a method of the low-level client',
      'await (older as any).getItem({ TableName, Key: { id } }).promise()',
      [
        'getItem: A DocumentClient has no method `getItem`; another client of DynamoDB has. The call throws.',
      ],
    ],
    [
      'a method of a client that has commands only',
      'await (documents as any).query({ TableName })',
      [
        'query: A DynamoDBDocumentClient has no method `query`; another client of DynamoDB has. The call throws. Send a command instead.',
      ],
    ],
  ])('%s', (_, body, expected) => {
    const reports = said(body)
    expect(reports).toHaveLength(expected.length)
    expected.forEach((start, index) => expect(reports[index]?.slice(0, start.length)).toBe(start))
  })

  it('keys that no table has, of a table that is known too', () => {
    const settings = { tables: { Orders: { partitionKey: 'id', sortKey: 'day' } } }
    const key = '{ id, day: id, user: id }'
    expect(said(send('GetCommand', `{ TableName, Key: ${key} }`), '', settings)).toEqual([
      `${key}: DynamoDB rejects this: The number of conditions on the keys is invalid`,
    ])
    expect(said(send('GetCommand', '{ TableName, Key: {} }'), '', settings)).toEqual([
      '{}: DynamoDB rejects this: The provided key element does not match the schema',
    ])
    // What only its schema tells is for valid-key.
    expect(said(send('GetCommand', '{ TableName, Key: { id, user: id } }'), '', settings)).toEqual(
      [],
    )
  })

  it('a consistent read of a global index that is known', () => {
    const settings = {
      tables: {
        Orders: {
          partitionKey: 'id',
          indexes: { byDay: { partitionKey: 'day', projection: 'KEYS_ONLY' } },
        },
      },
    }
    const query = `{ TableName, IndexName: 'byDay', KeyConditionExpression: 'x = :x', ConsistentRead: true, Select: 'ALL_ATTRIBUTES' }`
    expect(said(send('QueryCommand', query), '', settings)).toEqual([
      'true: DynamoDB rejects this: Consistent reads are not supported on global secondary indexes',
      "'ALL_ATTRIBUTES': DynamoDB rejects this: One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index byDay because its projection type is not ALL",
    ])
  })

  it('one item twice, where only a call makes it so', () => {
    const wrapper =
      'const move = (from: string, to: string) => documents.send(new TransactWriteCommand({ TransactItems: [{ Delete: { TableName, Key: { id: from } } }, { Put: { TableName, Item: { id: to } } }] }))\n'
    expect(said('await move(id, id)', wrapper)).toEqual([
      'move: TransactItems[0].Delete and TransactItems[1].Put are one item. DynamoDB rejects this: Transaction request cannot include multiple operations on one item',
    ])
    expect(said('await move(id, given)', wrapper)).toEqual([])
  })

  it('what a call gives to a wrapper, at the call', () => {
    const wrapper =
      'const get = (request: any) => documents.send(new GetCommand({ TableName, ...request }))\n'
    expect(said('await get({ Key: { id }, Limit: 1 })', wrapper)).toEqual([
      'Limit: `Limit` is no member of a GetItem request, and SDK v3 leaves it out without a word.',
    ])
  })
})

describe('the fix', () => {
  it.each([
    [
      'takes out the first of two in the same words',
      send('GetCommand', '{ TableName, Key: { id }, TableName }'),
      send('GetCommand', '{ Key: { id }, TableName }'),
    ],
    [
      'takes out its whole line',
      send('GetCommand', '{\n  TableName,\n  Key: { id },\n  TableName,\n}'),
      send('GetCommand', '{\n  Key: { id },\n  TableName,\n}'),
    ],
  ])('%s', (_, before, after) => {
    expect(fixed(rule, run(before))).toBe(run(after))
  })

  it('is left out where the two differ', () => {
    const code = run(send('GetCommand', '{ TableName, Key: { id }, Key: { id: given } }'))
    expect(fixed(rule, code)).toBe(code)
  })
})

describe('says nothing of', () => {
  it.each([
    [
      'a property that is given again behind others',
      send('GetCommand', '{ TableName, Key: { id }, ...given, Key: { id } }'),
    ],
    [
      'a request that gets members in ways that are not followed',
      'const request: any = { Key: { id } }\nObject.assign(request, { TableName })\nawait documents.send(new GetCommand(request))',
    ],
    [
      'options for other requests, too, that are spread into one',
      "await documents.send(new TransactWriteCommand({ TransactItems: [{ Update: { ...options, TableName, Key: { id }, UpdateExpression: 'REMOVE a' } }] }))",
    ],
    [
      'a command that is completed after it is made',
      'const command = new GetCommand({ Key: { id } } as any)\ncommand.input.TableName = TableName\nawait documents.send(command)',
    ],
    [
      'a request of whatever entries there are',
      'const request: any = {}\nfor (const key of Object.keys(given)) request[key] = given[key]\nawait documents.send(new QueryCommand(request))',
    ],
    [
      'a part of a text, which a list could give as well',
      "const names: any = {}\nfor (let key of given) {\nkey = key.slice(1)\nnames['#' + key] = key\n}\nawait documents.send(new QueryCommand({ TableName, KeyConditionExpression: given.text, ExpressionAttributeNames: names }))",
    ],
    [
      'a list that was read, with an element put into it',
      'const { Item } = await client.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))\nconst lines: any = Item?.lines?.L\nlines[given.at] = { S: id }\nawait client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, lines: { L: lines } } }))',
    ],
    ['a method of its own', 'await given.getItem({ TableName, Key: { id } })'],
    ['a command that is given', 'await client.send(given)'],
    ['what is right', send('GetCommand', '{ TableName, Key: { id }, ConsistentRead: true }')],
    ['a request that is not known whole', send('QueryCommand', '{ TableName, ...given }')],
    ['a request that is given', send('QueryCommand', 'given')],
    [
      'members that are only there at times',
      `const request: any = { TableName }\nif (given) request.KeyConditionExpression = 'id = :id'\nawait documents.send(new ScanCommand(request))`,
    ],
    [
      'a request that a function may complete',
      `const request: any = {}\ngiven.complete(request)\nawait documents.send(new GetCommand(request))`,
    ],
    [
      'what is marshalled',
      `const item = { id: 'a' }\nawait client.send(new PutItemCommand({ TableName, Item: marshall(item) }))\nawait client.send(new GetItemCommand({ TableName, Key: marshall({ id: 'a' }) }))`,
    ],
    [
      'one marshalled value',
      "await client.send(new PutItemCommand({ TableName, Item: { id: { S: 'a' }, list: marshall(['a']) as any } }))",
    ],
    [
      'a map that is stored as such',
      send('PutCommand', "{ TableName, Item: { id, sizes: { S: 'small' } } }"),
    ],
    [
      'members that are null',
      send('ScanCommand', '{ TableName, ExclusiveStartKey: given.last ?? undefined, Limit: null }'),
    ],
    [
      'items that may differ',
      send(
        'TransactWriteCommand',
        '{ TransactItems: [{ Delete: { TableName, Key: { id } } }, { Delete: { TableName, Key: { id: given } } }, { Delete: { TableName: given, Key: { id } } }] }',
      ),
    ],
    [
      'entries of branches that exclude each other',
      send(
        'TransactWriteCommand',
        '{ TransactItems: [...(given ? [{ Delete: { TableName, Key: { id } } }] : [{ Delete: { TableName, Key: { id } } }])] }',
      ),
    ],
    [
      'a table that is filled in later',
      send('GetCommand', "{ TableName: '{TABLE}', Key: { id } }"),
    ],
    [
      'a number to be replaced, as examples have it',
      "await client.send(new GetItemCommand({ TableName, Key: { id: { N: 'KEY_VALUE' } } }))",
    ],
    [
      'a client that is bound to a table',
      'const bound = new DocumentClient({ params: { TableName } })\nawait bound.get({ Key: { id } } as any).promise()',
    ],
    [
      'a client that nobody knows',
      "await given.query({ TableName, KeyConditionExpression: 'id = :id', pageSize: 5 })",
    ],
    ['a statement of another library', 'await given.send({ ExecuteStatement: {} })'],
  ])('%s', (_, body) => {
    expect(said(body)).toEqual([])
  })
})
