import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'require-pagination'

const head = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DeleteCommand, DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const TableName = 'Votes'
`

/** An exported function whose first line is line 6. */
const run = (body: string, rest = ''): string =>
  `${head}export async function run(id: string) {\n${body}\n}\n${rest}`

const query = (more = ''): string =>
  `await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'poll = :p', ExpressionAttributeValues: { ':p': id }${more} }))`

const scan = `await documents.send(new ScanCommand({ TableName }))`

/** Of lists in any partition, too. */
const wide = [{ checkListings: true }]

const said = (code: string, options: readonly unknown[] = [], filename = 'src/votes.ts') =>
  reportsOf(rule, code, { filename, options }).map((report) =>
    report.replace(/^\S+ /, '').replace(/^(.*?): .* MB, and /, '$1: '),
  )

describe('says what goes wrong where there is more than one page', () => {
  it('and where, of which table, on whose behalf', () => {
    expect(reportsOf(rule, run(`const r = ${query()}\nreturn r.Items!.length`))).toEqual([
      '6:36-6:48 QueryCommand: This Query of `Votes` (run) gives one page, at most 1 MB, and its items are counted: those on later pages are left out.',
    ])
  })

  it.each([
    [
      'deletes each',
      'for (const v of r.Items ?? []) await documents.send(new DeleteCommand({ TableName, Key: { poll: v.poll, voter: v.voter } }))',
      'the items on it are deleted: those on later pages stay.',
    ],
    [
      'adds up into a property',
      'return (r.Items ?? []).reduce((all, v) => ({ ...all, sum: (all.sum || 0) + v.weight - v.part }), {} as any)',
      'something is added up or compared over it: items on later pages are left out.',
    ],
    [
      'counts each kind',
      'return (r.Items ?? []).reduce((all, v) => { all[v.choice] = (all[v.choice] ?? 0) + 1; return all }, {} as any)',
      'something is added up or compared over it: items on later pages are left out.',
    ],
    [
      'counts each kind in a loop',
      'const all: Record<string, number> = {}\nfor (const v of r.Items ?? []) all[v.choice] = (all[v.choice] || 0) + 1\nreturn all',
      'something is added up or compared over it: items on later pages are left out.',
    ],
    [
      'looks for one',
      'return r.Items?.find((v) => v.voter === id)',
      'an item is looked for on it: one on a later page is not found.',
    ],
    [
      'filters and takes the first',
      'return (r.Items ?? []).filter((v) => v.voter === id)[0]',
      'an item is looked for on it: one on a later page is not found.',
    ],
    [
      'asks whether one is among them',
      'return (r.Items ?? []).filter((v) => v.voter === id).length > 0',
      'an item is looked for on it: one on a later page is not found.',
    ],
    [
      'hands on those that fit',
      'return r.Items!.filter((v) => v.type === "VOTE" && v.voter === id)',
      'those that fit are picked out of it: what fits on later pages is missing.',
    ],
    [
      'adds up',
      'let sum = 0\nfor (const v of r.Items ?? []) sum += v.weight\nreturn sum',
      'something is added up or compared over it: items on later pages are left out.',
    ],
    [
      'counts',
      'return { total: r.Count }',
      'its items are counted: those on later pages are left out.',
    ],
    [
      'takes the newest',
      'return r.Items?.sort((a, b) => b.at - a.at)[0]',
      'the first in an order of its own is taken: an item on a later page may come before it.',
    ],
  ])('%s', (_, rest, expected) => {
    const code = run(`const r = ${query()}\n${rest}`)
    expect(said(code)).toEqual([`QueryCommand: ${expected}`])
  })

  it.each([
    [
      'one by one',
      'return Promise.all((r.Items ?? []).map((v) => documents.send(new GetCommand({ TableName: "Voters", Key: { id: v.voter } }))))',
    ],
    [
      'in a batch',
      'const Keys = (r.Items ?? []).map((v) => ({ id: v.voter }))\nreturn documents.send(new BatchGetCommand({ RequestItems: { Voters: { Keys } } }))',
    ],
  ])('reads something else for each, %s', (_, rest) => {
    const more = `import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb'\n`
    expect(said(run(`const r = ${query()}\n${rest}`, more))).toEqual([
      'QueryCommand: something is read for each item on it: for those on later pages nothing is.',
    ])
    expect(said(run(`const r = ${query(', Limit: 100')}\n${rest}`, more))).toEqual([])
    const all = query(', Limit: 100').replace("':p': id", "':p': 'VOTE'")
    expect(said(run(`const r = ${all}\n${rest}`, more))).toHaveLength(1)
  })

  it('takes the newest of a list that was sorted in place', () => {
    const sort = 'votes.sort((a, b) => b.at - a.at)'
    const take = 'const newest = votes.slice(0, 10)'
    const code = (first: string, second: string): string =>
      run(`const r = ${query()}\nconst votes = r.Items ?? []\n${first}\n${second}\nreturn newest`)
    expect(said(code(sort, take))).toEqual([
      'QueryCommand: the first in an order of its own is taken: an item on a later page may come before it.',
    ])
    expect(said(code(take, sort))).toEqual([])
  })

  it('of a Scan that no request waits for', () => {
    expect(said(run(`const r = ${scan}\nreturn r.Count`))).toHaveLength(1)
  })

  it('at the caller that takes it for the whole', () => {
    const list = `async function votesOf(id: string) {\nconst r = ${query()}\nreturn r.Items ?? []\n}`
    expect(said(run('const all = await votesOf(id)\nreturn all.length', list))).toEqual([
      'votesOf: its items are counted: those on later pages are left out.',
    ])
  })

  it('of a generous Limit, where each item is deleted', () => {
    const remove =
      'for (const v of r.Items ?? []) await documents.send(new DeleteCommand({ TableName, Key: { poll: v.poll, voter: v.voter } }))'
    expect(said(run(`const r = ${query(', Limit: 1000')}\n${remove}`))).toHaveLength(1)
    expect(said(run(`const r = ${query(', Limit: 25')}\n${remove}`))).toEqual([])
  })
})

