import { describe, expect, it } from 'vitest'
import { mended, newLines } from '../support/mended.ts'
import { program, reportsOf } from '../support/reports.ts'
import { reportsOf as lintOnceOf } from '../suggestions/applied.ts'
import { typeErrorsIn } from '../suggestions/type-check.ts'

const rule = 'no-expression-injection'

const head = program`
  import { DynamoDBClient, ExecuteStatementCommand, ScanCommand as LowLevelScan } from '@aws-sdk/client-dynamodb'
  import { BatchExecuteStatementCommand, DynamoDBDocumentClient, QueryCommand, ScanCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  const client = new DynamoDBClient({})
  const documents = DynamoDBDocumentClient.from(client)
`

/** An exported function whose first line is line 6. */
const run = (body: string, parameters = 'id: string, state: string', rest = ''): string =>
  `${head}export async function run(${parameters}) {\n${body}\n}\n${rest}`

/** A Lambda handler that has read its body; the first line given is line 7. */
const handler = (body: string, rest = ''): string =>
  `${head}export const handler = async (event: any) => {\nconst body = JSON.parse(event.body)\n${body}\nreturn { statusCode: 200, body: '' }\n}\n${rest}`

const scan = (members: string): string =>
  `await documents.send(new ScanCommand({ TableName: 'T', ${members} }))`

const update = (expression: string, members = "ExpressionAttributeValues: { ':v': 1 }"): string =>
  `await documents.send(new UpdateCommand({ TableName: 'T', Key: { id: 1 }, UpdateExpression: ${expression}, ${members} }))`

const statement = (text: string): string =>
  `await client.send(new ExecuteStatementCommand({ Statement: ${text} }))`

/** The text at each report. */
const at = (code: string, filename = 'src/orders.ts'): string[] =>
  reportsOf(rule, code, { filename }).map((report) =>
    report.replace(/^\S+ /, '').replace(/: [^]*/, ''),
  )

describe('says where a text is put in, and what comes of it', () => {
  it.each([
    [
      'a value',
      run(scan('FilterExpression: `state = ${state}`')),
      '6:85-6:90 state: `state` is put into the FilterExpression as text: DynamoDB reads it as part of the expression, not as a value.',
    ],
    [
      'a value of a request',
      handler(scan('FilterExpression: `state = ${body.state}`')),
      '7:85-7:95 body.state: `body.state`, which a request brings (Lambda handler), is put into the FilterExpression as text: DynamoDB reads it as part of the expression, not as a value.',
    ],
    [
      'a value in a statement',
      run(statement('`SELECT * FROM "T" WHERE id = \'${id}\'`')),
      '6:93-6:95 id: `id` is put into the PartiQL statement as text: a quote in it ends the value, and DynamoDB reads the rest as PartiQL.',
    ],
    [
      'a name',
      handler(update('`SET ${body.field} = :v`')),
      '7:99-7:109 body.field: `body.field`, which a request brings (Lambda handler), stands in the UpdateExpression as the name of an attribute: whoever sends the request chooses what is read or written.',
    ],
    [
      'an index',
      handler(update('`SET cells[${body.cell}] = :v`')),
      '7:105-7:114 body.cell: `body.cell`, which a request brings (Lambda handler), stands in the UpdateExpression as the index of a list: DynamoDB reads any other text that is sent as part of the expression.',
    ],
  ])('%s', (_, code, expected) => {
    expect(reportsOf(rule, code)).toEqual([expected])
  })
})

