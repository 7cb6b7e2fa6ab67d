import { describe, expect, it } from 'vitest'
import { typeErrorsIn } from '../suggestions/type-check.ts'
import { mended } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'no-legacy-parameters'

const head = program`
  import { DynamoDB, DynamoDBClient, ScanCommand as LowLevelScan } from '@aws-sdk/client-dynamodb'
  import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, ScanCommand, UpdateCommand, paginateScan } from '@aws-sdk/lib-dynamodb'
  export const client = new DynamoDBClient({})
  export const lowLevel = new DynamoDB({})
  export const documents = DynamoDBDocumentClient.from(client)
  export const used = [BatchGetCommand, GetCommand, LowLevelScan, PutCommand, QueryCommand, ScanCommand, UpdateCommand, paginateScan]
  const TableName = 'Orders'
`

/** A function whose first line is line 9. */
const run = (body: string, rest = ''): string =>
  `${head}export async function run(id: string, given: any) {\n${body}\nreturn [id, given]\n}\n${rest}`

const send = (command: string, members: string): string =>
  `await documents.send(new ${command}({ TableName, ${members} }))`

const said = (body: string, rest = ''): string[] =>
  reportsOf(rule, run(body, rest)).map((report) => report.replace(/^\S+ /, ''))

describe('reports', () => {
  it('the first parameter of a request', () => {
    expect(
      reportsOf(
        rule,
        run(
          send(
            'QueryCommand',
            "KeyConditions: { id: { ComparisonOperator: 'EQ', AttributeValueList: [id] } }, QueryFilter: { total: { ComparisonOperator: 'GT', AttributeValueList: [5] } }",
          ),
        ),
      ),
    ).toEqual([
      '9:52-9:65 KeyConditions: `KeyConditions` and `QueryFilter`: legacy, reaches no nested attribute and goes with no expression. Use `KeyConditionExpression` and `FilterExpression`.',
    ])
  })

  it('what DynamoDB refuses beside an expression', () => {
    expect(
      said(send('GetCommand', "Key: { id }, ProjectionExpression: 'a', AttributesToGet: ['b']")),
    ).toEqual([
      'AttributesToGet: DynamoDB rejects this: Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}',
    ])
  })

  it.each([
    ['a scan', send('ScanCommand', "AttributesToGet: ['a']"), ['AttributesToGet']],
    [
      'a batch',
      "await documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ id }], AttributesToGet: ['a'] } } }))",
      ['AttributesToGet'],
    ],
    [
      'a parameter that is set later',
      "const request: any = { TableName, Key: { id } }\nif (given) request.AttributesToGet = ['a']\nawait documents.send(new GetCommand(request))",
      ['AttributesToGet'],
    ],
  ])('of %s', (_, body, expected) => {
    expect(said(body).map((report) => report.split(': ')[0])).toEqual(expected)
  })

  it('what a call gives to a wrapper, at the call', () => {
    const wrapper =
      'const get = (more: object) => documents.send(new GetCommand({ TableName, Key: { id: 1 }, ...more }))\n'
    expect(said("await get({ AttributesToGet: ['a'] })", wrapper)).toHaveLength(1)
    expect(said("await get({ AttributesToGet: ['a'] })", wrapper)[0]).toMatch(/^AttributesToGet: /)
  })
})

describe('says nothing of', () => {
  it.each([
    ['expressions', send('GetCommand', "Key: { id }, ProjectionExpression: 'a'")],
    ['a member that its operation does not have', send('ScanCommand', 'KeyConditions: given')],
    ['a parameter that is left out', send('ScanCommand', 'AttributesToGet: undefined')],
    ['what is not known', send('ScanCommand', '...given')],
    ['other libraries', "await given.find({ Expected: {}, AttributesToGet: ['a'] })"],
  ])('%s', (_, body) => {
    expect(said(body)).toEqual([])
  })
})

