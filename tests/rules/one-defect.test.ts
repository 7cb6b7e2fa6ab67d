/** One defect, one report: where two rules could speak of one thing, one of them does. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { globSync } from 'tinyglobby'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { readHead } from '../support/carets.ts'
import { lint, setups } from '../support/linters.ts'
import { lintFolder } from '../support/real-files.ts'
import { program } from '../support/reports.ts'

/** Two rules may speak of one statement where both things are wrong, and mending one leaves the other. */
const TWO_DEFECTS: Readonly<Record<string, string>> = {
  'no-unchunked-batch + require-unprocessed-retry':
    'a batch that is too long is refused whole; one that is short enough may still leave some undone',
  'no-reserved-attribute-name + no-scan-in-handler':
    'an alias makes the filter valid, and the whole table is still read',
  'no-application-join + no-scan-in-handler':
    'with an index instead of the Scan, two tables are still joined by two reads one after the other',
  'no-client-side-filter + require-pagination':
    'whole items that are read for their number alone are sent on every page, read one or all of them',
  'require-capacity-mode + require-throttle-alarm':
    'a table that pays per request is throttled, too, above its limits or at one hot key',
}

interface Found {
  readonly rule: string
  readonly line: number
  readonly column: number
}

/** Pairs of rules that report in the same innermost statement, or the same expression that a function gives. */
function pairsOn(file: string, code: string, reports: readonly Found[]): string[] {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true)
  const statementAt = ({ line, column }: Found): number => {
    const at = source.getPositionOfLineAndCharacter(line - 1, column - 1)
    let start = at
    const visit = (node: ts.Node): void => {
      if (at < node.getStart() || at >= node.getEnd()) return
      if (ts.isFunctionLike(node)) start = at
      else if (ts.isStatement(node) && !ts.isBlock(node)) start = node.getStart()
      ts.forEachChild(node, visit)
    }
    visit(source)
    return start
  }
  return [...grouped(reports, statementAt)].flatMap(([at, group]) => {
    const { line } = source.getLineAndCharacterOfPosition(at)
    const ids = [...new Set(group.map(({ rule }) => rule))].sort()
    return ids.flatMap((first, index) =>
      ids
        .slice(index + 1)
        .map((second) => `${first} + ${second} at ${file}:${String(line + 1)}`)
        .filter((pair) => !Object.hasOwn(TWO_DEFECTS, pair.split(' at ')[0] ?? '')),
    )
  })
}

function grouped<Key, Item>(items: readonly Item[], by: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) groups.set(by(item), [...(groups.get(by(item)) ?? []), item])
  return groups
}

const SCRIPTS = '**/*.{ts,tsx,js,jsx,mjs,cjs,mts,cts}'

function reportsIn(code: string, filename: string, settings?: unknown): Found[] {
  const [setup] = setups
  if (setup === undefined) throw new Error('no linter to test with')
  return lint(setup, { code, filename, settings }).map(({ ruleId, line, column }) => ({
    rule: ruleId ?? '',
    line,
    column,
  }))
}

describe('all rules together report no statement twice', () => {
  const scenarios = resolve(import.meta.dirname, '../scenarios')
  it.each(globSync(SCRIPTS, { cwd: scenarios, ignore: ['**/*.test.ts'] }).sort())(
    'in the scenario %s',
    (name) => {
      const code = readFileSync(join(scenarios, name), 'utf8')
      const { filename, settings } = readHead(code)
      expect(pairsOn(name, code, reportsIn(code, filename ?? `src/${name}`, settings))).toEqual([])
    },
  )

  it.each(['docs/examples/shop', 'tests/fixtures/bookings'])('in %s', (path) => {
    const folder = resolve(import.meta.dirname, '../..', path)
    const [ownSettings] = globSync('dynamodb.json', { cwd: folder })
    const settings: unknown =
      ownSettings && JSON.parse(readFileSync(join(folder, ownSettings), 'utf8'))
    const byFile = grouped(lintFolder({ folder, settings }), ({ file }) => file)
    const pairs = [...byFile].flatMap(([name, reports]) =>
      pairsOn(name, readFileSync(join(folder, name), 'utf8'), reports),
    )
    expect(pairs).toEqual([])
  })
})

const head = program`
  import type { APIGatewayProxyHandler } from 'aws-lambda'
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const TableName = 'Orders'
`

const tables = {
  Orders: {
    partitionKey: 'id',
    indexes: { byEmail: { partitionKey: 'email' } },
  },
  Log: { partitionKey: 'PK', sortKey: 'SK' },
}

const handler = (body: string): string =>
  `${head}export const handler: APIGatewayProxyHandler = async (event) => {\nconst id = event.pathParameters!.id!\n${body}\n}\n`

const scan = (more: string): string =>
  `const { Items = [] } = await documents.send(new ScanCommand({ TableName${more} }))\n`

const ofId = `, FilterExpression: 'id = :id', ExpressionAttributeValues: { ':id': id }`

const query = (more: string): string =>
  `const { Items = [] } = await documents.send(new QueryCommand({ TableName: 'Log', ${more} }))\n`

