/** Values put into texts, before and after the suggestion is taken: what an engine finds with each. */
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../engines/engines.ts'
import { createTable, putItems, useEngines } from '../engines/running.ts'
import { applied } from './applied.ts'

const code = [
  "import { DynamoDBClient, ExecuteStatementCommand, ScanCommand } from '@aws-sdk/client-dynamodb'",
  'const client = new DynamoDBClient({})',
  'export async function byOwner(owner) {',
  '  return client.send(',
  '    new ExecuteStatementCommand({ Statement: `SELECT pk FROM "Boxes" WHERE owner = \'${owner}\'` }),',
  '  )',
  '}',
  'export async function byRef(id) {',
  '  return client.send(',
  '    new ExecuteStatementCommand({',
  '      Statement: `SELECT pk FROM "Boxes" WHERE n = ? AND ref = \'BOX#${id}\'`,',
  "      Parameters: [{ N: '1' }],",
  '    }),',
  '  )',
  '}',
  'export async function inState(state) {',
  "  return client.send(new ScanCommand({ TableName: 'Boxes', FilterExpression: `box = '${state}'` }))",
  '}',
  '',
].join('\n')

const boxes = [
  { pk: 'a', owner: 'ann', ref: 'BOX#1', n: 1, box: 'full' },
  { pk: 'b', owner: 'bob', ref: 'BOX#2', n: 1, box: 'empty' },
]

async function prepare(engine: Engine): Promise<void> {
  await createTable(engine, {
    TableName: 'Boxes',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  })
  const items = boxes.map((box) =>
    Object.fromEntries(
      Object.entries(box).map(([key, value]) => [
        key,
        typeof value === 'number' ? { N: String(value) } : { S: value },
      ]),
    ),
  )
  await putItems(engine, 'Boxes', items)
}

/** The request that a function of some code sends. */
function requestOf(text: string, name: string, given: string): Record<string, unknown> {
  const plain = text.replace(/^import .*\n/gm, '').replace(/^export /gm, '')
  const body = `
    class Command { constructor(input) { this.input = input } }
    const [DynamoDBClient, ExecuteStatementCommand, ScanCommand] = [
      class { send(command) { sent.push(command.input) } }, Command, Command,
    ]
    ${plain}
    ${name}(given)`
  const sent: Record<string, unknown>[] = []
  runInNewContext(body, { sent, given })
  return sent[0] ?? {}
}

async function found(engine: Engine, text: string, name: string, given: string): Promise<unknown> {
  const request = requestOf(text, name, given)
  const operation = 'Statement' in request ? 'ExecuteStatement' : 'Scan'
  const answer = await engine.call(operation, request)
  if (!answer.ok) return 'refused'
  return (answer.body.Items as { pk: { S: string } }[]).map(({ pk }) => pk.S).sort()
}

/** The code with the suggestion for one function taken. */
const mended = (name: string): string => {
  const fixture = { code, rule: 'no-expression-injection', filename: 'src/boxes.js' }
  const outputs = applied(fixture).map(({ output }) => output)
  const bodyOf = (text: string): string => text.split(`function ${name}(`)[1]?.split('\n}')[0] ?? ''
  const changed = outputs.find((output) => bodyOf(output) !== bodyOf(code))
  if (changed === undefined) throw new Error(`nothing is suggested for ${name}`)
  return changed
}

describe('on an engine', () => {
  const engines = useEngines(prepare)

  it.each([
    ['byOwner', 'ann', ['a']],
    ['byOwner', 'nobody', []],
    ['byRef', '2', ['b']],
  ])('%s of %s finds the same', async (name, given, expected) => {
    // dynalite has no PartiQL.
    const dynoxide = engines.named('Dynoxide')
    if (dynoxide === null) return
    expect(await found(dynoxide, code, name, given)).toEqual(expected)
    expect(await found(dynoxide, mended(name), name, given)).toEqual(expected)
  })

  it('a quote in a value finds what it should not, and no longer does', async () => {
    const dynoxide = engines.named('Dynoxide')
    if (dynoxide === null) return
    const hostile = "x' OR owner = 'bob"
    expect(await found(dynoxide, code, 'byOwner', hostile)).toEqual(['b'])
    expect(await found(dynoxide, mended('byOwner'), 'byOwner', hostile)).toEqual([])
  })

  it('a value between the quotes of an expression is refused, and no longer is', async () => {
    for (const engine of engines.all()) {
      expect(await found(engine, code, 'inState', 'full')).toBe('refused')
      expect(await found(engine, mended('inState'), 'inState', 'full')).toEqual(['a'])
    }
  })
})