describe('reports', () => {
  it.each([
    ['a text that is added', run(scan("FilterExpression: 'state = ' + state")), ['state']],
    [
      'quotes',
      run(scan('FilterExpression: `state = \'${state}\' AND a = "x-${id}"`')),
      ['state', 'id'],
    ],
    [
      'a number, whatever placeholders there are',
      run(
        scan('FilterExpression: `n > ${most}`, ExpressionAttributeValues: values'),
        'most: number, values: any',
      ),
      ['most'],
    ],
    ['a time', run(scan('FilterExpression: `expires < ${Date.now()}`')), ['Date.now()']],
    [
      'a value beside placeholders that are all named',
      run(
        scan(
          "FilterExpression: `a = :a AND state = ${state}`, ExpressionAttributeValues: { ':a': 1 }",
        ),
      ),
      ['state'],
    ],
    [
      'a value of a key condition',
      run(
        "await documents.send(new QueryCommand({ TableName: 'T', KeyConditionExpression: 'pk = ' + id }))",
      ),
      ['id'],
    ],
    [
      'an entry of a transaction',
      run(
        "await documents.send(new TransactWriteCommand({ TransactItems: [{ Delete: { TableName: 'T', Key: { id }, ConditionExpression: `state = ${state}` } }] }))",
      ),
      ['state'],
    ],
    [
      'a part of an item',
      run(
        "const { Items = [] } = await documents.send(new QueryCommand({ TableName: 'T', KeyConditionExpression: 'pk = :id', ExpressionAttributeValues: { ':id': id } }))\nfor (const item of Items) {\n" +
          statement("`DELETE FROM T WHERE pk = '${item.ref}'`") +
          '\n}',
      ),
      ['item.ref'],
    ],
    [
      'a statement of a list',
      handler(
        "await documents.send(new BatchExecuteStatementCommand({ Statements: body.ids.map((one: string) => ({ Statement: `DELETE FROM T WHERE id = '${one}'` })) }))",
      ),
      ['one'],
    ],
    ['the name of a table', handler(statement('`SELECT * FROM "${body.table}"`')), ['body.table']],
    [
      'a bare value of a request in a statement',
      handler(statement('`SELECT * FROM T WHERE n > ${body.n}`')),
      ['body.n'],
    ],
    [
      'names that a loop adds',
      handler(
        'const sets: string[] = []\nfor (const key of Object.keys(body)) sets.push(`${key} = :${key}`)\n' +
          update("`SET ${sets.join(', ')}`", 'ExpressionAttributeValues: body'),
      ),
      ['key'],
    ],
    [
      'names that are mapped',
      handler(
        update(
          "'SET ' + Object.entries(body).map(([key]) => `${key} = :${key}`).join(', ')",
          'ExpressionAttributeValues: body',
        ),
      ),
      ['key'],
    ],
    ['a part of a name', handler(update('`SET ${body.kind}_count = :v`')), ['body.kind']],
    ['a path below a name', handler(update('`REMOVE tags.${body.tag}`', '')), ['body.tag']],
    [
      'a projection of a request',
      handler(scan('ProjectionExpression: event.queryStringParameters.fields')),
      ['event.queryStringParameters.fields'],
    ],
    [
      'what a function of the file does with what a request brings',
      handler(
        'await mark(body.cell)',
        `async function mark(cell: number) {\nif (cell < 0) throw new Error('no such cell')\n${update('`SET cells[${cell}] = :v`')}\n}\n`,
      ),
      ['cell'],
    ],
    [
      'a value that one call of this file takes from elsewhere',
      run(
        "await find('open')\nawait find(state)",
        undefined,
        `async function find(own: string) {\n${scan('FilterExpression: `state = ${own}`')}\n}\n`,
      ),
      ['own'],
    ],
  ])('%s', (_, code, expected) => {
    expect(at(code)).toEqual(expected)
  })

  it.each([
    [
      'Express',
      "import express from 'express'\nconst app = express()\n",
      "app.put('/orders/:field', async (req, res) => {",
      'req.params.field',
      '})',
    ],
    [
      'Hono',
      "import { Hono } from 'hono'\nconst app = new Hono()\n",
      "app.put('/orders/:field', async (c) => {",
      "c.req.param('field')",
      '})',
    ],
    [
      'Koa',
      "import Router from '@koa/router'\nconst router = new Router()\n",
      "router.put('/orders', async (ctx) => {",
      'ctx.request.body.field',
      '})',
    ],
    [
      'Next.js',
      '',
      'export async function PUT(request: Request) {',
      "new URL(request.url).searchParams.get('field')",
      '}',
      'app/api/orders/route.ts',
    ],
    [
      'Next.js, its body',
      '',
      'export async function PUT(request: Request) {',
      '(await request.json()).field',
      '}',
      'app/api/orders/route.ts',
    ],
    [
      'NestJS',
      "import { Controller, Param, Put } from '@nestjs/common'\n",
      "@Controller('orders')\nexport class Orders {\n@Put(':field')\nasync put(@Param('field') field: string) {",
      'field',
      '}\n}',
    ],
  ])(
    'what a request of %s brings',
    (_, imports, open, field, close, filename = 'src/orders.ts') => {
      const code = `${imports}${head}${open}\n${update(`\`SET \${${field}} = :v\``)}\n${close}\n`
      expect(at(code, filename)).toEqual([field])
    },
  )
})

describe('says nothing of', () => {
  it.each([
    [
      'placeholders that are put together',
      handler(
        'const sets: string[] = []\nfor (const key of Object.keys(body)) sets.push(`#${key} = :${key}`)\n' +
          update(
            "`SET ${sets.join(', ')}`",
            'ExpressionAttributeNames: body, ExpressionAttributeValues: body',
          ),
      ),
    ],
    [
      'a value that may be the name of a placeholder',
      run(scan('FilterExpression: `state = ${state}`, ExpressionAttributeValues: { [id]: 1 }')),
    ],
    [
      'a placeholder that nothing names in plain text',
      run(scan("FilterExpression: `state = ${state}`, ExpressionAttributeValues: { ':open': 1 }")),
    ],
    [
      'values that are not known',
      run(scan('FilterExpression: `state = ${state}`, ...options'), 'state: string, options: any'),
    ],
    [
      'constants',
      `${head}const STATE = 'state'\nconst OPEN = ':open'\nexport const run = (soon: boolean) => documents.send(new ScanCommand({ TableName: 'T', FilterExpression: \`\${STATE} = \${soon ? ':soon' : OPEN}\`, ExpressionAttributeValues: {} }))\n`,
    ],
    [
      'the environment',
      run(
        statement('`SELECT * FROM "${process.env.TABLE}" WHERE stage = \'${process.env.STAGE}\'`'),
      ),
    ],
    [
      'a few literals',
      run(statement("`SELECT * FROM T WHERE state = '${state}'`"), "state: 'open' | 'closed'"),
    ],
    [
      'a type of another file',
      `import type { State } from './state'\n${run(statement("`SELECT * FROM T WHERE state = '${state}'`"), 'state: State')}`,
    ],
    [
      'a table of a lookup',
      handler(
        "const tables: Record<string, string> = { a: 'A', b: 'B' }\n" +
          statement('`SELECT * FROM "${tables[body.kind]}"`'),
      ),
    ],
    [
      'numbers in a statement',
      run(
        statement("`SELECT * FROM T WHERE n > ${most} AND m = '${Number(id)}'`"),
        'most: number, id: string',
      ),
    ],
    ['a bare hole in a statement', run(statement('`SELECT * FROM T WHERE id = ${id}`'))],
    ['names that no request brings', run(update('`SET ${state} = :v`'))],
    [
      'conditions',
      handler(
        scan('FilterExpression: `${body.condition} AND a = :a`, ExpressionAttributeValues: body'),
      ),
    ],
    ['an index that is a number', handler(update('`SET cells[${Number(body.cell)}] = :v`'))],
    [
      'an index that is tested',
      handler(
        'if (!Number.isInteger(body.cell)) return\n' + update('`SET cells[${body.cell}] = :v`'),
      ),
    ],
    [
      'an index whose type is tested',
      handler(
        "if (typeof body.cell !== 'number') return\n" + update('`SET cells[${body.cell}] = :v`'),
      ),
    ],
    [
      'a name that is looked up',
      handler(
        "if (!['a', 'b'].includes(body.field)) return\n" + update('`SET ${body.field} = :v`'),
      ),
    ],
    [
      'a name that is compared',
      handler(
        "if (body.field !== 'a' && body.field !== 'b') return\n" +
          update('`SET ${body.field} = :v`'),
      ),
    ],
    [
      'a name of a switch',
      handler(
        "switch (body.field) { case 'a': case 'b': break; default: return }\n" +
          update('`SET ${body.field} = :v`'),
      ),
    ],
    [
      'a body that a function looks at',
      handler(
        'checkBody(body)\n' + update('`SET ${body.field} = :v`'),
        'function checkBody(given: any) { if (!given.ok) throw new Error() }\n',
      ),
    ],
    [
      'a body that a schema makes',
      `import { schema } from './schema'\n${handler('const order = schema.parse(body)\n' + update('`SET ${order.field} = :v`'))}`,
    ],
    [
      'names that are filtered',
      handler(
        'const keys = Object.keys(body).filter((key) => ALLOWED.has(key))\n' +
          update(
            "`SET ${keys.map((key) => `${key} = :${key}`).join(', ')}`",
            'ExpressionAttributeValues: body',
          ),
        "const ALLOWED = new Set(['a'])\n",
      ),
    ],
    [
      'names that a loop lets through',
      handler(
        'const sets: string[] = []\nfor (const key of Object.keys(body)) {\nif (!ALLOWED.has(key)) continue\nsets.push(`${key} = :${key}`)\n}\n' +
          update("`SET ${sets.join(', ')}`", 'ExpressionAttributeValues: body'),
        "const ALLOWED = new Set(['a'])\n",
      ),
    ],
    [
      'a function that only constants are given',
      run(
        "await find('open')\nawait find('closed')",
        undefined,
        `async function find(own: string) {\n${scan('FilterExpression: `state = ${own}`')}\n}\n`,
      ),
    ],
    ['a wrapper that is given the text', run(statement('text'), 'text: string')],
    ['comments of a statement', run(statement("`SELECT * FROM T -- for '${id}'`"))],
    [
      'escaped quotes',
      run(statement("`SELECT * FROM T WHERE id = '${id.replaceAll(\"'\", \"''\")}'`")),
    ],
    [
      'consumers of a queue',
      `${head}import type { SQSEvent } from 'aws-lambda'\nexport const handler = async (event: SQSEvent) => {\nfor (const record of event.Records) {\nconst body = JSON.parse(record.body)\n${update('`SET ${body.field} = :v`')}\n}\n}\n`,
    ],
  ])('%s', (_, code) => {
    expect(reportsOf(rule, code)).toEqual([])
  })

  it('tests', () => {
    const code = run(scan('FilterExpression: `state = ${state}`'))
    expect(at(code, 'src/orders.test.ts')).toEqual([])
    expect(at(code, 'scripts/orders.ts')).toEqual(['state'])
  })
})

