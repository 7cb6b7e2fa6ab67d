import { describe, expect, it } from 'vitest'
import { fixed } from '../support/fixed.ts'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'valid-placeholders'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const TableName = 'Orders'
`

/** A function whose first line is line 6. */
const run = (body: string, rest = ''): string =>
  `${head}export async function run(id: string, given: any) {\n${body}\n}\n${rest}`

const update = (members: string): string =>
  `await documents.send(new UpdateCommand({ TableName, Key: { id }, ${members} }))`

/** The text at each report, and DynamoDB's message. */
const said = (body: string, rest = ''): string[] =>
  reportsOf(rule, run(body, rest)).map((report) =>
    report
      .replace(/^\S+ /, '')
      .replace(/: (?:(?:`|No expression).*)?DynamoDB rejects this: /, ' | '),
  )

describe('reports', () => {
  it('what is not defined where it is used', () => {
    expect(
      reportsOf(
        rule,
        run(update("UpdateExpression: 'SET #a = :a', ExpressionAttributeValues: { ':a': 1 }")),
      ),
    ).toEqual([
      '6:89-6:91 #a: `#a` is not defined. DynamoDB rejects this: Invalid UpdateExpression: An expression attribute name used in the document path is not defined; attribute name: #a',
    ])
  })

  it('what is not used at its entry', () => {
    expect(
      reportsOf(
        rule,
        run(
          update("UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': 1, ':b': 2 }"),
        ),
      ),
    ).toEqual([
      "6:136-6:140 ':b': No expression of this request uses `:b`. DynamoDB rejects this: Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}",
    ])
  })

  it.each([
    [
      'a value that no way defines',
      `const values: any = {}\nif (given) values[':b'] = 1\n${update("UpdateExpression: 'SET a = :a, b = :b', ExpressionAttributeValues: values")}`,
      [
        ':a | Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :a',
      ],
    ],
    [
      'an empty map',
      update("UpdateExpression: 'REMOVE a', ExpressionAttributeNames: {}"),
      ['{} | ExpressionAttributeNames must not be empty'],
    ],
    [
      'a map without an expression',
      "await documents.send(new PutCommand({ TableName, Item: { id }, ExpressionAttributeValues: { ':a': 1 } }))",
      [
        "{ ':a': 1 } | ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null",
      ],
    ],
    [
      'a placeholder that is written wrongly',
      update("UpdateExpression: 'REMOVE #a', ExpressionAttributeNames: { '#a': 'a', 'b': 'b' }"),
      [
        `'b' | ExpressionAttributeNames contains invalid key: Syntax error; key: "b"`,
        `'b' | Value provided in ExpressionAttributeNames unused in expressions: keys: {b}`,
      ],
    ],
    [
      'the projection of a batch',
      "await documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ id }], ProjectionExpression: 'id, #n' } } }))",
      [
        '#n | Invalid ProjectionExpression: An expression attribute name used in the document path is not defined; attribute name: #n',
      ],
    ],
  ])('%s', (_, body, expected) => {
    expect(said(body)).toEqual(expected)
  })

  it('what a call gives to a wrapper', () => {
    const wrapper =
      'const change = (UpdateExpression: string, values: object) => documents.send(new UpdateCommand({ TableName, Key: { id: 1 }, UpdateExpression, ExpressionAttributeValues: values }))\n'
    expect(
      said("await change('SET a = :a', { ':b': 1 })", wrapper).map((text) => text.split(' | ')[0]),
    ).toEqual([':a', "':b'"])
  })
})

