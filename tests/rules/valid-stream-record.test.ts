import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import plugin from '../../src/index.ts'
import * as ownParser from '../../src/parser/index.ts'
import { folderWith } from '../support/folder.ts'
import { mended } from '../support/mended.ts'
import { reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'valid-stream-record'

/** A handler whose loop's body begins in line 5. */
const handler = (body: string, before = ''): string => `
import type { DynamoDBStreamHandler } from 'aws-lambda'
export const handler: DynamoDBStreamHandler = async (event) => {
  for (const record of event.Records) { ${before}
${body}
}}
`

const plain = (body: string): readonly string[] =>
  reportsOf(rule, handler(body), { filename: 'src/audit.ts' }).map((report) => report.slice(0, 60))

const js = (body: string): string => `
const { search } = require('./search')
exports.handler = async (event) => {
  for (const record of event.Records) {
${body}
}}
`

it('says what is used as if it were plain, and where', () => {
  expect(
    reportsOf(
      rule,
      handler('const order = record.dynamodb?.NewImage as any\nawait fetch(`/orders/${order.id}`)'),
    ),
  ).toEqual([
    '5:15-5:40 record.dynamodb?.NewImage: The attributes of `NewImage` are such as `{ S: "…" }`, and line 6 uses `id` as if it were the value itself. Unmarshal the image first.',
  ])
})

describe('reports an attribute that is', () => {
  it.each([
    ['put into a text', 'console.log(`${image.email}`)'],
    ['added to a text', "console.log('a ' + image.email)"],
    ['compared with a text', "if (image.state === 'paid') console.log(1)"],
    ['compared with the other image', 'if (image.state !== record.dynamodb.OldImage.state) go()'],
    [
      'compared with the other image, and read by its type',
      'if (image.state !== record.dynamodb.OldImage.state) go(image.state.S)',
    ],
    ['compared by a switch', "switch (image.state) { case 'paid': go() }"],
    ['asked for a method', "if (image.email.endsWith('@example.com')) go()"],
    ['asked for its length', 'if (image.items.length > 0) go()'],
    ['asked for what stands in it', 'go(image.address.city)'],
    ['gone through', 'for (const item of image.items) go(item)'],
    ['computed with', 'go(image.total * 2)'],
    ['made a number', 'go(Number(image.total))'],
    ['destructured', 'const { email } = image; go(`${email}`)'],
    ['there or something else', "const email = image.email ?? ''; go(email.trim())"],
    ['handed to a function of the file', 'send(image)'],
  ])('%s', (_, body) => {
    const code = `const image = record.dynamodb.NewImage\n${body}`
    const helper = 'function send(item) { go(item.email.trim()) }'
    const said = reportsOf(rule, `${js(code)}${helper}`, { filename: 'src/audit.js' })
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(/^5:/)
  })

  it('the key of a document client', () => {
    const code = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, DeleteCommand } from '@aws-sdk/lib-dynamodb'
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
export const handler = async (event) => {
  await Promise.all(event.Records.map(async ({ dynamodb }) => {
    await documents.send(new DeleteCommand({ TableName: 'Copies', Key: { id: dynamodb.OldImage.id } }))
  }))
}
`
    expect(reportsOf(rule, code, { filename: 'src/audit.js' })).toHaveLength(1)
  })
})

describe('is silent of', () => {
  it.each([
    ['attributes by their type', 'console.log(`${record.dynamodb?.NewImage?.email?.S}`)'],
    ['whether it is there', 'if (record.dynamodb?.NewImage?.email) console.log(1)'],
    ['whether it was there', 'if (record.dynamodb?.OldImage?.email === undefined) console.log(1)'],
    [
      'what is unmarshalled',
      'const image: any = unmarshall(record.dynamodb?.NewImage as never)\nconsole.log(`${image.email}`)',
    ],
    [
      'what is unmarshalled in its place',
      'record.dynamodb!.NewImage = unmarshall(record.dynamodb!.NewImage as never)\nconsole.log(`${record.dynamodb!.NewImage!.email}`)',
    ],
    [
      'who looks at what it is',
      "const email: any = record.dynamodb?.NewImage?.email\nconsole.log(`${typeof email === 'string' ? email : email.S}`)",
    ],
    [
      'one that may be plain',
      'const image: any = plain ? fetched : record.dynamodb?.NewImage\nconsole.log(`${image.email}`)',
    ],
    ['an image that is handed on whole', 'console.log(JSON.stringify(record.dynamodb?.NewImage))'],
    ['the sequence number', 'console.log(`${record.dynamodb?.SequenceNumber}`)'],
    ['its names', 'console.log(Object.keys(record.dynamodb?.NewImage ?? {}).length)'],
  ])('%s', (_, body) => {
    expect(plain(body)).toEqual([])
  })

  it.each([
    [
      'records that a wrapper may have changed',
      `
import middy from '@middy/core'
import eventNormalizer from '@middy/event-normalizer'
const handle = async (event) => {
  for (const record of event.Records) console.log(\`\${record.dynamodb.NewImage.email}\`)
}
export const handler = middy(handle).use(eventNormalizer())
`,
    ],
    [
      'events of another shape',
      `
export const handler = async (event) => {
  console.log(\`\${event.detail.dynamodb.NewImage.email}\`)
}
`,
    ],
    [
      'a function that nobody is known to call',
      `
export const DynamoDB = 1
export function describe(record) { return \`\${record.dynamodb.NewImage.email}\` }
`,
    ],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code, { filename: 'src/audit.js' })).toEqual([])
  })
})