describe('leaves to others', () => {
  it.each([
    [
      'a value between quotes that no rule of syntax tells twice',
      run(scan("FilterExpression: `state = '${state}'`")),
      [],
    ],
    ['quotes around a constant', run(scan(`FilterExpression: "state = 'open'"`)), [`'open'`]],
  ])('%s', (_, code, expected) => {
    const reports = reportsOf('valid-expression', code)
    expect(reports.map((report) => report.replace(/^\S+ /, '').replace(/: [^]*/, ''))).toEqual(
      expected,
    )
  })
})

describe('offers', () => {
  const only = (code: string): readonly string[] =>
    mended(rule, code).flatMap((own) => newLines(code, own))

  it('a placeholder', () => {
    const code = run(scan('FilterExpression: `state = ${state}`'))
    const [suggestion] = mended(rule, code)
    expect(suggestion?.title).toBe(
      'Give it as a value, `:state` (DynamoDB no longer reads it as part of the expression).',
    )
  })

  it.each([
    [
      'a template',
      scan('FilterExpression: `state = ${state}`'),
      scan("FilterExpression: `state = :state`, ExpressionAttributeValues: { ':state': state }"),
    ],
    [
      'a sum',
      scan("FilterExpression: 'state = ' + state"),
      scan("FilterExpression: 'state = :state', ExpressionAttributeValues: { ':state': state }"),
    ],
    [
      'a sum that goes on',
      scan(
        "FilterExpression: 'state = ' + state + ' AND a = :a', ExpressionAttributeValues: { ':a': 1 }",
      ),
      scan(
        "FilterExpression: 'state = :state AND a = :a', ExpressionAttributeValues: { ':a': 1, ':state': state }",
      ),
    ],
    [
      'quotes',
      scan("FilterExpression: `state = '${state}'`"),
      scan("FilterExpression: `state = :state`, ExpressionAttributeValues: { ':state': state }"),
    ],
    [
      'quotes with more in them',
      scan("FilterExpression: `ref = 'ORDER#${id}'`"),
      scan("FilterExpression: `ref = :id`, ExpressionAttributeValues: { ':id': `ORDER#${id}` }"),
    ],
    [
      'a name that is taken',
      scan(
        "FilterExpression: `a = :state AND state = ${state}`, ExpressionAttributeValues: { ':state': id }",
      ),
      scan(
        "FilterExpression: `a = :state AND state = :state2`, ExpressionAttributeValues: { ':state': id, ':state2': state }",
      ),
    ],
    [
      'a text of the low-level client',
      "await client.send(new LowLevelScan({ TableName: 'T', FilterExpression: `state = ${state}` }))",
      "await client.send(new LowLevelScan({ TableName: 'T', FilterExpression: `state = :state`, ExpressionAttributeValues: { ':state': { S: state } } }))",
    ],
    [
      'a number of the low-level client',
      "await client.send(new LowLevelScan({ TableName: 'T', FilterExpression: `n > ${id.length}` }))",
      "await client.send(new LowLevelScan({ TableName: 'T', FilterExpression: `n > :length`, ExpressionAttributeValues: { ':length': { N: String(id.length) } } }))",
    ],
    [
      'a parameter',
      statement('`SELECT * FROM "T" WHERE id = \'${id}\'`'),
      'await client.send(new ExecuteStatementCommand({ Statement: `SELECT * FROM "T" WHERE id = ?`, Parameters: [{ S: id }] }))',
    ],
    [
      'a parameter with more in it',
      statement('`SELECT * FROM "T" WHERE id = \'ORDER#${id}\'`'),
      'await client.send(new ExecuteStatementCommand({ Statement: `SELECT * FROM "T" WHERE id = ?`, Parameters: [{ S: `ORDER#${id}` }] }))',
    ],
    [
      'a parameter of a sum',
      statement('"SELECT * FROM T WHERE id = \'" + id + "\'"'),
      'await client.send(new ExecuteStatementCommand({ Statement: "SELECT * FROM T WHERE id = ?", Parameters: [{ S: id }] }))',
    ],
    [
      'a parameter behind others',
      "await client.send(new ExecuteStatementCommand({ Statement: `UPDATE T SET a = ? WHERE id = '${id}'`, Parameters: [{ N: '1' }] }))",
      "await client.send(new ExecuteStatementCommand({ Statement: `UPDATE T SET a = ? WHERE id = ?`, Parameters: [{ N: '1' }, { S: id }] }))",
    ],
  ])('%s', (_, before, after) => {
    expect(only(run(before))).toEqual([after])
  })

  it('one change for the whole request', () => {
    const code = run(
      "await documents.send(new QueryCommand({ TableName: 'T', KeyConditionExpression: `pk = ${id}`, FilterExpression: `state = ${state}` }))",
    )
    const outputs = reportsOf(rule, code)
    expect(outputs).toHaveLength(2)
  })

  it('what is narrowed', () => {
    const code = `${head}import type { APIGatewayProxyEvent } from 'aws-lambda'\nexport async function handler(event: APIGatewayProxyEvent) {\nconst sku = event.queryStringParameters?.sku\nif (!sku) return { statusCode: 400, body: '' }\n${statement("`SELECT * FROM T WHERE sku = '${sku}'`")}\nreturn { statusCode: 200, body: '' }\n}\n`
    expect(only(code)).toEqual([
      'await client.send(new ExecuteStatementCommand({ Statement: `SELECT * FROM T WHERE sku = ?`, Parameters: [{ S: sku }] }))',
    ])
  })

  it('what compiles', () => {
    const codes = [
      run(scan('FilterExpression: `state = ${state}`')),
      run(
        statement("`SELECT * FROM T WHERE id = '${id}' AND state = 'x-${state}'`").replace(
          '${id}',
          '${id}',
        ),
        'id: string, state = "a"',
      ),
      run(
        "await client.send(new LowLevelScan({ TableName: 'T', FilterExpression: `n > ${n} AND state = ${state}` }))",
        'n: number, state: string',
      ),
    ]
    const outputs = codes
      .flatMap((code) => mendedAny(code))
      .map((text, index) => [String(index), text] as const)
    expect(outputs.length).toBeGreaterThanOrEqual(codes.length)
    expect(typeErrorsIn(outputs).filter((error) => !error.includes('declared but'))).toEqual([])
  })

  it.each([
    ['a name', handler(update('`SET ${body.field} = :v`'))],
    [
      'a low-level value of which only the client knows the type',
      run(
        "await client.send(new LowLevelScan({ TableName: 'T', FilterExpression: `state = ${state}` }))",
        'state: any',
      ),
    ],
    [
      'a request that others use',
      run(
        "const request = { TableName: 'T', FilterExpression: `state = ${state}` }\nawait documents.send(new ScanCommand(request))\nconsole.log(request)",
      ),
    ],
    [
      'a text that is written elsewhere',
      run(
        "const text = `state = ${state}`\nconsole.log(text)\nawait documents.send(new ScanCommand({ TableName: 'T', FilterExpression: text }))",
      ),
    ],
    [
      'a parameter before others',
      run(
        "await client.send(new ExecuteStatementCommand({ Statement: `UPDATE T SET a = '${state}' WHERE id = ?`, Parameters: [{ S: id }] }))",
      ),
    ],
    [
      'parameters from elsewhere',
      run(
        "await client.send(new ExecuteStatementCommand({ Statement: `UPDATE T SET a = ? WHERE id = '${id}'`, Parameters: given }))",
        'id: string, given: any',
      ),
    ],
  ])('nothing for %s', (_, code) => {
    expect(mended(rule, code)).toEqual([])
  })
})

function mendedAny(code: string): string[] {
  return lintOnceOf({ code, rule }).flatMap(({ suggestions = [] }) =>
    suggestions.map(({ fix }) => code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1])),
  )
}
