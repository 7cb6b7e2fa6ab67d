/** Queries whose key condition says too little or the wrong thing, before and after. */
import { afterAll, describe, expect, it } from 'vitest'
import { engineNames } from '../engines/running.ts'
import { clients, type Client } from './clients.ts'
import { fill, outcomeOf, useWires, versionsOf, type Items, type Tables } from './proof.ts'
import { consumedIn, scannedIn } from './wire.ts'

const tables: Tables = {
  Shop: {
    partitionKey: 'PK',
    sortKey: 'SK',
    indexes: {
      byCode: { partitionKey: 'code' },
      byWeek: { partitionKey: 'PK', sortKey: 'week' },
    },
  },
}

const S = (value: string): object => ({ S: value })
const two = (n: number): string => String(n).padStart(2, '0')

/** Of each of three users a profile, forty orders and ten reviews. */
const items: Items = {
  Shop: ['1', '2', '3'].flatMap((user) => {
    const PK = S(`USER#${user}`)
    return [
      { PK, SK: S('PROFILE'), kind: S('user') },
      ...Array.from({ length: 40 }, (_, n) => ({
        PK,
        SK: S(`ORDER#${two(n)}`),
        kind: S('order'),
        week: S(`w${String(n % 5)}`),
        code: S(`c${String(n)}`),
        cents: { N: String(n * 100) },
      })),
      ...Array.from({ length: 10 }, (_, n) => ({
        PK,
        SK: S(`REVIEW#${two(n)}`),
        kind: S('review'),
      })),
    ]
  }),
}

type RuleName = 'require-sort-key-prefix' | 'no-filter-for-key' | 'valid-key-condition'

interface Scene {
  readonly rule: RuleName
  /** The members of the request behind its TableName. */
  readonly request: (client: Client) => string
  /** What of the items goes back; all where nothing is said. */
  readonly picked?: (client: Client) => string
  readonly title: RegExp
  /** What is found: how many before (or how it is refused) and how many after. */
  readonly before: number | 'ValidationException'
  readonly after: number
  /** How many items are looked at then. */
  readonly scanned: number
}

const user = ({ text }: Client): string => `':pk': ${text('`USER#${id}`')}`

