/** Files of the benchmark's own making, so that it runs where no other code is at hand. */
import type { SourceFile } from './measure.ts'
import { pick, shuffled, wholeNumber, type Random } from './random.ts'

const nouns = ['Order', 'User', 'Product', 'Review', 'Invoice', 'Parcel', 'Ticket', 'Tenant']
const fields = ['status', 'email', 'total', 'note', 'city', 'score', 'owner', 'level', 'label']

/** The words that one piece of code is made of; `n` keeps names apart. */
type Words = {
  readonly noun: string
  readonly name: string
  readonly a: string
  readonly b: string
  readonly n: number
}

/** Writes one declaration or a few that belong together. */
type Piece = (words: Words) => string

/**
 * Files without a word of DynamoDB: types, checks, sums, routes.
 * @param directory where ESLint takes them to be
 */
export function plainFiles(count: number, directory: string, random: Random): SourceFile[] {
  return Array.from({ length: count }, (_, index) => ({
    path: `${directory}/plain-${index}.ts`,
    text: module(plainHead, plainPieces, wholeNumber(random, 4, 14), random),
  }))
}

/**
 * Files full of DynamoDB: handlers and a repository, with most kinds of call.
 * @param directory where ESLint takes them to be
 */
export function dynamodbFiles(count: number, directory: string, random: Random): SourceFile[] {
  return Array.from({ length: count }, (_, index) => ({
    path: `${directory}/dynamodb-${index}.ts`,
    text: module(dynamodbHead, dynamodbPieces, wholeNumber(random, 3, 10), random),
  }))
}

/** How a file of any length is laid out: many functions, one function, or one class. */
export const shapes = ['many functions', 'one function', 'one class'] as const

export type Shape = (typeof shapes)[number]

/** A file full of DynamoDB, of a shape, with at least so many lines and at most one piece more. */
export function longFile(shape: Shape, lines: number, random: Random): string {
  const [head, pieces, foot] = {
    'many functions': [dynamodbHead, dynamodbPieces, ''],
    'one function': [`${dynamodbHead}\n${functionHead}`, statementPieces, '  return body\n}\n'],
    'one class': [`${dynamodbHead}\n${classHead}`, methodPieces, '}\n'],
  }[shape] as [string, readonly Piece[], string]
  const parts = [head]
  let length = lineCount(head) + lineCount(foot)
  for (let n = 0; length < lines; n += 1) {
    const part = pick(random, pieces)(wordsOf(random, n))
    parts.push(part)
    length += lineCount(part)
  }
  return [...parts, foot].join('')
}

/** The number of lines of a text that ends with its last line's end. */
export function lineCount(text: string): number {
  return text.split('\n').length - 1
}

function module(head: string, pieces: readonly Piece[], count: number, random: Random): string {
  const order = Array.from({ length: Math.ceil(count / pieces.length) }, () =>
    shuffled(random, pieces),
  ).flat()
  const parts = order.slice(0, count).map((piece, n) => piece(wordsOf(random, n)))
  return [head, ...parts].join('')
}

function wordsOf(random: Random, n: number): Words {
  const noun = pick(random, nouns)
  const [a = 'status', b = 'note'] = shuffled(random, fields)
  return { noun, name: noun.toLowerCase(), a, b, n }
}

const plainHead = `import express from 'express'
import { z } from 'zod'

const app = express()
`

