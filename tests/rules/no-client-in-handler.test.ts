import { describe, expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'
import { applied } from '../suggestions/applied.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'no-client-in-handler'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
  import type { APIGatewayProxyEvent } from 'aws-lambda'
`

const get = "await documents.send(new GetCommand({ TableName: 'T', Key: { id: event.path } }))"

const handler = (body: string, before = ''): string =>
  `${head}${before}export const handler = async (event: APIGatewayProxyEvent) => {\n  ${body}\n  ${get}\n  return { statusCode: 200, body: '' }\n}\n`

const made = 'const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))'

it('says what it costs', () => {
  expect(reportsOf(rule, handler(made))).toEqual([
    '5:53-5:67 DynamoDBClient: A client is made on each call of the Lambda handler (handler): each has connections of its own to open, and credentials to find. Made once, at module level, it keeps both from one call to the next.',
  ])
})

it('says the way to it', () => {
  const code = handler(
    'const documents = open()',
    `function open() {\n  return DynamoDBDocumentClient.from(new DynamoDBClient({}))\n}\n`,
  )
  expect(reportsOf(rule, code)[0]).toMatch(/^5:\d+-\d+:\d+ DynamoDBClient: .*\(open ← handler\)/)
})

it('speaks of the document client alone where the client is made once', () => {
  const code = handler(
    'const documents = DynamoDBDocumentClient.from(client)',
    'const client = new DynamoDBClient({})\n',
  )
  expect(reportsOf(rule, code)).toEqual([
    '6:44-6:48 from: A document client is made on each call of the Lambda handler (handler), around a client that is made once: make it beside that.',
  ])
})

describe('reports', () => {
  it.each([
    [
      'both, once',
      handler(
        "const client = new DynamoDBClient({ region: process.env.AWS_REGION ?? 'eu-west-1' })\n  const documents = DynamoDBDocumentClient.from(client)",
      ),
    ],
    [
      'SDK v2',
      `import AWS from 'aws-sdk'\nexport const handler = async (event: { Records: { body: string }[] }) => {\n  const documents = new AWS.DynamoDB.DocumentClient()\n  for (const { body } of event.Records) await documents.put({ TableName: 'T', Item: { body } }).promise()\n}\n`,
    ],
    [
      'an object made for each call',
      handler(
        'const { documents } = new Store()',
        'class Store {\n  documents\n  constructor() {\n    this.documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))\n  }\n}\n',
      ),
    ],
    ['a branch of a route', handler(`if (event.httpMethod !== 'GET') return\n  ${made}`)],
    [
      'a switch that never changes',
      handler(
        `const config = LOCAL ? { endpoint: 'http://localhost:8000' } : {}\n  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(config))`,
        "const LOCAL = process.env.STAGE === 'local'\n",
      ),
    ],
    [
      'something else that is asked before',
      handler(
        `if (!TABLE) throw new Error('no table')\n  ${made}`,
        'const TABLE = process.env.TABLE\n',
      ),
    ],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toHaveLength(1)
  })
})

describe('says nothing of', () => {
  it.each([
    ['module level', handler('', `${made}\n`)],
    [
      'credentials of the request',
      handler(
        'const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ credentials: JSON.parse(event.body as string) }))',
      ),
    ],
    [
      'credentials that were asked for',
      `import { STSClient, AssumeRoleCommand } from '@aws-sdk/client-sts'\nconst sts = new STSClient({})\n${handler(
        "const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: 'a', RoleSessionName: 'b' }))\n  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ credentials: Credentials as never }))",
      )}`,
    ],
    [
      'one that is kept',
      handler(
        'const documents = open()',
        `let kept: DynamoDBDocumentClient | undefined\nfunction open() {\n  if (!kept) kept = DynamoDBDocumentClient.from(new DynamoDBClient({}))\n  return kept\n}\n`,
      ),
    ],
    [
      'one that is kept, early',
      handler(
        'const documents = open()',
        `let kept: DynamoDBDocumentClient | undefined\nfunction open() {\n  if (kept) return kept\n  kept = DynamoDBDocumentClient.from(new DynamoDBClient({}))\n  return kept\n}\n`,
      ),
    ],
    [
      'one that is kept, in short',
      handler(
        'const documents = open()',
        `let kept: DynamoDBDocumentClient | undefined\nconst open = () => (kept ??= DynamoDBDocumentClient.from(new DynamoDBClient({})))\n`,
      ),
    ],
    [
      'one of a cache',
      handler(
        'const documents = open()',
        `const kept = new Map<string, DynamoDBDocumentClient>()\nfunction open() {\n  const known = kept.get('x')\n  if (known) return known\n  const made = DynamoDBDocumentClient.from(new DynamoDBClient({}))\n  kept.set('x', made)\n  return made\n}\n`,
      ),
    ],
    [
      'one whose maker is only called once',
      handler(
        'const documents = open()',
        `let kept: DynamoDBDocumentClient | undefined\nconst make = () => DynamoDBDocumentClient.from(new DynamoDBClient({}))\nfunction open() {\n  kept ??= make()\n  return kept\n}\n`,
      ),
    ],
    [
      'one of a class',
      handler(
        'const documents = Store.open()',
        `class Store {\n  static kept: DynamoDBDocumentClient | undefined\n  static open() {\n    if (!Store.kept) Store.kept = DynamoDBDocumentClient.from(new DynamoDBClient({}))\n    return Store.kept\n  }\n}\n`,
      ),
    ],
    [
      'one of the process',
      handler(
        'const documents = open()',
        `const all = globalThis as unknown as { kept?: DynamoDBDocumentClient }\nconst open = () => (all.kept ??= DynamoDBDocumentClient.from(new DynamoDBClient({})))\n`,
      ),
    ],
    [
      'what a package calls once',
      handler(
        'const documents = open()',
        `import memoize from 'memoize'\nconst open = memoize(() => DynamoDBDocumentClient.from(new DynamoDBClient({})))\n`,
      ),
    ],
    [
      'an object made once',
      handler(
        'const { documents } = store',
        'class Store {\n  documents\n  constructor() {\n    this.documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))\n  }\n}\nconst store = new Store()\n',
      ),
    ],
    [
      'a handler that is made',
      `${head}const make = () => {\n  ${made}\n  return async (event: APIGatewayProxyEvent) => {\n    ${get}\n    return { statusCode: 200, body: '' }\n  }\n}\nexport const handler = make()\n`,
    ],
    [
      'a scheduled job',
      `${head}import type { ScheduledEvent } from 'aws-lambda'\nexport const handler = async (event: ScheduledEvent) => {\n  ${made}\n  await documents.send(new GetCommand({ TableName: 'T', Key: { id: event.id } }))\n}\n`,
    ],
    [
      'a function that nobody is known to call',
      `${head}export const read = async (event: { path: string }) => {\n  ${made}\n  ${get}\n}\n`,
    ],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toEqual([])
  })

  it('tests', () => {
    expect(reportsOf(rule, handler(made), { filename: 'src/orders.test.ts' })).toEqual([])
  })
})

describe('offers', () => {
  const outputs = (code: string): readonly string[] => {
    const all = applied({ rule, code })
    expect(typeErrorsIn(all.map(({ title, output }) => [title, output]))).toEqual([])
    expect(all.flatMap(({ left }) => left)).toEqual([])
    return all.map(({ title, output }) => `${title}\n${output}`)
  }

  it('module level, for both', () => {
    const code = handler(
      'const client = new DynamoDBClient({\n    maxAttempts: 5,\n  })\n  const documents = DynamoDBDocumentClient.from(client)\n',
      '/** Reads. */\n',
    )
    expect(outputs(code)).toMatchInlineSnapshot(`
      [
        "Make \`client\` and \`documents\` once, at module level.
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
      import type { APIGatewayProxyEvent } from 'aws-lambda'
      const client = new DynamoDBClient({
        maxAttempts: 5,
      })
      const documents = DynamoDBDocumentClient.from(client)

      /** Reads. */
      export const handler = async (event: APIGatewayProxyEvent) => {
        await documents.send(new GetCommand({ TableName: 'T', Key: { id: event.path } }))
        return { statusCode: 200, body: '' }
      }
      ",
      ]
    `)
  })

  it('module level, for a document client alone', () => {
    const code = handler(
      'const documents = DynamoDBDocumentClient.from(client)',
      'const client = new DynamoDBClient({})\n',
    )
    expect(outputs(code)).toMatchInlineSnapshot(`
      [
        "Make \`documents\` once, at module level.
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
      import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
      import type { APIGatewayProxyEvent } from 'aws-lambda'
      const client = new DynamoDBClient({})
      const documents = DynamoDBDocumentClient.from(client)

      export const handler = async (event: APIGatewayProxyEvent) => {
        await documents.send(new GetCommand({ TableName: 'T', Key: { id: event.path } }))
        return { statusCode: 200, body: '' }
      }
      ",
      ]
    `)
  })

  it.each([
    [
      'a name that is taken',
      handler(
        'const documents = other(DynamoDBDocumentClient.from(new DynamoDBClient({})))',
        'const other = <T>(x: T) => x\n',
      ),
    ],
    [
      'a name that means something else there',
      `const documents = 1\n${handler(made)}export { documents }\n`,
    ],
    [
      'what only the function has',
      handler(
        'const options = { maxAttempts: 3 }\n  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(options))',
      ),
    ],
    [
      'what is declared further down',
      `${handler('const documents = DynamoDBDocumentClient.from(new DynamoDBClient(options))')}const options = { maxAttempts: 3 }\n`,
    ],
    [
      'two in one line',
      handler('const documents = DynamoDBDocumentClient.from(new DynamoDBClient({})), other = 1'),
    ],
  ])('nothing for %s', (_, code) => {
    expect(applied({ rule, code })).toEqual([])
    expect(reportsOf(rule, code)).toHaveLength(1)
  })
})
