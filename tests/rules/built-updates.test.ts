/** Updates whose expression code builds of the properties of an object, one by one. */
import { describe, expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'no-unconditional-read-modify-write'

const update = (build: string, request: string): string => program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  import type { APIGatewayProxyHandler } from 'aws-lambda'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  async function change(id: string, changes: Record<string, unknown>) {
    ${build}
    await documents.send(new UpdateCommand({ TableName: 'Users', Key: { id }, ${request} }))
  }
  export const handler: APIGatewayProxyHandler = async (event) => {
    const { id, name } = JSON.parse(event.body!)
    const { Item } = await documents.send(new GetCommand({ TableName: 'Users', Key: { id } }))
    await change(id, { points: Item!.points + 10, name })
    return { statusCode: 204, body: '' }
  }
`

const said = (build: string, request: string): string[] =>
  reportsOf(rule, update(build, request), { filename: 'src/handler.ts' })

const NAMED =
  'UpdateExpression: expression, ExpressionAttributeNames: names, ExpressionAttributeValues: values'

const WAYS: readonly (readonly [string, string, string])[] = [
  [
    'for each key',
    `const parts: string[] = []; const names = {}; const values = {};
    Object.keys(changes).forEach((key) => { if (key !== 'id') { parts.push(\`#k\${key} = :v\${key}\`); names[\`#k\${key}\`] = key; values[\`:v\${key}\`] = changes[key] } })`,
    "UpdateExpression: 'SET ' + parts.join(', '), ExpressionAttributeNames: names, ExpressionAttributeValues: values",
  ],
  [
    'a loop over the entries',
    `let expression = 'SET '; const names = {}; const values = {};
    for (const [key, value] of Object.entries(changes)) { expression += \`#\${key} = :\${key}, \`; names[\`#\${key}\`] = key; values[\`:\${key}\`] = value }`,
    NAMED.replace('expression,', 'expression.slice(0, -2),'),
  ],
  [
    'a loop over the keys',
    `let expression = 'set'; const names = {}; const values = {};
    for (const key in changes) { expression = \`\${expression} #\${key} = :\${key},\`; names['#' + key] = key; values[':' + key] = changes[key] }`,
    NAMED.replace('expression,', 'expression.slice(0, -1),'),
  ],
  [
    'mapped entries',
    `const entries = Object.entries(changes).filter(([, value]) => value !== undefined)
    const expression = \`SET \${entries.map(([key], i) => \`#n\${i} = :v\${i}\`).join(', ')}\`
    const names = Object.fromEntries(entries.map(([key], i) => [\`#n\${i}\`, key]))
    const values = Object.fromEntries(entries.map(([, value], i) => [\`:v\${i}\`, value]))`,
    NAMED,
  ],
  [
    'keys that are reduced',
    `const keys = Object.keys(changes)
    const expression = 'SET ' + keys.map((key) => \`#\${key} = :\${key}\`).join(', ')
    const names = keys.reduce((all, key) => ({ ...all, [\`#\${key}\`]: key }), {})
    const values = keys.reduce((all, key) => ({ ...all, [\`:\${key}\`]: changes[key] }), {})`,
    NAMED,
  ],
]

describe('what is set is what the object has', () => {
  it.each(WAYS)('%s', (_, build, request) => {
    expect(said(build, request)).toEqual([
      expect.stringMatching(
        /UpdateCommand: `points` of `Users` is read in line \d+, and a value derived from that is written back with no condition \(change ← handler\)/,
      ),
    ])
  })

  it.each(WAYS)('%s, under a condition on what was read', (_, build, request) => {
    const guarded = `${request}, ConditionExpression: 'points = :before'`
    expect(said(build, guarded)).toEqual([])
  })

  it.each([
    [
      'adds',
      "'SET ' + Object.keys(changes).map((key) => `#${key} = #${key} + :${key}`).join(', ')",
    ],
    [
      'sets where there is nothing',
      "'SET ' + Object.keys(changes).map((key) => `#${key} = if_not_exists(#${key}, :${key})`).join(', ')",
    ],
    ['adds to', "'ADD ' + Object.keys(changes).map((key) => `#${key} :${key}`).join(', ')"],
    ['removes', "'REMOVE ' + Object.keys(changes).map((key) => `#${key}`).join(', ')"],
  ])('not where the expression %s', (_, expression) => {
    const build = `const expression = ${expression}; const names = {}, values = Object.assign({}, changes)`
    expect(said(build, NAMED)).toEqual([])
  })

  it('not where properties of another object are written beside', () => {
    const build = `const other = { at: 1 }
      const expression = 'SET ' + [...Object.keys(changes), ...Object.keys(other)].map((key) => \`#\${key} = :\${key}\`).join(', ')
      const names = {}, values = {}`
    expect(said(build, NAMED)).toEqual([])
  })
})