const plainPieces: readonly Piece[] = [
  ({ noun, a, b, n }) => `
export interface ${noun}${n} {
  readonly id: string
  readonly ${a}: string
  readonly ${b}?: number
}

export function compare${noun}${n}(left: ${noun}${n}, right: ${noun}${n}): number {
  if (left.${a} === right.${a}) return (left.${b} ?? 0) - (right.${b} ?? 0)
  return left.${a} < right.${a} ? -1 : 1
}
`,
  ({ noun, name, a, b, n }) => `
const ${name}Schema${n} = z.object({
  id: z.string().min(1),
  ${a}: z.string().optional(),
  ${b}: z.number().int().default(${n}),
})

export function parse${noun}${n}(input: unknown) {
  const result = ${name}Schema${n}.safeParse(input)
  if (!result.success) {
    throw new Error(\`${noun} is not valid: \${result.error.message}\`)
  }
  return { ...result.data, receivedAt: new Date().toISOString() }
}
`,
  ({ noun, name, a, b, n }) => `
export function total${noun}${n}(items: { ${a}: string; ${b}: number }[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const { ${a}, ${b} } of items) {
    if (${b} < 0) continue
    totals.set(${a}, (totals.get(${a}) ?? 0) + ${b})
  }
  return new Map([...totals].filter(([, ${name}]) => ${name} > ${n}))
}
`,
  ({ name, a, b, n }) => `
app.get('/${name}/${n}/:id', async (request, response) => {
  const { id } = request.params
  const answer = await fetch(\`https://example.com/${name}/\${id}?${a}=\${request.query.${a}}\`)
  if (!answer.ok) {
    response.status(502).json({ message: 'Try again later.' })
    return
  }
  const body = await answer.json()
  response.json({ id, ${a}: body.${a}, ${b}: body.items.map((item) => item.${b}).join(', ') })
})
`,
  ({ noun, a, b, n }) => `
export class ${noun}Cache${n} {
  private readonly kept = new Map<string, { ${a}: string; until: number }>()

  constructor(private readonly seconds: number) {}

  get(id: string): string | undefined {
    const found = this.kept.get(id)
    if (found === undefined || found.until < Date.now()) return undefined
    return found.${a}
  }

  set(id: string, ${a}: string, ${b} = this.seconds): void {
    this.kept.set(id, { ${a}, until: Date.now() + ${b} * 1000 })
  }
}
`,
]

const dynamodbHead = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyEvent } from 'aws-lambda'

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = process.env.TABLE_NAME ?? 'app'
`

const dynamodbPieces: readonly Piece[] = [
  ({ noun, name, a, n }) => `
