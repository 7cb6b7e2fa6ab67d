/** Items made and changed by callers at once, before and after: overwritten and brought back, or not. */
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { engineNames, type EngineName } from '../engines/running.ts'
import { clients, type Client, type Operation } from './clients.ts'
import {
  fill,
  itemsIn,
  nameOfError,
  useWires,
  versionsOf,
  type Items,
  type Tables,
} from './proof.ts'
import { run } from './program.ts'
import type { Wire } from './wire.ts'

const tables: Tables = {
  Things: { partitionKey: 'id' },
  Lines: { partitionKey: 'order', sortKey: 'line' },
}

const S = (value: string): object => ({ S: value })

const CALLERS = 5

/** What is left when callers ran at once. */
interface Left {
  readonly items: readonly object[]
  readonly done: number
  readonly errors: readonly string[]
}

interface Scene {
  readonly rule: 'require-uniqueness-condition' | 'no-sequential-partition-key'
  readonly operations: readonly Operation[]
  readonly body: (client: Client) => string
  readonly items?: Items
  readonly title: RegExp
  readonly before: Partial<Left>
  readonly after: Partial<Left>
  readonly only?: EngineName
  readonly isPlain?: true
}

const refused = (error: string): string[] => new Array<string>(CALLERS - 1).fill(error)
const FAILED = 'ConditionalCheckFailedException'
const some = (count: number): object[] =>
  Array.from({ length: count }, () => expect.anything() as object)

const scenes: Readonly<Record<string, Scene>> = {
  'one item is created once': {
    rule: 'require-uniqueness-condition',
    operations: ['Get', 'Put'],
    body: ({ send, text }) => `
export async function act(caller: number) {
  const { Item } = ${send('Get', `{ TableName: 'Things', Key: { id: ${text("'one'")} } }`)}
  if (Item) throw new Error('There is one')
  ${send('Put', `{ TableName: 'Things', Item: { id: ${text("'one'")}, by: ${text('String(caller)')} } }`)}
}
`,
    title: /^Write only if there is no such item: `attribute_not_exists\(id\)`/,
    before: { done: CALLERS, items: some(1) },
    after: { done: 1, items: some(1), errors: refused(FAILED) },
  },
  'one item with a key of two attributes is created once': {
    rule: 'require-uniqueness-condition',
    operations: ['Query', 'Put'],
    body: ({ send, text }) => `
export async function act(caller: number, order = 'o1', line = 'l1') {
  const { Items = [] } = ${send(
    'Query',
    `{
      TableName: 'Lines',
      KeyConditionExpression: '#o = :o AND line = :l',
      ExpressionAttributeNames: { '#o': 'order' },
      ExpressionAttributeValues: { ':o': ${text('order')}, ':l': ${text('line')} },
    }`,
  )}
  if (Items.length > 0) return
  ${send('Put', `{ TableName: 'Lines', Item: { order: ${text('order')}, line: ${text('line')}, by: ${text('String(caller)')} } }`)}
}
`,
    title: /attribute_not_exists\(order\)/,
    before: { done: CALLERS, items: some(1) },
    after: { done: 1, items: some(1), errors: refused(FAILED) },
  },
  'an item is created once in a transaction': {
    rule: 'require-uniqueness-condition',
    operations: ['Get', 'TransactWrite'],
    only: 'Dynoxide',
    body: ({ send, text }) => `
export async function act(caller: number) {
  const { Item } = ${send('Get', `{ TableName: 'Things', Key: { id: ${text("'one'")} } }`)}
  if (Item) throw new Error('There is one')
  ${send(
    'TransactWrite',
    `{
      TransactItems: [
        { Put: { TableName: 'Things', Item: { id: ${text("'one'")}, by: ${text('String(caller)')} } } },
        { Put: { TableName: 'Things', Item: { id: ${text('`log-${String(caller)}`')} } } },
      ],
    }`,
  )}
}
`,
    title: /throws TransactionCanceledException/,
    before: { done: CALLERS, items: some(1 + CALLERS) },
    after: { done: 1, items: some(2), errors: refused('TransactionCanceledException') },
  },
  'an item that is deleted in between is not brought back': {
    rule: 'require-uniqueness-condition',
    operations: ['Get', 'Update', 'Delete'],
    items: { Things: [{ id: S('one'), name: S('old') }] },
    body: ({ send, text }) => `
export async function rename(name: string) {
  const { Item } = ${send('Get', `{ TableName: 'Things', Key: { id: ${text("'one'")} } }`)}
  if (!Item) throw new Error('There is none')
  ${send(
    'Update',
    `{
      TableName: 'Things',
      Key: { id: ${text("'one'")} },
      UpdateExpression: 'SET #name = :name',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: { ':name': ${text('name')} },
    }`,
  )}
}

export async function remove() {
  ${send('Delete', `{ TableName: 'Things', Key: { id: ${text("'one'")} } }`)}
}

let deleted: Promise<void> | null = null

export async function act(caller: number) {
  const { Item } = ${send('Get', `{ TableName: 'Things', Key: { id: ${text("'other'")} } }`)}
  if (Item) return
  await (deleted ??= remove())
}
`,
    title: /^Write only if the item is still there: `attribute_exists\(id\)`/,
    before: { done: CALLERS, items: [expect.objectContaining({ name: S('new') }) as object] },
    after: { done: CALLERS - 1, items: [], errors: [FAILED] },
  },
  'items with a running number': {
    rule: 'no-sequential-partition-key',
    operations: ['Scan', 'Put'],
    items: { Things: [{ id: S('T-1') }] },
    body: ({ send, text }) => `
export async function act(caller: number) {
  const { Count = 0 } = ${send('Scan', `{ TableName: 'Things', Select: 'COUNT' }`)}
  ${send('Put', `{ TableName: 'Things', Item: { id: ${text('`T-${Count + 1}`')}, by: ${text('String(caller)')} } }`)}
}
`,
    title: /^Use a random UUID instead of `Count \+ 1`/,
    before: { done: CALLERS, items: some(2) },
    after: { done: CALLERS, items: some(1 + CALLERS) },
  },
  'items named by the time': {
    rule: 'no-sequential-partition-key',
    operations: ['Put'],
    body: ({ send, text }) => `
export async function act(caller: number) {
  ${send('Put', `{ TableName: 'Things', Item: { id: ${text('`T-${Date.now()}`')}, by: ${text('String(caller)')} } }`)}
}
`,
    title: /^Use a random UUID instead of `Date.now\(\)`/,
    before: { done: CALLERS, items: some(1) },
    after: { done: CALLERS, items: some(CALLERS) },
  },
}

