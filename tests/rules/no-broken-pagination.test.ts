import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'no-broken-pagination'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  type Key = Record<string, unknown> | undefined
`

/** An exported function whose first line is line 6. */
const run = (body: string): string =>
  `${head}export async function run(size: number, start: Key) {\n${body}\n}\n`

const said = (body: string): string[] =>
  reportsOf(rule, run(body)).map((report) => report.replace(/^\S+ /, ''))

const frozen = `let cursor: Key
const input = { TableName: 'T', ExclusiveStartKey: cursor }
do {
  const page = await documents.send(new ScanCommand(input))
  console.log(page.Items)
  cursor = page.LastEvaluatedKey
} while (cursor)`

const inline = frozen
  .replace("const input = { TableName: 'T', ExclusiveStartKey: cursor }\n", '')
  .replace('ScanCommand(input)', "ScanCommand({ TableName: 'T' })")

const skips = (limit: string, next: string): string =>
  `const page = await documents.send(new ScanCommand({ TableName: 'T', Limit: ${limit}, ExclusiveStartKey: start }))
return { items: (page.Items ?? []).slice(0, size), next: ${next} }`

describe('tells', () => {
  it('a request that is made before the loop', () => {
    expect(reportsOf(rule, run(frozen))).toEqual([
      '9:41-9:52 ScanCommand: Each round of this loop asks for the first page of `T` again (run): `LastEvaluatedKey` never comes into the request. Where there is a second page, the loop does not end.',
    ])
  })

  it('one that has no start key at all', () => {
    expect(said(inline)).toHaveLength(1)
  })

  it('a cursor that is asked for too early', () => {
    const body = `let cursor: Key
while (cursor) {
  const page = await documents.send(new ScanCommand({ TableName: 'T', ExclusiveStartKey: cursor }))
  cursor = page.LastEvaluatedKey
}`
    expect(said(body)).toEqual([
      'ScanCommand: This loop never runs (run): it asks for the cursor before the first page of `T` has given one.',
    ])
  })

  it('a cursor behind what is cut off', () => {
    expect(said(skips('size + 1', 'page.LastEvaluatedKey'))).toEqual([
      'ScanCommand: One item more than wanted is read from `T` and cut off, while `LastEvaluatedKey` stands behind it (run): the next page begins after it, and nobody ever sees it.',
    ])
  })
})

describe('is silent', () => {
  it.each([
    [
      'a loop with the cursor',
      frozen.replace('ScanCommand(input)', 'ScanCommand({ ...input, ExclusiveStartKey: cursor })'),
    ],
    [
      'a request that the loop changes',
      frozen.replace('  cursor =', '  input.ExclusiveStartKey = page.LastEvaluatedKey\n  cursor ='),
    ],
    [
      'a command that the loop changes',
      frozen
        .replace('do {', 'const command = new ScanCommand(input)\ndo {')
        .replace('send(new ScanCommand(input))', 'send(command)')
        .replace(
          '  cursor =',
          '  command.input.ExclusiveStartKey = page.LastEvaluatedKey\n  cursor =',
        ),
    ],
    [
      'a start from elsewhere',
      "let cursor: Key = start\nwhile (cursor) {\n  const page = await documents.send(new ScanCommand({ TableName: 'T', ExclusiveStartKey: cursor }))\n  cursor = page.LastEvaluatedKey\n}",
    ],
    ['a loop that ends elsewhere', frozen.replace('while (cursor)', 'while (size)')],
    [
      'a cursor that is made of the last item kept, of a page that is lost sight of',
      `${skips('size + 1', 'next(page)').replace('(page.Items ?? [])', 'kept(page)')}
const next = (page: any) => schema.field({ resolve: () => page })
const kept = (page: any) => page.Items
declare const schema: any`,
    ],
    ['a page of just the size', skips('size', 'page.LastEvaluatedKey')],
    [
      'one more, to know whether there is more',
      skips('size + 1', 'Boolean(page.LastEvaluatedKey)'),
    ],
    [
      'requests that are not known',
      frozen.replace("{ TableName: 'T', ExclusiveStartKey: cursor }", 'JSON.parse(String(size))'),
    ],
  ])('%s', (_, body) => {
    expect(said(body)).toEqual([])
  })
})

describe('offers the cursor', () => {
  it.each([
    [
      'beside a request that has a name',
      frozen,
      '  const page = await documents.send(new ScanCommand({ ...input, ExclusiveStartKey: cursor }))',
    ],
    [
      'in a request that is written out',
      inline,
      "  const page = await documents.send(new ScanCommand({ TableName: 'T', ExclusiveStartKey: cursor }))",
    ],
  ])('%s', (_, body, expected) => {
    const code = run(body)
    const [only] = mended(rule, code)
    expect(only?.title).toBe('Give each request the cursor: `ExclusiveStartKey: cursor`.')
    expect(only && newLines(code, only)).toEqual([expected])
  })
})