describe('suggests', () => {
  const offered = (code: string, filename: string): readonly string[] =>
    mended(rule, code, { filename }).map(({ title, code: after }) => `${title}\n${after}`)

  it('to unmarshal, where there is an image', () => {
    const code = handler(
      'const order = record.dynamodb?.NewImage as unknown as { id: string } | undefined\nif (order) console.log(order.id.trim())',
    )
    const [only] = offered(code, 'src/audit.ts')
    expect(only).toBe(`Unmarshal the image.

import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBStreamHandler } from 'aws-lambda'
export const handler: DynamoDBStreamHandler = async (event) => {
  for (const record of event.Records) { 
const order = (record.dynamodb?.NewImage && unmarshall(record.dynamodb.NewImage as Parameters<typeof unmarshall>[0])) as unknown as { id: string } | undefined
if (order) console.log(order.id.trim())
}}
`)
    expect(typeErrorsIn([['after', only?.split('\n').slice(1).join('\n') ?? '']])).toEqual([])
  })

  it('it in JavaScript', () => {
    expect(
      offered(js('search(`${record.dynamodb.NewImage.email}`)'), 'src/audit.js').map((text) =>
        text.split('\n').filter((line) => line.includes('unmarshall')),
      ),
    ).toEqual([
      [
        "const { unmarshall } = require('@aws-sdk/util-dynamodb')",
        'search(`${unmarshall(record.dynamodb.NewImage).email}`)',
      ],
    ])
  })

  it('nothing where the image is read in both ways', () => {
    const code = js(
      'const image = record.dynamodb.NewImage\nsearch(image.id.S)\nsearch(`${image.email}`)',
    )
    expect(offered(code, 'src/audit.js')).toEqual([])
  })
})

const STACK = (view: string, source = '{ startingPosition }', more = ''): string => `
import { Stack } from 'aws-cdk-lib'
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb'
import { FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs'
const partitionKey = { name: 'id', type: AttributeType.STRING }
export class Orders extends Stack { constructor(scope, id) { super(scope, id)
  const startingPosition = StartingPosition.LATEST
  const orders = new Table(this, 'Orders', { tableName: 'Orders', partitionKey, stream: StreamViewType.${view} })
  const others = new Table(this, 'Others', { tableName: 'Others', partitionKey, stream: StreamViewType.NEW_AND_OLD_IMAGES })
  const audit = new NodejsFunction(this, 'audit', { entry: 'src/audit.ts' })
  audit.addEventSource(new DynamoEventSource(orders, ${source}))
  ${more}
}}
`

/** What is said of a handler beside the stack that deploys it. */
function saidOf(body: string, stack = STACK('NEW_IMAGE')): readonly string[] {
  const code = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBStreamHandler } from 'aws-lambda'
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const touch = (id, table = 'Orders') =>
  documents.send(new UpdateCommand({ TableName: table, Key: { id }, UpdateExpression: 'SET seen = :now', ExpressionAttributeValues: { ':now': Date.now() } }))
export const handler: DynamoDBStreamHandler = async (event) => {
  for (const record of event.Records) {
    const id = record.dynamodb?.Keys?.id?.S
${body}
}}
`
  const folder = folderWith({
    'package.json': '{}',
    'cdk.json': '{}',
    '.git/HEAD': '',
    'lib/stack.ts': stack,
    'src/audit.ts': code,
  })
  const file = join(folder, 'src/audit.ts')
  const linter = new Linter({ cwd: folder, configType: 'flat' })
  return linter
    .verify(
      readFileSync(file, 'utf8'),
      [
        {
          files: ['**/*.ts'],
          languageOptions: { parser: ownParser },
          plugins: { dynamodb: plugin },
          rules: { [`dynamodb/${rule}`]: 'error' },
        },
      ],
      file,
    )
    .map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`)
}