const suggestions: readonly (readonly [string, string, string])[] = [
  [
    'attributes to get, reserved ones by an alias',
    send('GetCommand', "Key: { id }, AttributesToGet: ['total', 'name', 'a.b']"),
    send(
      'GetCommand',
      "Key: { id }, ProjectionExpression: '#total, #name, #ab', ExpressionAttributeNames: { '#total': 'total', '#name': 'name', '#ab': 'a.b' }",
    ),
  ],
  [
    'key conditions and a filter, each operator',
    send(
      'QueryCommand',
      "KeyConditions: { id: { ComparisonOperator: 'EQ', AttributeValueList: [id] }, day: { ComparisonOperator: 'BETWEEN', AttributeValueList: ['a', 'b'] } }, QueryFilter: { a: { ComparisonOperator: 'NE', AttributeValueList: [1] }, b: { ComparisonOperator: 'NULL' }, c: { ComparisonOperator: 'IN', AttributeValueList: [1, 2] }, d: { ComparisonOperator: 'NOT_CONTAINS', AttributeValueList: ['x'] } }",
    ),
    send(
      'QueryCommand',
      "KeyConditionExpression: 'id = :id AND #day BETWEEN :day AND :day2', FilterExpression: 'a <> :a AND attribute_not_exists(b) AND c IN (:a, :c) AND NOT contains(d, :d)', ExpressionAttributeNames: { '#day': 'day' }, ExpressionAttributeValues: { ':id': id, ':day': 'a', ':day2': 'b', ':a': 1, ':c': 2, ':d': 'x' }",
    ),
  ],
  [
    'a filter whose conditions are joined by OR',
    send(
      'ScanCommand',
      "ScanFilter: { a: { ComparisonOperator: 'LT', AttributeValueList: [1] }, b: { ComparisonOperator: 'BEGINS_WITH', AttributeValueList: [id] } }, ConditionalOperator: 'OR', Limit: 5",
    ),
    send(
      'ScanCommand',
      "FilterExpression: 'a < :a OR begins_with(b, :b)', ExpressionAttributeValues: { ':a': 1, ':b': id }, Limit: 5",
    ),
  ],
  [
    'values of the low-level client as they are',
    "await client.send(new LowLevelScan({ TableName, ScanFilter: { a: { ComparisonOperator: 'GE', AttributeValueList: [{ N: '1' }] } } }))",
    "await client.send(new LowLevelScan({ TableName, FilterExpression: 'a >= :a', ExpressionAttributeValues: { ':a': { N: '1' } } }))",
  ],
  [
    'expectations',
    send(
      'PutCommand',
      'Item: { id }, Expected: { id: { Exists: false }, total: { Value: 5 }, a: { ComparisonOperator: "NOT_NULL" } }',
    ),
    send(
      'PutCommand',
      "Item: { id }, ConditionExpression: 'attribute_not_exists(id) AND #total = :total AND attribute_exists(a)', ExpressionAttributeNames: { '#total': 'total' }, ExpressionAttributeValues: { ':total': 5 }",
    ),
  ],
  [
    'updates, by section',
    send(
      'UpdateCommand',
      "Key: { id }, AttributeUpdates: { a: { Action: 'PUT', Value: 1 }, b: { Action: 'ADD', Value: 2 }, c: { Action: 'DELETE' }, d: { Value: given.d }, e: { Action: 'DELETE', Value: new Set(['x']) } }",
    ),
    send(
      'UpdateCommand',
      "Key: { id }, UpdateExpression: 'SET a = :a, d = :d REMOVE c ADD b :b DELETE e :e', ExpressionAttributeValues: { ':a': 1, ':b': 2, ':d': given.d, ':e': new Set(['x']) }",
    ),
  ],
  [
    'a request that has names and values already',
    send(
      'QueryCommand',
      "KeyConditionExpression: '#id = :id', AttributesToGet: ['name', 'id', 'state'], ExpressionAttributeNames: { '#id': 'id', '#name': 'other' }, ExpressionAttributeValues: { ':id': id }",
    ),
    send(
      'QueryCommand',
      "KeyConditionExpression: '#id = :id', ProjectionExpression: '#name2, #id, #state', ExpressionAttributeNames: { '#id': 'id', '#name': 'other', '#name2': 'name', '#state': 'state' }, ExpressionAttributeValues: { ':id': id }",
    ),
  ],
  [
    'a request in a function that a variable holds',
    "const get = async () => {\n  const request = { TableName, Key: { id }, AttributesToGet: ['a'] }\n  return documents.send(new GetCommand(request))\n}\nawait get()",
    "const get = async () => {\n  const request = { TableName, Key: { id }, ProjectionExpression: 'a' }\n  return documents.send(new GetCommand(request))\n}\nawait get()",
  ],
  [
    'a request whose answer a variable holds',
    "const page = paginateScan({ client: documents }, { AttributesToGet: ['a'], TableName })\ngiven.take(page)",
    "const page = paginateScan({ client: documents }, { ProjectionExpression: 'a', TableName })\ngiven.take(page)",
  ],
  [
    'a request that gets its page later',
    "const request: any = {\n  TableName,\n  AttributesToGet: ['a'],\n}\ndo {\n  const page = await documents.send(new ScanCommand(request))\n  request.ExclusiveStartKey = page.LastEvaluatedKey\n} while (request.ExclusiveStartKey)",
    "const request: any = {\n  TableName,\n  ProjectionExpression: 'a',\n}\ndo {\n  const page = await documents.send(new ScanCommand(request))\n  request.ExclusiveStartKey = page.LastEvaluatedKey\n} while (request.ExclusiveStartKey)",
  ],
]