const programs = clients.flatMap((client) =>
  Object.entries(scenes)
    .filter(([, { only }]) => only === undefined || client.name !== 'SDK v2')
    .map(([title, scene]) => ({
      ...scene,
      name: `${title}: ${client.name}`,
      code: client.head(...scene.operations) + scene.body(client),
    })),
)

async function leftBy(wire: Wire, code: string, items: Items): Promise<Left> {
  await fill(wire.engine, tables, items)
  const { act, rename } = run(code, wire)
  const calls = Array.from({ length: CALLERS }, (_, caller) =>
    caller === 0 && rename ? () => rename('new') : async () => act?.(caller),
  )
  // All have read before one of them writes.
  const reads = /\b(?:Get|Scan|Query|get|scan|query)(?:Item)?(?:Command)?\(/.test(code)
  wire.letMeet(reads ? CALLERS : 0)
  // Who brings an item back writes when it is deleted.
  if (rename) wire.hold('UpdateItem', 'DeleteItem')
  const ended = await Promise.allSettled(calls.map((call) => call()))
  wire.letMeet(0)
  return {
    items: [...(await itemsIn(wire.engine, 'Things')), ...(await itemsIn(wire.engine, 'Lines'))],
    done: ended.filter(({ status }) => status === 'fulfilled').length,
    errors: ended.flatMap((one) => (one.status === 'fulfilled' ? [] : nameOfError(one.reason))),
  }
}

describe('callers at once', () => {
  const wires = useWires(tables)
  const proven = new Map<string, number>()

  afterEach(() => {
    vi.useRealTimers()
  })

  afterAll(() => {
    console.log('Creations:', Object.fromEntries(proven))
  })

  describe.each(engineNames)('%s', (name) => {
    it.each(programs.filter(({ only = name }) => only === name))('$name', async (scene) => {
      const wire = wires.named(name)
      if (wire === null) return
      const { code, rule, items = {}, title } = scene
      const { before, after } = versionsOf({ code, rule, settings: { tables } })
      expect(after.map((one) => one.title)).toEqual([expect.stringMatching(title)])
      // All in one millisecond.
      vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 })
      expect(await leftBy(wire, before, items)).toMatchObject({ errors: [], ...scene.before })
      for (const { code: changed } of after) {
        expect(await leftBy(wire, changed, items)).toMatchObject({ errors: [], ...scene.after })
        proven.set(name, (proven.get(name) ?? 0) + 1)
      }
    })
  })
})