describe('with the stream that sets the handler off', () => {
  it.each([
    [
      'an old image that is not there',
      STACK('NEW_IMAGE'),
      "console.log(record.dynamodb?.OldImage?.state?.S ?? 'none')",
      [
        '12:13 The stream of `Orders` carries new images only: `OldImage` is never there. The view `NEW_AND_OLD_IMAGES` has both images.',
      ],
    ],
    [
      'neither image',
      STACK('KEYS_ONLY'),
      'console.log(unmarshall(record.dynamodb!.NewImage as never), record.dynamodb?.OldImage)',
      [
        '12:24 The stream of `Orders` carries keys only: `NewImage` is never there. The view `NEW_AND_OLD_IMAGES` has both images.',
        '12:61 The stream of `Orders` carries keys only: `OldImage` is never there. The view `NEW_AND_OLD_IMAGES` has both images.',
      ],
    ],
    [
      'a write that sets it off again',
      STACK('NEW_AND_OLD_IMAGES'),
      'if (!id) continue\nawait touch(id)',
      [
        '13:7 This writes to `Orders`, whose stream sets this function off: it is called again for each of its own writes that changes something. Test what has changed before, or filter the events.',
      ],
    ],
    [
      'one that only asks whether the image is there',
      STACK('NEW_AND_OLD_IMAGES'),
      "if (record.dynamodb?.NewImage === undefined) continue\nawait documents.send(new PutCommand({ TableName: 'Orders', Item: { id: crypto.randomUUID() } }))",
      [expect.stringMatching(/^13:26 This writes to `Orders`/)],
    ],
  ])('reports %s', (_, stack, body, expected) => {
    expect(saidOf(body, stack)).toEqual(expected)
  })

  it.each([
    ['an image that is there', 'console.log(record.dynamodb?.NewImage?.state?.S)', 'NEW_IMAGE'],
    [
      'whichever image there is',
      'console.log(Object.keys(record.dynamodb?.NewImage ?? record.dynamodb?.OldImage ?? {}))',
      'NEW_IMAGE',
    ],
    ['a write to another table', "await touch(id, 'Others')", 'NEW_IMAGE'],
    ['a test of the event', "if (record.eventName !== 'INSERT') continue\nawait touch(id)", ''],
    [
      'a test of the item',
      "if (record.dynamodb?.NewImage?.state?.S === 'paid') await touch(id)",
      '',
    ],
    [
      'a test of what is written',
      'if (record.dynamodb?.NewImage?.seen) continue\nawait touch(id)',
      '',
    ],
    [
      'a test of the item as it was',
      'if (record.dynamodb?.OldImage) continue\nawait touch(id)',
      '',
    ],
    ['a test by a function', 'if (!isOurs(record)) continue\nawait touch(id)', ''],
    [
      'a delete',
      "await documents.send(new DeleteCommand({ TableName: 'Orders', Key: { id } }))",
      '',
    ],
    [
      'a condition',
      "await documents.send(new UpdateCommand({ TableName: 'Orders', Key: { id }, UpdateExpression: 'SET a = :a', ConditionExpression: 'attribute_not_exists(a)', ExpressionAttributeValues: { ':a': 1 } }))",
      '',
    ],
    [
      'records that are picked',
      "for (const one of event.Records.filter((each) => each.eventName === 'INSERT')) await touch(one.eventID)",
      '',
    ],
  ])('is silent of %s', (_, body, view) => {
    expect(saidOf(body, STACK(view === '' ? 'NEW_AND_OLD_IMAGES' : view))).toEqual([])
  })

  it('is silent where the events are filtered', () => {
    const stack = STACK(
      'NEW_AND_OLD_IMAGES',
      '{ startingPosition, filters: [FilterCriteria.filter({})] }',
    )
    expect(saidOf('await touch(id)', stack)).toEqual([])
  })

  it.each([
    ['another stream has the image', 'audit.addEventSource(new DynamoEventSource(others, {}))'],
    [
      'another stream is not known',
      "audit.addEventSource(new DynamoEventSource(Table.fromTableArn(this, 'x', 'arn'), {}))",
    ],
  ])('is silent of an image where %s', (_, more) => {
    const stack = STACK('NEW_IMAGE', '{ startingPosition }', more)
    expect(saidOf('console.log(record.dynamodb?.OldImage?.state?.S)', stack)).toEqual([])
  })
})