describe('the suggestion', () => {
  it.each(suggestions)('writes %s', (_, before, after) => {
    expect(mended(rule, run(before)).map(({ code }) => code)).toEqual([run(after)])
  })

  it('says what it writes', () => {
    const [first] = mended(rule, run(send('ScanCommand', "AttributesToGet: ['a']")))
    expect(first?.title).toBe('Use `ProjectionExpression` instead.')
  })

  it('leaves code that compiles', { timeout: 60_000 }, () => {
    const texts = suggestions.flatMap(([title, before]) =>
      mended(rule, run(before)).map(({ code }) => [title, code] as const),
    )
    expect(texts.length).toBe(suggestions.length)
    expect(typeErrorsIn(texts)).toEqual([])
  })

  it.each([
    ['the attributes are given from elsewhere', send('ScanCommand', 'AttributesToGet: given')],
    ['an attribute is', send('ScanCommand', 'AttributesToGet: [given]')],
    [
      'the operator is',
      send(
        'ScanCommand',
        'ScanFilter: { a: { ComparisonOperator: given, AttributeValueList: [1] } }',
      ),
    ],
    [
      'the number of values is',
      send(
        'ScanCommand',
        "ScanFilter: { a: { ComparisonOperator: 'IN', AttributeValueList: [...given] } }",
      ),
    ],
    [
      'an operator has too few values',
      send('ScanCommand', "ScanFilter: { a: { ComparisonOperator: 'EQ' } }"),
    ],
    ['more of the request is not known', send('ScanCommand', "AttributesToGet: ['a'], ...given")],
    [
      'there is such an expression already',
      send('GetCommand', "Key: { id }, ProjectionExpression: 'a', AttributesToGet: ['b']"),
    ],
    [
      'a wrapper is given a part of the request',
      "const get = (more: object) => documents.send(new GetCommand({ TableName, Key: { id: 1 }, ...more }))\nawait get({ AttributesToGet: ['a'] })",
    ],
    [
      'the request is used twice',
      "const request = { TableName, AttributesToGet: ['a'] }\nconsole.log(request)\nawait documents.send(new ScanCommand(request))",
    ],
    ['a comment would be lost', send('ScanCommand', "AttributesToGet: [/* the only one */ 'a']")],
  ])('is withheld where %s', (_, body) => {
    expect(mended(rule, run(body))).toEqual([])
  })
})
