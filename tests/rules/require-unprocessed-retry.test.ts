import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'require-unprocessed-retry'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { BatchGetCommand, BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const T = 'Orders'
`

/** An exported function whose first line is line 6. */
const run = (body: string, rest = ''): string =>
  `${head}export async function run(requests: any) {\n${body}\n}\n${rest}`

const write = 'documents.send(new BatchWriteCommand({ RequestItems: requests }))'
const read = 'documents.send(new BatchGetCommand({ RequestItems: requests }))'

const said = (code: string, filename = 'src/orders.ts'): string[] =>
  reportsOf(rule, code, { filename }).map((report) => report.replace(/^\S+ /, '').slice(0, 60))

it.each([
  [
    'writes',
    run(`await ${write}`),
    '6:26-6:43 BatchWriteCommand: Nobody looks at UnprocessedItems: under load DynamoDB carries out a part of a BatchWriteItem and gives back the rest without an error. These writes are lost; send them again with a growing, random pause.',
  ],
  [
    'reads',
    run(`return (await ${read}).Responses`),
    '6:34-6:49 BatchGetCommand: Nobody looks at UnprocessedKeys: under load DynamoDB reads a part of a BatchGetItem and gives back the rest without an error. These items look as if they were not there; ask again with a growing, random pause.',
  ],
  [
    'a retry without a pause',
    run(`while (requests) requests = (await ${write}).UnprocessedItems`),
    '6:55-6:72 BatchWriteCommand: UnprocessedItems is sent again at once, while DynamoDB is still throttling: wait before each attempt, longer each time and by a random share (about 50 ms, doubled each time), and give up after some.',
  ],
])('says what is lost: %s', (_, code, expected) => {
  expect(reportsOf(rule, code)).toEqual([expected])
})

describe('reports', () => {
  it.each([
    ['an answer that is only logged', run(`const answer = await ${write}\nconsole.log(answer)`)],
    ['what then does', run(`await ${write}.then(() => console.log('done'))`)],
    ['what then makes of it', run(`return ${read}.then(({ Responses }) => Responses)`)],
    ['several at once', run(`await Promise.all([${write}, 1])`)],
    [
      'answers that are collected',
      run(`const all = []\nfor (const x of [1, 2]) all.push(${write})\nawait Promise.all(all)`),
    ],
    [
      'a wrapper whose answer nobody reads',
      run('await send(requests)', `async function send(requests: any) {\nreturn ${write}\n}\n`),
    ],
    ['pieces', run(`await Promise.all([1, 2].map(async (x) => ${write}))`)],
    [
      'a function that calls itself at once',
      run(
        `const { UnprocessedItems } = await ${write}\nif (UnprocessedItems) await run(UnprocessedItems)`,
      ),
    ],
    [
      'SDK v2',
      `import { DynamoDB } from 'aws-sdk'\nconst documents = new DynamoDB.DocumentClient()\nexport const run = (RequestItems: any) => { documents.batchWrite({ RequestItems }, (error, answer) => { console.log(error, answer) }) }\n`,
    ],
    [
      'a client that is handed in',
      '/** Orders in DynamoDB. */\nexport class Orders {\nconstructor(private readonly documents: any) {}\nasync run(requests: any) { await this.documents.batchWrite({ RequestItems: { T: requests } }).promise() }\n}\n',
    ],
    [
      'a handler in a file that also starts itself',
      `${head}const fill = async (requests: any) => { await ${write} }\nexport const handler = async (event: any) => { await fill(JSON.parse(event.body)); return { statusCode: 204 } }\nconst main = () => fill({})\nif (require.main === module) main()\n`,
    ],
  ])('%s', (_, code) => {
    expect(said(code)).toHaveLength(1)
  })
})

describe('says nothing of', () => {
  it.each([
    [
      'a retry with a pause',
      run(
        `for (let n = 0; requests; n++) {\nawait new Promise((resolve) => setTimeout(resolve, 50 * 2 ** n))\nrequests = (await ${write}).UnprocessedItems\n}`,
      ),
    ],
    [
      'a retry with a pause of its own',
      run(
        `while (requests) { requests = (await ${write}).UnprocessedItems; await sleep(100) }`,
        'declare function sleep(ms: number): Promise<void>\n',
      ),
    ],
    [
      'an error',
      run(
        `const { UnprocessedItems } = await ${write}\nif (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error('not all')`,
      ),
    ],
    ['an answer that callers get', run(`return ${write}`)],
    [
      'an answer that something else gets',
      `import { check } from 'other'\n${run(`check(await ${write})`)}`,
    ],
    [
      'an answer that a wrapper gives to one who looks',
      run(
        'const answer = await send(requests)\nif (answer.UnprocessedItems) throw new Error()',
        `async function send(requests: any) {\nreturn ${write}\n}\n`,
      ),
    ],
    [
      'all answers, looked through',
      run(
        `const answers = await Promise.all([1, 2].map(async (x) => ${write}))\nfor (const { UnprocessedItems } of answers) if (UnprocessedItems) throw new Error()`,
      ),
    ],
    [
      'a retry by another function',
      `import { retry } from 'other'\n${run(`await retry(() => ${write})`)}`,
    ],
    [
      'what a file does when it is loaded',
      `${head}await documents.send(new BatchWriteCommand({}))\n`,
    ],
    [
      'a program that starts itself',
      `${head}const run = async () => { console.log(await documents.send(new BatchWriteCommand({ RequestItems: {} }))) }\nrun()\n`,
    ],
    [
      'a program that starts itself where nobody imports it',
      `${head}import { fileURLToPath } from 'node:url'\nexport const main = async () => { const answer = ${read.replace('requests', '{}')}\nreturn (await answer).Responses }\nif (process.argv[1] === fileURLToPath(import.meta.url)) main()\n`,
    ],
    [
      'what such a program calls',
      `${head}const fill = async (requests: any) => { await ${write} }\nasync function seed() { for (const each of [1, 2]) await fill(each) }\nif (require.main === module) seed().catch(console.error)\n`,
    ],
    [
      'a helper of tests',
      `${head}import { beforeAll } from 'vitest'\nexport const withItems = (requests: any) => { beforeAll(async () => { await ${write} }) }\n`,
    ],
  ])('%s', (_, code) => {
    expect(said(code)).toEqual([])
  })

  it.each(['src/orders.test.ts', 'scripts/orders.ts', 'graphql/integration-tests/fixture.js'])(
    '%s',
    (filename) => {
      expect(said(run(`await ${write}`), filename)).toEqual([])
    },
  )
})

describe('offers', () => {
  const codes = {
    'a write': run(`  await ${write}`),
    'a write whose answer has a name': run(
      `  const result = await ${write}\n  console.log(result.ConsumedCapacity)`,
    ),
    'a read': run(`  const { Responses } = await ${read}\n  return Responses?.[T]`),
    'a read whose answer has a name': run(
      `  const result = await ${read}\n  return result.Responses?.[T]?.map((item) => item.id)`,
    ),
    'a request on several lines': run(
      `  await documents.send(\n    new BatchWriteCommand({\n      RequestItems: requests,\n      ReturnConsumedCapacity: 'TOTAL',\n    }),\n  );`,
    ),
    'a request with a name': run(
      `  const input = { RequestItems: requests }\n  await documents.send(new BatchWriteCommand(input))`,
    ),
  }

  it.each(Object.entries(codes))('a loop behind %s', (_, code) => {
    const [suggestion, ...others] = mended(rule, code)
    expect(others).toEqual([])
    expect(suggestion && newLines(code, suggestion).join('\n')).toMatchSnapshot()
  })

  it('what compiles', () => {
    const outputs = Object.entries(codes).map(
      ([name, code]) => [name, mended(rule, code)[0]?.code ?? ''] as const,
    )
    expect(typeErrorsIn(outputs).filter((error) => !error.includes('declared but'))).toEqual([])
  })

  it.each([
    [
      'what is logged, or thrown away, elsewhere',
      run(`await ${write}.then(() => console.log('done'))`),
    ],
    ['several at once', run(`await Promise.all([${write}, 1])`)],
    [
      'an answer of which more is read',
      run(
        `  const { Responses, ConsumedCapacity } = await ${read}\n  return [Responses, ConsumedCapacity]`,
      ),
    ],
    ['a call in a branch without brackets', run(`  if (requests) await ${write}`)],
    [
      'a command that is made before',
      run(
        `  const command = new BatchWriteCommand({ RequestItems: requests })\n  await documents.send(command)`,
      ),
    ],
  ])('nothing for %s', (_, code) => {
    expect(mended(rule, code)).toEqual([])
  })
})