describe('is silent', () => {
  it.each([
    ['a plain listing', `const r = ${query()}\nreturn r.Items`],
    [
      'a listing with its length',
      `const r = ${query()}\nreturn { votes: r.Items, count: r.Items!.length }`,
    ],
    [
      'what is deleted only where something else failed',
      `const r = ${query()}\nfor (const v of r.Items ?? []) { try { await fetch(v.url) } catch { await documents.send(new DeleteCommand({ TableName, Key: { poll: v.poll, voter: v.voter } })) } }`,
    ],
    ['the first of them', `const r = ${query()}\nreturn r.Items?.[0]`],
    [
      'an index of them',
      `const r = ${query()}\nreturn r.Items?.reduce((all, v) => ({ ...all, [v.voter]: v.name + all.suffix }), {} as any)`,
    ],
    ['whether there is any', `const r = ${query()}\nreturn r.Count! > 0`],
    [
      'a number held against another',
      `const r = ${query()}\nif (r.Items!.length >= 3) throw new Error()`,
    ],
    [
      'a page with a cursor',
      `const r = ${query()}\nreturn { total: r.Count, next: r.LastEvaluatedKey }`,
    ],
    [
      'a loop',
      `let total = 0\nlet key: any\ndo {\nconst r = ${query(', ExclusiveStartKey: key')}\ntotal += r.Count ?? 0\nkey = r.LastEvaluatedKey\n} while (key)\nreturn total`,
    ],
    [
      'one of a few of which the first will do',
      `const r = ${query()}\nreturn r.Items!.find((v) => v.voter === id) ?? r.Items![0]`,
    ],
    [
      'a sum from one day to another',
      `const r = await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'poll = :p AND day BETWEEN :a AND :b', ExpressionAttributeValues: { ':p': id, ':a': '2026-01-01', ':b': '2026-01-31' } }))\nreturn (r.Items ?? []).reduce((sum, v) => sum + v.weight, 0)`,
    ],
    [
      'whether as many are done as there must be',
      `const r = ${query()}\nconst done = r.Items!.filter((v) => v.done)\nif (done.length < steps.length) throw new Error()`,
      'declare const steps: string[]',
    ],
    ['those of a kind', `const r = ${query()}\nreturn r.Items!.filter((v) => v.type === 'VOTE')`],
    [
      'those that have not ended',
      `const r = ${query()}\nconst now = Date.now()\nreturn r.Items!.filter((v) => v.until > now)`,
    ],
    ['a limit', `const r = ${query(', Limit: 10')}\nreturn r.Count`],
    [
      'a whole key',
      `const r = await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'poll = :p AND voter = :v', ExpressionAttributeValues: { ':p': id, ':v': id } }))\nreturn r.Count`,
    ],
    [
      'an answer that is given away',
      `const r = ${query()}\nreturn anything(r)`,
      'declare const anything: any',
    ],
    [
      'items of several kinds, taken apart',
      `const r = ${query()}\nreturn { head: r.Items!.find((v) => v.type === 'HEAD'), votes: r.Items!.filter((v) => v.type === 'VOTE') }`,
    ],
  ])('%s', (_, body, rest = '') => {
    expect(said(run(body, rest))).toEqual([])
  })

  it.each([
    [
      'a mail to all of them, of which one item keeps a note',
      `const r = ${query()}\nconst To = (r.Items ?? []).map((v) => v.mail)\nconst mail = { To, Text: 'Thank you' }\nsendMail(mail)\nawait documents.send(new PutCommand({ TableName: 'Mails', Item: { id, ...mail } }))`,
    ],
    [
      'what shares both keys of an index',
      `const r = await documents.send(new QueryCommand({ TableName, IndexName: 'byVoter', KeyConditionExpression: 'voter = :v AND poll = :p', ExpressionAttributeValues: { ':v': id, ':p': id } }))\nreturn (r.Items ?? []).sort((a, b) => b.at - a.at)[0]`,
    ],
  ])('%s', (_, body) => {
    const rest = `import { PutCommand } from '@aws-sdk/lib-dynamodb'\ndeclare const sendMail: any\n`
    expect(said(run(body, rest))).toEqual([])
  })

  it('a number that all callers hold against another', () => {
    const count = `async function count(id: string) {\nconst r = ${query()}\nreturn r.Count ?? 0\n}\n`
    const caller = (test: string) => run(`const n = await count(id)\n${test}`, count)
    expect(said(caller('if (n >= 50) throw new Error("many")'))).toEqual([])
    expect(said(caller('return { n }'))).toEqual([
      'QueryCommand: its items are counted: those on later pages are left out.',
    ])
  })

  it('a number that a logger of the project notes', () => {
    const rest = `const loggerOf = (name: string) => {\nconst log = (level: string, data: object) => { process.stdout.write(JSON.stringify({ level, name, ...data })) }\nreturn { info: (data: object) => log('info', data) }\n}\ntype Logger = ReturnType<typeof loggerOf>\nasync function add(id: string, logger: Logger) {\nconst r = ${query()}\nconst found = r.Count || 0\nif (found >= 5) { logger.info({ id, found }); throw new Error('many') }\n}\n`
    expect(said(run(`await add(id, loggerOf('votes'))`, rest))).toEqual([])
  })

  it('a request that its callers fill in', () => {
    const code = `${head}export const count = async (more: object) => {\nconst r = await documents.send(new QueryCommand({ TableName, ...more }))\nreturn r.Count\n}\n`
    expect(said(code)).toEqual([])
  })

  it('a Scan on a request path, of which another rule speaks', () => {
    const code = `${head}export const handler = async (event: { httpMethod: string }) => {\nconst r = ${scan}\nreturn { statusCode: 200, body: String(r.Count) + event.httpMethod }\n}\n`
    expect(said(code)).toEqual([])
  })

  it('scripts and tests', () => {
    const code = run(`const r = ${query()}\nreturn r.Count`)
    expect(said(code, [], 'scripts/votes.ts')).toEqual([])
    expect(said(code, [], 'src/votes.test.ts')).toEqual([])
  })
})