const scenes: Readonly<Record<string, Scene>> = {
  'one kind picked in code': {
    rule: 'require-sort-key-prefix',
    request: (client) => `KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ${user(client)} },`,
    picked: ({ readText }) =>
      `.filter((item) => String(${readText('item.SK')}).startsWith('ORDER#'))`,
    title: /^Add `begins_with\(SK, :prefix\)` with `ORDER#`/,
    before: 40,
    after: 40,
    scanned: 40,
  },
  'one item picked in code': {
    rule: 'require-sort-key-prefix',
    request: (client) => `KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ${user(client)} },`,
    picked: ({ readText }) => `.filter((item) => ${readText('item.SK')} === 'PROFILE')`,
    title: /^Add `SK = :sortKey` with `PROFILE`/,
    before: 1,
    after: 1,
    scanned: 1,
  },
  'a bare prefix': {
    rule: 'require-sort-key-prefix',
    request: (client) => `KeyConditionExpression: 'PK = :pk AND SK = :sk',
      ExpressionAttributeValues: { ${user(client)}, ':sk': ${client.text("'REVIEW#'")} },`,
    title: /^Use `begins_with\(SK, :sk\)`/,
    before: 0,
    after: 10,
    scanned: 10,
  },
  'a range with an open end': {
    rule: 'require-sort-key-prefix',
    request: (client) => `KeyConditionExpression: 'PK = :pk AND SK >= :sk',
      ExpressionAttributeValues: { ${user(client)}, ':sk': ${client.text("'ORDER#30'")} },`,
    title: /^Use `SK BETWEEN :sk AND :skEnd`/,
    before: 21,
    after: 10,
    scanned: 10,
  },
  'a key in the filter': {
    rule: 'no-filter-for-key',
    request: (client) => `KeyConditionExpression: 'PK = :pk AND SK >= :from',
      FilterExpression: 'SK <= :to AND cents > :least',
      ExpressionAttributeValues: { ${user(client)}, ':from': ${client.text("'ORDER#10'")}, ':to': ${client.text("'ORDER#19'")}, ':least': ${client.number('1500')} },`,
    title: /^Say it in the key condition: `SK BETWEEN :from AND :to`/,
    before: 'ValidationException',
    after: 4,
    scanned: 10,
  },
  'a key in the filter for nothing': {
    rule: 'no-filter-for-key',
    request: (client) => `KeyConditionExpression: 'PK = :pk',
      FilterExpression: 'attribute_exists(#sk)',
      ExpressionAttributeNames: { '#sk': 'SK' },
      ExpressionAttributeValues: { ${user(client)} },`,
    title: /^Leave out `attribute_exists\(#sk\)`/,
    before: 'ValidationException',
    after: 51,
    scanned: 51,
  },
  'a filter that an index serves': {
    rule: 'no-filter-for-key',
    request: (client) => `KeyConditionExpression: 'PK = :pk',
      FilterExpression: 'week = :week AND cents > :least',
      ExpressionAttributeValues: { ${user(client)}, ':week': ${client.text("'w2'")}, ':least': ${client.number('1000')} },`,
    title: /^Query index `byWeek`/,
    before: 6,
    after: 6,
    scanned: 8,
  },
  'an index that is not named': {
    rule: 'valid-key-condition',
    request: ({ text }) => `KeyConditionExpression: 'code = :code',
      ExpressionAttributeValues: { ':code': ${text('`c${id}`')} },`,
    title: /index `byCode`/,
    before: 'ValidationException',
    after: 3,
    scanned: 3,
  },
  'an index that is not wanted': {
    rule: 'valid-key-condition',
    request: (client) => `IndexName: 'byWeek',
      KeyConditionExpression: 'PK = :pk AND SK = :sk',
      ExpressionAttributeValues: { ${user(client)}, ':sk': ${client.text("'PROFILE'")} },`,
    title: /table/,
    before: 'ValidationException',
    after: 1,
    scanned: 1,
  },
}

const programs = clients.flatMap((client) =>
  Object.entries(scenes).map(([title, scene]) => ({
    ...scene,
    name: `${title}: ${client.name}`,
    code: `${client.head('Query')}
export async function act(id: string) {
  const { Items = [] } = ${client.send(
    'Query',
    `{
      TableName: 'Shop',
      ${scene.request(client)}
    }`,
  )}
  return Items${scene.picked?.(client) ?? ''}
}
`,
  })),
)

describe('before and after', () => {
  const wires = useWires(tables)
  const proven = new Map<string, number>()

  afterAll(() => {
    console.log('Key conditions:', Object.fromEntries(proven))
  })

  describe.each(engineNames)('%s', (name) => {
    it.each(programs)('$name', async ({ code, rule, title, ...found }) => {
      const wire = wires.named(name)
      if (wire === null) return
      if (proven.get(name) === undefined) await fill(wire.engine, tables, items)
      const { before, after } = versionsOf({ code, rule, settings: { tables } })
      expect(after.map((one) => one.title)).toEqual([expect.stringMatching(title)])
      const first = await outcomeOf(wire, before, ({ act }) => act?.('2'))
      expect(first.error ?? (first.result as object[]).length).toBe(found.before)
      for (const { code: changed } of after) {
        const then = await outcomeOf(wire, changed, ({ act }) => act?.('2'))
        expect(then.error).toBeNull()
        expect(then.result).toHaveLength(found.after)
        if (found.before === found.after)
          expect(then.result).toEqual(expect.arrayContaining(first.result as object[]))
        expect(scannedIn(then.said)).toBe(found.scanned)
        if (first.error === null && found.before !== 0)
          expect(consumedIn(then.said)).toBeLessThanOrEqual(consumedIn(first.said))
        proven.set(name, (proven.get(name) ?? 0) + 1)
      }
    })
  })
})