export async function get${noun}${n}(id: string) {
  const { Item } = await client.send(
    new GetCommand({ TableName, Key: { PK: \`${noun.toUpperCase()}#\${id}\`, SK: 'PROFILE' } }),
  )
  if (!Item) throw new Error('No such ${name}.')
  return { id, ${a}: Item.${a} }
}
`,
  ({ noun, name, a, b, n }) => `
export const update${noun}${n} = async (event: APIGatewayProxyEvent) => {
  const id = event.pathParameters?.id ?? ''
  const body = JSON.parse(event.body ?? '{}')
  const { Item: ${name} } = await client.send(
    new GetCommand({ TableName, Key: { PK: \`${noun.toUpperCase()}#\${id}\`, SK: 'PROFILE' } }),
  )
  if (!${name}) return { statusCode: 404, body: '' }
  ${name}.${a} = body.${a} ?? ${name}.${a}
  ${name}.${b} = (${name}.${b} ?? 0) + 1
  await client.send(new PutCommand({ TableName, Item: ${name} }))
  return { statusCode: 200, body: JSON.stringify(${name}) }
}
`,
  ({ noun, name, a, n }) => `
export async function list${noun}s${n}(owner: string, ${a}?: string) {
  const items = []
  let ExclusiveStartKey: Record<string, unknown> | undefined
  do {
    const page = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'PK = :pk AND begins_with(SK, :sk)',
        FilterExpression: ${a} === undefined ? undefined : '#a = :a',
        ExpressionAttributeNames: ${a} === undefined ? undefined : { '#a': '${a}' },
        ExpressionAttributeValues: {
          ':pk': \`OWNER#\${owner}\`,
          ':sk': '${name.toUpperCase()}#',
          ...(${a} === undefined ? {} : { ':a': ${a} }),
        },
        ExclusiveStartKey,
      }),
    )
    items.push(...(page.Items ?? []))
    ExclusiveStartKey = page.LastEvaluatedKey
  } while (ExclusiveStartKey)
  return items
}
`,
  ({ noun, a, n }) => `
export const find${noun}s${n} = async (event: APIGatewayProxyEvent) => {
  const { Items = [] } = await client.send(
    new ScanCommand({
      TableName,
      FilterExpression: '#a = :a',
      ExpressionAttributeNames: { '#a': '${a}' },
      ExpressionAttributeValues: { ':a': event.queryStringParameters?.${a} },
    }),
  )
  return { statusCode: 200, body: JSON.stringify(Items.map((item) => item.${a})) }
}
`,
  ({ noun, a, b, n }) => `
export async function patch${noun}${n}(id: string, changes: Record<string, unknown>) {
  const sets: string[] = []
  const ExpressionAttributeNames: Record<string, string> = {}
  const ExpressionAttributeValues: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(changes)) {
    if (key === '${b}') continue
    sets.push(\`#\${key} = :\${key}\`)
    ExpressionAttributeNames[\`#\${key}\`] = key
    ExpressionAttributeValues[\`:\${key}\`] = value
  }
  const result = await client.send(
    new UpdateCommand({
      TableName,
      Key: { PK: \`${noun.toUpperCase()}#\${id}\`, SK: '${a}' },
      UpdateExpression: \`SET \${sets.join(', ')}\`,
      ConditionExpression: 'attribute_exists(PK)',
      ExpressionAttributeNames,
      ExpressionAttributeValues,
      ReturnValues: 'ALL_NEW',
    }),
  )
  return result.Attributes
}
`,
  ({ noun, name, a, b, n }) => `
export async function move${noun}${n}(id: string, ${a}: string) {
  await client.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Update: {
            TableName,
            Key: { PK: '${name}#' + id, SK: 'HEAD' },
            UpdateExpression: 'SET #a = :a ADD ${b} :one',
            ExpressionAttributeNames: { '#a': '${a}' },
            ExpressionAttributeValues: { ':a': ${a}, ':one': 1 },
          },
        },
        { Put: { TableName, Item: { PK: '${name}#' + id, SK: \`LOG#\${Date.now()}\`, ${a} } } },
      ],
    }),
  )
}
`,
]

const functionHead = `export const handler = async (event: APIGatewayProxyEvent) => {
  const body: Record<string, unknown> = JSON.parse(event.body ?? '{}')
`

/** Statements of one function, each of which leaves something for a later one to read. */
const statementPieces: readonly Piece[] = [
  ({ noun, name, a, n }) => `
  const ${name}${n} = await client.send(
    new GetCommand({ TableName, Key: { PK: \`${noun}#\${body.${a}}\`, SK: 'PROFILE' } }),
  )
  if (${name}${n}.Item) {
    body.${a} = ${name}${n}.Item.${a}
  }
`,
  ({ noun, a, b }) => `
  if (body.${a} !== undefined) {
    await client.send(
      new PutCommand({ TableName, Item: { PK: \`${noun}#\${body.${a}}\`, SK: '${b}', ...body } }),
    )
  } else {
    body.${a} = body.${b}
  }
`,
  ({ a, b, n }) => `
  const page${n} = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': body.${a} },
    }),
  )
  for (const item of page${n}.Items ?? []) {
    body.${b} = item.${b}
  }
`,
]

const classHead = `export class Repository {
  constructor(private readonly table: string) {}
`

/** Methods of one class, most of which call one written before. */
const methodPieces: readonly Piece[] = [
  ({ noun, n }) => `
  async get${n}(id: string) {
    const { Item } = await client.send(
      new GetCommand({ TableName: this.table, Key: { PK: \`${noun}#\${id}\`, SK: 'HEAD' } }),
    )
    return Item
  }

  async save${n}(id: string, changes: Record<string, unknown>) {
    const known = await this.get${n}(id)
    await this.put${n}({ ...known, ...changes, PK: \`${noun}#\${id}\`, SK: 'HEAD' })
  }

  private async put${n}(Item: Record<string, unknown>) {
    await client.send(new PutCommand({ TableName: this.table, Item }))
  }
`,
  ({ noun, name, a, n }) => `
  async rename${noun}${n}(id: string, ${a}: string) {
    await client.send(
      new UpdateCommand({
        TableName: this.table,
        Key: { PK: '${name}#' + id, SK: 'HEAD' },
        UpdateExpression: 'SET #a = :a',
        ExpressionAttributeNames: { '#a': '${a}' },
        ExpressionAttributeValues: { ':a': ${a} },
      }),
    )
  }
`,
]