describe('all that there are of something', () => {
  const listing = (partition: string, more = ''): string =>
    `${head}export const handler = async (event: { httpMethod: string, pathParameters: any }) => {\nconst { Items = [] } = await documents.send(new QueryCommand({ TableName, IndexName: 'all', KeyConditionExpression: 'kind = :k', ExpressionAttributeValues: { ':k': ${partition} }${more} }))\nreturn { statusCode: 200, body: JSON.stringify(Items) + event.httpMethod }\n}\n`

  it('is told of where a request is answered with its first page', () => {
    expect(said(listing(`'POLL'`))).toEqual([
      'QueryCommand: is handed on as the whole list: items on later pages are missing.',
    ])
  })

  it.each([
    [
      'not of what expires',
      `${listing(`'POLL'`)}import { PutCommand } from '@aws-sdk/lib-dynamodb'\nexport const open = async (id: string, seconds: number) => documents.send(new PutCommand({ TableName, Item: { kind: 'POLL', id, until: Math.floor(Date.now() / 1000) + seconds } }))\n`,
    ],
    ['not of one partition of many', listing('event.pathParameters.id')],
    ['not of a page of a size', listing(`'POLL'`, ', Limit: 20')],
    [
      'not where no request leads there',
      run(
        `const r = await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'kind = :k', ExpressionAttributeValues: { ':k': 'POLL' } }))\nreturn r.Items`,
      ),
    ],
  ])('%s', (_, code) => {
    expect(said(code)).toEqual([])
  })
})