describe('says nothing of', () => {
  it.each([
    [
      'what an expression uses that its operation does not have',
      "await documents.send(new ScanCommand({ TableName, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': 1 } }))",
    ],
    [
      'what some way defines and uses',
      `const values: any = { ':a': 1 }\nlet text = 'SET a = :a'\nif (given) {\ntext += ', b = :b'\nvalues[':b'] = 2\n}\n${update('UpdateExpression: text, ExpressionAttributeValues: values')}`,
    ],
    [
      'maps that are not known',
      update(
        "UpdateExpression: 'SET #a = :a', ExpressionAttributeNames: given.names, ExpressionAttributeValues: { ...given }",
      ),
    ],
    [
      'what a part that is not known may use',
      update(
        "UpdateExpression: `SET a = :a${given}`, ExpressionAttributeValues: { ':a': 1, ':b': 2 }",
      ),
    ],
    [
      'what a request that is not known whole may have',
      update("...given, ExpressionAttributeValues: { ':a': 1 }"),
    ],
    [
      'maps that a callback fills',
      `const values: any = {}\ngiven.forEach((x: string) => { values[x] = 1 })\n${update("UpdateExpression: 'SET a = :a', ExpressionAttributeValues: values")}`,
    ],
    [
      'maps that a function may fill',
      `const values: any = {}\ngiven.fill(values)\n${update("UpdateExpression: 'SET a = :a', ExpressionAttributeValues: values")}`,
    ],
    [
      'maps that are filled under another name',
      `const values: any = {}\nconst request = { TableName, Key: { id }, UpdateExpression: 'SET a = :a', ExpressionAttributeValues: values }\nvalues[':a'] = 1\nawait documents.send(new UpdateCommand(request))`,
    ],
    [
      'a map that is left out when it is empty',
      `const names: any = {}\nif (given) names['#a'] = 'a'\n${update("UpdateExpression: given ? 'REMOVE #a' : 'REMOVE a', ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names })")}`,
    ],
    [
      'a filter that is set on one of two ways, of which a caller goes neither',
      "await read('a')\nawait read('a', { type: 'x', status: 'b' })",
      `async function read(id: string, by?: { type?: string; status?: string }) {
  const names: any = { '#i': 'id' }
  const values: any = { ':i': id }
  let filter: string | undefined
  if (by?.type) {
    names['#t'] = 'type'
    values[':t'] = by.type
    filter = '#t = :t'
  } else if (by?.status) {
    names['#s'] = 'status'
    values[':s'] = by.status
    filter = '#s = :s'
  }
  await documents.send(new QueryCommand({ TableName, KeyConditionExpression: '#i = :i', FilterExpression: filter, ExpressionAttributeNames: names, ExpressionAttributeValues: values }))
}`,
    ],
    [
      'values in a loop',
      `const values: any = {}\nfor (const x of given) values[':' + x] = x\n${update("UpdateExpression: 'SET a = :a', ExpressionAttributeValues: values")}`,
    ],
  ])('%s', (_, body, rest = '') => {
    expect(said(body, rest)).toEqual([])
  })
})

