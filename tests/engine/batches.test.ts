/** Batches of which an engine carries out a part: what is left is lost before, or asked for alone, and sent again after. */
import { afterAll, describe, expect, it } from 'vitest'
import { engineNames } from '../engines/running.ts'
import { clients, type Client, type Operation } from './clients.ts'
import { fill, itemsIn, outcomeOf, useWires, versionsOf, type Items, type Tables } from './proof.ts'

const tables: Tables = { Things: { partitionKey: 'id' } }

const S = (value: string): object => ({ S: value })
const idOf = (n: number): string => `t${String(n).padStart(3, '0')}`

const items: Items = {
  Things: Array.from({ length: 20 }, (_, n) => ({ id: S(idOf(n)), name: S(`Thing ${String(n)}`) })),
}

interface Outcome {
  readonly result: unknown
  /** How many items the table has then. */
  readonly left: number
  readonly requests: readonly string[]
}

interface Scene {
  readonly rule: 'require-unprocessed-retry' | 'no-n-plus-one' | 'prefer-batch-write'
  readonly operations: readonly Operation[]
  readonly body: (client: Client) => string
  readonly title: RegExp
  readonly before: Partial<Outcome>
  readonly after: Partial<Outcome>
  /** What the function is given; all ids where nothing is said. */
  readonly ids?: readonly string[]
}

const scenes: Readonly<Record<string, Scene>> = {
  'deletes of which some are left': {
    rule: 'require-unprocessed-retry',
    operations: ['BatchWrite'],
    body: ({ send, text }) => `
export async function act(ids: string[]) {
  ${send('BatchWrite', `{ RequestItems: { Things: ids.map((id) => ({ DeleteRequest: { Key: { id: ${text('id')} } } })) } }`)}
}
`,
    title: /^Send again what is left/,
    before: { left: 10, requests: ['BatchWriteItem'] },
    after: { left: 0, requests: ['BatchWriteItem', 'BatchWriteItem', 'BatchWriteItem'] },
  },
  'keys of which some are left': {
    rule: 'require-unprocessed-retry',
    operations: ['BatchGet'],
    body: ({ send, text, readText }) => `
export async function act(ids: string[]) {
  const { Responses } = ${send('BatchGet', `{ RequestItems: { Things: { Keys: ids.map((id) => ({ id: ${text('id')} })) } } }`)}
  return (Responses?.Things ?? []).map((item) => ${readText('item.id')}).sort()
}
`,
    title: /^Send again what is left/,
    before: { result: Array.from({ length: 10 }, (_, n) => idOf(n)) },
    after: { result: Array.from({ length: 20 }, (_, n) => idOf(n)) },
  },
  'an item for each id, in order': {
    rule: 'no-n-plus-one',
    operations: ['Get'],
    body: ({ send, text, readText }) => `
export async function act(ids: string[]) {
  return Promise.all(
    ids.map(async (id) => {
      const { Item } = ${send('Get', `{ TableName: 'Things', Key: { id: ${text('id')} } }`)}
      return Item ? ${readText('Item.name')} : 'none'
    }),
  )
}
`,
    title: /^Read all of them before/,
    ids: ['t003', 't001', 'missing', 't003', 't002', 't000'],
    before: {
      result: ['Thing 3', 'Thing 1', 'none', 'Thing 3', 'Thing 2', 'Thing 0'],
      requests: Array.from({ length: 6 }, () => 'GetItem'),
    },
    after: {
      result: ['Thing 3', 'Thing 1', 'none', 'Thing 3', 'Thing 2', 'Thing 0'],
      requests: ['BatchGetItem', 'BatchGetItem', 'BatchGetItem'],
    },
  },
  'a delete for each id, of which one comes twice': {
    rule: 'prefer-batch-write',
    operations: ['Delete'],
    body: ({ send, text }) => `
export async function act(ids: string[]) {
  for (const id of ids) {
    ${send('Delete', `{ TableName: 'Things', Key: { id: ${text('id')} } }`)}
  }
}
`,
    title: /^Write 25 of them at a time, of several with one key/,
    ids: ['t003', 't001', 'missing', 't003', 't002', 't000'],
    before: { left: 16, requests: Array.from({ length: 6 }, () => 'DeleteItem') },
    after: { left: 16, requests: ['BatchWriteItem', 'BatchWriteItem', 'BatchWriteItem'] },
  },
  'a put for each name, all at once': {
    rule: 'prefer-batch-write',
    operations: ['Put'],
    body: ({ send, text }) => `
export async function act(ids: string[]) {
  await Promise.all(
    ids.map(async (name) => {
      const id = \`new-\${name}\`
      ${send('Put', `{ TableName: 'Things', Item: { id: ${text('id')}, name: ${text('name')} } }`)}
    }),
  )
}
`,
    title: /^Write 25 of them at a time, of several with one key/,
    before: { left: 40, requests: Array.from({ length: 20 }, () => 'PutItem') },
    after: { left: 40, requests: ['BatchWriteItem', 'BatchWriteItem', 'BatchWriteItem'] },
  },
}

const programs = clients.flatMap((client) =>
  Object.entries(scenes).map(([title, scene]) => ({
    ...scene,
    name: `${title}: ${client.name}`,
    code: client.head(...scene.operations) + scene.body(client),
  })),
)

describe('before and after', () => {
  const wires = useWires(tables)
  const proven = new Map<string, number>()

  afterAll(() => {
    console.log('Batches:', Object.fromEntries(proven))
  })

  describe.each(engineNames)('%s', (name) => {
    it.each(programs)('$name', async ({ code, rule, title, before, after, ids }) => {
      const wire = wires.named(name)
      if (wire === null) return
      const outcome = async (text: string): Promise<Outcome> => {
        await fill(wire.engine, tables, items)
        wire.leaveHalf(2)
        const { result, error, said } = await outcomeOf(wire, text, ({ act }) =>
          act?.(ids ?? items.Things?.map((_, n) => idOf(n))),
        )
        expect(error).toBeNull()
        const left = (await itemsIn(wire.engine, 'Things')).length
        return { result, left, requests: said.map(({ operation }) => operation) }
      }
      const versions = versionsOf({ code, rule, settings: { tables } })
      expect(versions.after.map((one) => one.title)).toEqual([expect.stringMatching(title)])
      expect(await outcome(versions.before)).toMatchObject(before)
      for (const { code: changed } of versions.after) {
        expect(await outcome(changed)).toMatchObject(after)
        proven.set(name, (proven.get(name) ?? 0) + 1)
      }
    })
  })
})