const get = `const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))\n`

const give = 'return { statusCode: 200, body: JSON.stringify(Items) }'

describe('of two rules that could speak of a thing, one does', () => {
  it.each<[string, string, readonly string[]]>([
    ['a Scan filtered by the whole key', `${scan(ofId)}${give}`, ['no-scan-in-handler']],
    [
      'a Scan filtered by the key of an index',
      `${scan(ofId.replaceAll('id', 'email').replace(': email', ': id'))}${give}`,
      ['no-scan-in-handler'],
    ],
    [
      'a Scan with Limit and filter',
      `${scan(`, Limit: 5, FilterExpression: 'amount > :id', ExpressionAttributeValues: { ':id': id }`)}${give}`,
      ['no-scan-in-handler'],
    ],
    [
      'a Scan of one page that is counted',
      `${scan('')}return { statusCode: 200, body: String(Items.length) }`,
      ['no-scan-in-handler'],
    ],
    [
      'a Scan searched in code',
      `${scan('')}return { statusCode: 200, body: JSON.stringify(Items.find((item) => item.email === id)) }`,
      ['no-scan-in-handler'],
    ],
    [
      'a Query whose filter names its own key',
      `${query(`KeyConditionExpression: 'PK = :id', FilterExpression: 'SK > :id', ExpressionAttributeValues: { ':id': id }`)}${give}`,
      ['no-filter-for-key'],
    ],
    [
      'a reserved word',
      `await documents.send(new UpdateCommand({ TableName, Key: { id }, UpdateExpression: 'SET name = :n', ConditionExpression: 'attribute_exists(id)', ExpressionAttributeValues: { ':n': event.body } }))\nreturn { statusCode: 204, body: '' }`,
      ['no-reserved-attribute-name'],
    ],
    [
      'a value that is not defined',
      `await documents.send(new UpdateCommand({ TableName, Key: { id }, UpdateExpression: 'SET note = :n', ConditionExpression: 'attribute_exists(id)', ExpressionAttributeValues: { ':m': event.body } }))\nreturn { statusCode: 204, body: '' }`,
      ['valid-placeholders'],
    ],
    [
      'legacy parameters beside an expression',
      `${query(`KeyConditionExpression: 'PK = :id', QueryFilter: { amount: { ComparisonOperator: 'EQ', AttributeValueList: [1] } }, ExpressionAttributeValues: { ':id': id }`)}${give}`,
      ['no-legacy-parameters'],
    ],
    [
      'a partition filtered by kind of item',
      `await documents.send(new PutCommand({ TableName: 'Log', Item: { PK: id, SK: 'PROFILE' }, ConditionExpression: 'attribute_not_exists(PK)' }))
await documents.send(new PutCommand({ TableName: 'Log', Item: { PK: id, SK: \`NOTE#\${crypto.randomUUID()}\` } }))
${query(`KeyConditionExpression: 'PK = :id', ExpressionAttributeValues: { ':id': id }`)}
return { statusCode: 200, body: JSON.stringify(Items.filter((item) => item.SK.startsWith('NOTE#'))) }`,
      ['require-sort-key-prefix'],
    ],
    [
      'Limit and a filter',
      `${query(`KeyConditionExpression: 'PK = :id', FilterExpression: 'amount > :id', ExpressionAttributeValues: { ':id': id }, Limit: 1`)}
return { statusCode: 200, body: JSON.stringify(Items[0]) }`,
      ['no-limit-with-filter'],
    ],
    [
      'an existence test that decides about the write',
      `${get}if (Item) return { statusCode: 409, body: '' }
await documents.send(new PutCommand({ TableName, Item: { id, amount: 0 } }))
return { statusCode: 201, body: '' }`,
      ['require-uniqueness-condition'],
    ],
    [
      'a value that derives from the one read, which must be there',
      `${get}if (!Item) return { statusCode: 404, body: '' }
await documents.send(new UpdateCommand({ TableName, Key: { id }, UpdateExpression: 'SET amount = :t', ExpressionAttributeValues: { ':t': Item.amount + 1 } }))
return { statusCode: 204, body: '' }`,
      ['no-unconditional-read-modify-write'],
    ],
    [
      'a counter that becomes a key',
      `const { Item } = await documents.send(new GetCommand({ TableName, Key: { id: 'COUNTER' } }))
const next = Item!.last + 1
await documents.send(new UpdateCommand({ TableName, Key: { id: 'COUNTER' }, UpdateExpression: 'SET #last = :n', ExpressionAttributeNames: { '#last': 'last' }, ExpressionAttributeValues: { ':n': next } }))
await documents.send(new PutCommand({ TableName, Item: { id: \`ORDER#\${next}\` }, ConditionExpression: 'attribute_not_exists(id)' }))
return { statusCode: 201, body: '' }`,
      ['no-sequential-partition-key', 'no-unconditional-read-modify-write'],
    ],
  ])('%s', (_, body, expected) => {
    const found = reportsIn(handler(body), 'src/handler.ts', { tables })
    expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual(expected)
  })
})