describe('with checkListings', () => {
  it('tells a listing, once, where the page is dropped', () => {
    const list = `async function votesOf(id: string) {\nconst r = ${query()}\nreturn r.Items ?? []\n}`
    expect(said(run('const all = await votesOf(id)\nreturn all.length', list), wide)).toEqual([
      'QueryCommand: is handed on as the whole list: items on later pages are missing.',
    ])
  })

  it.each([
    [
      'a list that a helper checks, and of which it is asked whether there is any',
      `const all = await list(id)\nif (all.length > 0) throw new Error('voted')`,
      `import { check } from 'valid'\nconst valid = (all: any) => { if (!check(all)) throw new Error('bad') }\nconst list = async (id: string) => { const r = ${query()}\nvalid(r.Items)\nreturn r.Items ?? [] }\n`,
    ],
    [
      'a list that is asked whether there is any, and logged as a text',
      `const { Items = [] } = ${query()}\nif (Items.length > 0) { const who = Items.map((v) => v.voter).join(', ')\nconsole.warn(\`\${Items.length} voted\`, { who })\nthrow new Error('voted') }`,
      '',
    ],
    [
      'what asks for an id that each item was given anew',
      `const { Items } = ${query()}\nreturn Items`,
      `import { randomUUID } from 'node:crypto'\nimport { PutCommand } from '@aws-sdk/lib-dynamodb'\nexport const open = async (name: string) => documents.send(new PutCommand({ TableName, Item: { poll: randomUUID(), name } }))\n`,
    ],
  ])('leaves alone %s', (_, body, rest) => {
    expect(said(run(body, rest), wide)).toEqual([])
  })

  it('leaves the first few alone', () => {
    expect(said(run(`const r = ${query()}\nreturn r.Items!.slice(0, 5)`), wide)).toEqual([])
  })
})

describe('offers to read all pages', () => {
  const cases = [
    run(`const r = ${query()}\nreturn r.Items!.length`),
    run(
      `const { Items = [] } = ${query().replace("':p': id", "':p': 'VOTE'")}\nreturn Items.find((v) => v.voter === id)`,
    ),
    run(`const r = ${query(", Select: 'COUNT'")}\nreturn r.Count`),
    `${head}export async function run(id: string) {\n  const request = { TableName, KeyConditionExpression: 'poll = :p', ExpressionAttributeValues: { ':p': id } }\n  const r = await documents.send(new QueryCommand(request))\n  return r.Count\n}\n`,
  ]

  it.each(cases.map((code, index) => [index, code] as const))('%i', (_, code) => {
    const [only, ...more] = mended(rule, code, { filename: 'src/votes.ts' })
    expect(more).toEqual([])
    expect(only?.title).toBe('Read all pages (one request for each).')
    expect(only && newLines(code, only).join('\n')).toMatchSnapshot()
  })

  it('where a text in one line is put together', () => {
    const code = run(
      `const { Items = [] } = await documents.send(\n  new QueryCommand({\n    TableName,\n    KeyConditionExpression: 'poll = :p',\n    ExpressionAttributeValues: { ':p': \`POLL#\${id}\` },\n  }),\n)\nreturn Items.length`,
    )
    expect(mended(rule, code)).toHaveLength(1)
  })

  it('nothing where a comment excuses the line', () => {
    expect(mended(rule, run(`// @ts-ignore\nconst r = ${query()}\nreturn r.Count`))).toEqual([])
  })

  it('leaves code that type-checks', { timeout: 120_000 }, () => {
    const files = cases.flatMap((code) => mended(rule, code, { filename: 'src/votes.ts' }))
    expect(
      typeErrorsIn(files.map(({ code }, n) => [`votes${String(n)}.ts`, code] as const)).filter(
        (error) => !/'(?:Delete|Scan)Command' is declared/.test(error),
      ),
    ).toEqual([])
  })

  it('by a loop, where there is no paginator', () => {
    const code = program`
      const AWS = require('aws-sdk')
      const documents = new AWS.DynamoDB.DocumentClient()
      exports.count = async (id) => {
        const r = await documents.query({
          TableName: 'Votes',
          KeyConditionExpression: 'poll = :p',
          ExpressionAttributeValues: { ':p': id },
        }).promise();
        return r.Items.filter((v) => v.weight > 1).length;
      }
    `
    const [only] = mended(rule, code, { filename: 'src/votes.js' })
    expect(only?.code).toMatchSnapshot()
  })

  it.each([
    [
      'where more is read of the answer',
      `const r = ${query()}\nconsole.log(r.$metadata)\nreturn r.Count`,
    ],
    ['where it has no name', `return (${query()}).Count`],
  ])('not %s', (_, body) => {
    expect(mended(rule, run(body), { filename: 'src/votes.ts' })).toEqual([])
  })
})