describe('placeholders that are used on some ways only', () => {
  const NAMES = "ExpressionAttributeNames: { '#a': 'a', '#b': 'b' }"
  const text = "UpdateExpression: `SET ${parts.join(', ')}`"
  const push = (name: string): string =>
    `parts.push('#${name} = :${name}')\nvalues[':${name}'] = given.${name}`
  const build = (parts: string, members = `${text}, ${NAMES}, ExpressionAttributeValues: values`) =>
    `const parts: string[] = []\nconst values: any = {}\n${parts}\nif (parts.length === 0) return\n${update(members)}`
  const both = `if (given.a !== undefined) {\n${push('a')}\n}\nif (given.b !== undefined) {\n${push('b')}\n}`

  it('are told once for a map, at the first of them', () => {
    expect(said(build(both))).toEqual([
      "'#a': No expression uses `#a` unless `given.a !== undefined`, nor `#b` unless `given.b !== undefined`. DynamoDB rejects this then: Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}",
    ])
  })

  it.each([
    [
      'beside a part that is always there',
      build(`${push('b')}\nif (given.a) {\n${push('a')}\n}`),
      ["'#a'"],
    ],
    [
      'on the other arm',
      build(`if (given.a) {\n${push('a')}\n} else {\n${push('b')}\n}`),
      ["'#a'"],
    ],
    [
      'values as well as names',
      build(
        "parts.push('a = :a')\nif (given.b) parts.push('b = :b')",
        `${text}, ExpressionAttributeValues: { ':a': 1, ':b': given.b }`,
      ),
      ["':b'"],
    ],
  ])('%s', (_, body, expected) => {
    expect(said(body).map((report) => report.split(': No')[0])).toEqual(expected)
  })

  it.each([
    [
      'where their entry is added with the part',
      build(
        "const names: any = { '#b': 'b' }\nparts.push('#b = :b')\nif (given.a) {\nparts.push('#a = :a')\nnames['#a'] = 'a'\n}",
        `${text}, ExpressionAttributeNames: names, ExpressionAttributeValues: given`,
      ),
    ],
    [
      'where there is no other part',
      build(
        `if (given.a) {\n${push('a')}\n}`,
        `${text}, ExpressionAttributeNames: { '#a': 'a' }, ExpressionAttributeValues: values`,
      ),
    ],
    [
      'where another expression uses them',
      build(
        both,
        `${text}, ConditionExpression: 'attribute_exists(#a) AND attribute_exists(#b)', ${NAMES}, ExpressionAttributeValues: values`,
      ),
    ],
    [
      'where the code asks for them before',
      build(`if (given.a === undefined || given.b === undefined) return\n${both}`),
    ],
    [
      'where one condition takes in the other',
      build(`if (given.a) {\n${push('a')}\n}\nif (given.a && given.b) {\n${push('b')}\n}`),
    ],
    ['where other parts are not known', build(`${both}\nparts.push(given.more)`)],
    [
      'where the map may have them or not',
      build(both, `${text}, ...(given.a && { ${NAMES} }), ExpressionAttributeValues: values`),
    ],
    [
      'where a loop adds the parts',
      build(
        "for (const key of ['a', 'b']) {\nif (given[key]) {\nparts.push(`#${key} = :${key}`)\nvalues[`:${key}`] = given[key]\n}\n}",
      ),
    ],
  ])('not %s', (_, body) => {
    expect(said(body)).toEqual([])
  })
})

describe('the fix', () => {
  it.each([
    [
      'takes out the unused of both maps',
      update(
        "UpdateExpression: 'SET #a = :a', ExpressionAttributeNames: { '#b': 'b', '#a': 'a' }, ExpressionAttributeValues: { ':a': 1, ':b': 2 }",
      ),
      update(
        "UpdateExpression: 'SET #a = :a', ExpressionAttributeNames: { '#a': 'a' }, ExpressionAttributeValues: { ':a': 1 }",
      ),
    ],
    [
      'takes out a map of which nothing is left',
      update(
        "UpdateExpression: 'SET a = :a', ExpressionAttributeNames: { '#b': 'b' }, ExpressionAttributeValues: { ':a': 1 }",
      ),
      update("UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': 1 }"),
    ],
    [
      'takes out whole lines',
      update(
        "UpdateExpression: 'SET a = :a', ExpressionAttributeValues: {\n  ':a': 1,\n  ':b': 2,\n}",
      ),
      update("UpdateExpression: 'SET a = :a', ExpressionAttributeValues: {\n  ':a': 1,\n}"),
    ],
    [
      'takes out what only they needed',
      `const now = given.now\n${update("UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': 1, ':b': now }")}`,
      update("UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': 1 }"),
    ],
  ])('%s', (_, before, after) => {
    expect(fixed(rule, run(before))).toBe(run(after))
  })

  it.each([
    [
      'a value is computed by a call',
      update(
        "UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': 1, ':b': given() }",
      ),
    ],
    [
      'the map is shared',
      `const values = { ':a': 1, ':b': 2 }\nconsole.log(values)\n${update("UpdateExpression: 'SET a = :a', ExpressionAttributeValues: values")}`,
    ],
  ])('is left out where %s', (_, body) => {
    const code = run(body)
    expect(reportsOf(rule, code)).not.toEqual([])
    expect(fixed(rule, code)).toBe(code)
  })
})
