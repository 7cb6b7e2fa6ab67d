/** `npx eslint-plugin-dynamodb explain`. */
import { describe, expect, it } from 'vitest'
import { explainFile } from '../../src/plugin/explain.ts'
import { project, runIn, type Ran } from './world.ts'

const client = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
`

const application = {
  'package.json': '{ "type": "module" }',
  'src/orders.ts': `${client}
export const listOrders = () =>
  documents.send(
    new ScanCommand({ TableName: 'Orders', FilterExpression: 'note = :note' }),
  )

export async function getOrder(id: string) {
  return documents.send(new GetCommand({ TableName: process.env.ORDERS, Key: { PK: \`ORDER#\${id}\` } }))
}

export const scanAll = (TableName: string) => documents.send(new ScanCommand({ TableName }))

export const anything = () => documents.send(new GetCommand(JSON.parse('{}')))
`,
  'src/handler.ts': `import type { APIGatewayProxyHandler } from 'aws-lambda'
import { listOrders, scanAll } from './orders'

export const handler: APIGatewayProxyHandler = async () => {
  await scanAll('Carts')
  return { statusCode: 200, body: JSON.stringify(await listOrders()) }
}
`,
  'src/orders.test.ts': "import { listOrders } from './orders'\nlistOrders()\n",
  'src/only-tested.ts': `${client}
export const count = () => documents.send(new ScanCommand({ TableName: 'Orders', Select: 'COUNT' }))
`,
  'src/only-tested.test.ts': "import { count } from './only-tested'\ncount()\n",
  'src/purge.ts': `${client}
import type { ScheduledEvent } from 'aws-lambda'

export const handler = async (event: ScheduledEvent) => {
  await documents.send(new ScanCommand({ TableName: 'Orders' }))
}
`,
  'src/index.ts': "export { handler } from './handler'\n",
  'src/sums.ts': 'export const one = 1\n',
  'src/broken.ts': 'let = = 1\n',
}

const explained = (...argv: string[]): Promise<Ran> =>
  runIn(project(application), ['explain', ...argv], { dependencies: { explain: explainFile } })

/** The output, where all went well. */
async function textOf(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await explained(...argv)
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return stdout
}

describe('a file', () => {
  it('with what is known of each operation, why no more, and who reaches it', async () => {
    expect(await textOf('src/orders.ts')).toMatchInlineSnapshot(`
      "src/orders.ts:8  Scan
        in             listOrders
        table          'Orders'
        filter         'note = :note'
        reached        by requests: Lambda handler (AWS Lambda): handler (src/handler.ts:4) → listOrders (src/orders.ts:6)

      src/orders.ts:12  GetItem
        in             getOrder
        table          process.env.ORDERS
        key            { PK: 'ORDER#\${…}' }  (partly known: parameter id of getOrder)
        reached        by nobody known: no entry point that is known comes to it; imported by src/handler.ts, src/orders.test.ts

      src/orders.ts:17  GetItem  not understood: the request is the result of a call of JSON.parse
        in             anything
        reached        by nobody known: no entry point that is known comes to it; imported by src/handler.ts, src/orders.test.ts

      src/orders.ts:15  Scan, filled in by the callers of scanAll: it is theirs, and explained where they stand
      "
    `)
  })

  it('whose operations wrappers make', async () => {
    expect(await textOf('src/handler.ts')).toMatchInlineSnapshot(`
      "src/handler.ts:5  Scan
        in             handler → scanAll (src/orders.ts:15)
        table          'Carts'
        reached        by requests: Lambda handler (AWS Lambda): handler (src/handler.ts:4)
      "
    `)
  })

  it('that only tests use, and one that only a job runs', async () => {
    expect(await textOf('src/only-tested.ts')).toMatchInlineSnapshot(`
      "src/only-tested.ts:6  Scan
        in             count
        table          'Orders'
        reached        by nobody known: only tests import this file; imported by src/only-tested.test.ts
      "
    `)
    expect(await textOf('src/purge.ts')).toMatchInlineSnapshot(`
      "src/purge.ts:9  Scan
        in             handler
        table          'Orders'
        reached        by jobs only: scheduled Lambda (AWS Lambda): handler (src/purge.ts:8)
      "
    `)
  })

  it('without operations', async () => {
    expect(await textOf('src/sums.ts')).toBe(
      'No operation in src/sums.ts: neither it nor what it imports speaks of DynamoDB.\n',
    )
    expect(await textOf('src/index.ts')).toBe(
      'No operation in src/index.ts, which leads to DynamoDB: src/index.ts → src/handler.ts → src/orders.ts.\n' +
        'No function in it makes an operation, or fills one in.\n',
    )
  })
})

describe('a line', () => {
  it.each(['7', '8:12', '9'])('%s within a call', async (line) => {
    const text = await textOf(`src/orders.ts:${line}`)
    expect(text).toMatch(/^src\/orders\.ts:8 {2}Scan\n/)
    expect(text).not.toContain('\n\n')
  })

  it('whose command is sent further below', async () => {
    const files = {
      ...application,
      'src/later.ts': `${client}
export async function send() {
  const command = new ScanCommand({ TableName: 'Orders' })
  const shown = 'orders'
  return [shown, await documents.send(command)]
}
`,
    }
    const { stdout } = await runIn(project(files), ['explain', 'src/later.ts:7'], {
      dependencies: { explain: explainFile },
    })
    expect(stdout).toMatch(/^src\/later\.ts:7 {2}Scan\n/)
  })

  it('of a wrapper', async () => {
    expect(await textOf('src/orders.ts:15')).toBe(
      'src/orders.ts:15  Scan, filled in by the callers of scanAll: it is theirs, and explained where they stand\n',
    )
  })

  it('with nothing in it', async () => {
    expect(await textOf('src/orders.ts:2')).toBe(
      'There is no operation at src/orders.ts:2; there are at lines 8, 12, 15, 17.\n',
    )
  })
})

it('--json', async () => {
  const given = JSON.parse(await textOf('src/purge.ts', '--json')) as unknown
  expect(given).toEqual({
    version: 1,
    file: 'src/purge.ts',
    way: ['src/purge.ts'],
    isMaintenance: false,
    operations: [
      {
        kind: 'Scan',
        line: 9,
        lines: [9, 9],
        understood: true,
        why: null,
        owner: { name: 'handler', file: 'src/purge.ts', line: 8 },
        through: [],
        asks: [
          {
            operation: 'Scan',
            members: { TableName: { state: 'known', text: "'Orders'", unknown: [] } },
            open: [],
          },
        ],
        reach: {
          by: 'job',
          entry: 'scheduled Lambda',
          framework: 'AWS Lambda',
          path: [{ name: 'handler', file: 'src/purge.ts', line: 8 }],
        },
      },
    ],
    wrappers: [],
  })
  expect(await textOf('src/purge.ts', '--format', 'json')).toBe(
    await textOf('src/purge.ts', '--json'),
  )
})

describe('what cannot be explained', () => {
  it.each([
    [[], 'explain takes one file, such as src/orders.ts or src/orders.ts:41.'],
    [['a.ts', 'b.ts'], 'explain takes one file, such as src/orders.ts or src/orders.ts:41.'],
    [['package.json'], 'package.json is not a JavaScript or TypeScript file.'],
    [['src/none.ts:3'], 'src/none.ts cannot be read: ENOENT'],
    [['src/broken.ts'], 'src/broken.ts:1:'],
  ])('%j', async (argv, sentence) => {
    const { code, stdout, stderr } = await explained(...argv)
    expect(stderr).toContain(`eslint-plugin-dynamodb: ${sentence}`)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })
})
