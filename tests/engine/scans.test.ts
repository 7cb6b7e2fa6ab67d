/** Scans and the Queries that are suggested in their place: the same items, for less. */
import { afterAll, describe, expect, it } from 'vitest'
import { engineNames } from '../engines/running.ts'
import { clients, type Client } from './clients.ts'
import {
  fill,
  outcomeOf,
  useWires,
  versionsOf,
  type Items,
  type Tables,
  type TableSettings,
} from './proof.ts'
import { consumedIn, scannedIn } from './wire.ts'

const rule = 'no-scan-in-handler'

const tables: Tables = {
  Orders: {
    partitionKey: 'customer',
    sortKey: { name: 'placed', type: 'N' },
    indexes: {
      byCode: { partitionKey: 'code' },
      'buyer-index': { partitionKey: 'buyer' },
      byShop: { partitionKey: 'shop', sortKey: 'day', projection: ['cents'] },
    },
  },
}

const S = (value: string): object => ({ S: value })
const N = (value: number): object => ({ N: String(value) })

/** 200 orders of ten customers; every seventh has no code, and so is in no index by code. */
const items: Items = {
  Orders: Array.from({ length: 200 }, (_, n) => ({
    customer: S(`c${String(n % 10)}`),
    placed: N(n),
    ...(n % 7 !== 0 && { code: S(`k${String(n % 20)}`) }),
    ...(n % 4 !== 0 && { buyer: S(`b${String(n % 9)}`) }),
    shop: S(`s${String(n % 8)}`),
    day: S(`2026-01-${String((n % 28) + 1).padStart(2, '0')}`),
    cents: N(n * 10),
    state: S(n % 3 === 0 ? 'open' : 'done'),
  })),
}

/** The same tables before somebody made the index that a suggestion names. */
const without = (made: string): Tables => {
  const { indexes = {}, ...orders } = tables.Orders as TableSettings
  const others = Object.entries(indexes).filter(([name]) => name !== made)
  return { Orders: { ...orders, indexes: Object.fromEntries(others) } }
}

interface Scene {
  /** The members of the request behind its TableName. */
  readonly request: (client: Client) => string
  readonly titles: readonly RegExp[]
  /** An index that is not there yet when the code is linted. */
  readonly made?: string
}

const scenes: Readonly<Record<string, Scene>> = {
  'by the partition key': {
    request: ({ text }) => `FilterExpression: 'customer = :c',
      ExpressionAttributeValues: { ':c': ${text('id')} },`,
    titles: [/^Query the table by `customer`/],
  },
  'by both keys, as a range': {
    request: ({ text, number }) => `FilterExpression: 'placed BETWEEN :from AND :to AND #c = :c',
      ExpressionAttributeNames: { '#c': 'customer' },
      ExpressionAttributeValues: { ':c': ${text('id')}, ':from': ${number('20')}, ':to': ${number('90')} },`,
    titles: [/^Query the table by `customer` and `placed`/],
  },
  'by both keys, as a range of two bounds': {
    request: ({
      text,
      number,
    }) => `FilterExpression: 'placed >= :from AND customer = :c AND placed <= :to AND attribute_exists(#c)',
      ExpressionAttributeNames: { '#c': 'customer' },
      ExpressionAttributeValues: { ':c': ${text('id')}, ':from': ${number('20')}, ':to': ${number('90')} },`,
    titles: [/^Query the table by `customer` and `placed`.*a range that ends before it begins is/],
  },
  'one item by its whole key': {
    request: ({ text, number }) => `FilterExpression: 'placed = :at AND customer = :c',
      ExpressionAttributeValues: { ':c': ${text('id')}, ':at': ${number('43')} },`,
    titles: [/^Get the item by its key, `customer` and `placed`/],
  },
  'by an index, with a filter that stays': {
    request: ({
      text,
      number,
    }) => `FilterExpression: '#code = :code AND (cents > :least OR #state = :open)',
      ExpressionAttributeNames: { '#code': 'code', '#state': 'state' },
      ExpressionAttributeValues: { ':code': ${text("id.replace('c', 'k')")}, ':least': ${number('500')}, ':open': ${text("'open'")} },`,
    titles: [/^Query index `byCode`/],
  },
  'by an index that carries what is asked for': {
    request: ({ text }) => `FilterExpression: 'shop = :shop AND begins_with(#day, :month)',
      ProjectionExpression: 'shop, #day, cents',
      ExpressionAttributeNames: { '#day': 'day' },
      ExpressionAttributeValues: { ':shop': ${text("id.replace('c', 's')")}, ':month': ${text("'2026-01-1'")} },`,
    titles: [/^Query index `byShop`/],
  },
  'by an index that is made first': {
    made: 'buyer-index',
    request: ({ text }) => `FilterExpression: 'buyer = :buyer AND begins_with(#day, :month)',
      ExpressionAttributeNames: { '#day': 'day' },
      ExpressionAttributeValues: { ':buyer': ${text("id.replace('c', 'b')")}, ':month': ${text("'2026-01-'")} },`,
    titles: [/^Query an index `buyer-index`.*Create it first/],
  },
}

const programs = clients.flatMap((client) =>
  Object.entries(scenes).map(([title, { request, titles, made }]) => ({
    name: `${title}: ${client.name}`,
    titles,
    known: made === undefined ? tables : without(made),
    code: `${client.head('Scan')}
export async function handler(event: { pathParameters: Record<string, string>; httpMethod: string }) {
  const id = event.pathParameters.id
  const { Items } = ${client.send(
    'Scan',
    `{
      TableName: 'Orders',
      ${request(client)}
    }`,
  )}
  return Items
}
`,
  })),
)

const event = { httpMethod: 'GET', pathParameters: { id: 'c3' } }

/** Items in no order, since a Query gives them in another one. */
const unordered = (found: unknown): readonly string[] =>
  (found as object[]).map((item) => JSON.stringify(Object.entries(item).sort())).sort()

describe('before and after', () => {
  const wires = useWires(tables)
  const proven = new Map<string, number>()

  afterAll(() => {
    console.log('Scan to Query:', Object.fromEntries(proven))
  })

  describe.each(engineNames)('%s', (name) => {
    it.each(programs)('$name', async ({ code, titles, known }) => {
      const wire = wires.named(name)
      if (wire === null) return
      if (proven.get(name) === undefined) await fill(wire.engine, tables, items)
      const { before, after } = versionsOf({ code, rule, settings: { tables: known } })
      expect(after.map(({ title }) => title)).toEqual(
        titles.map((t) => expect.stringMatching(t) as string),
      )
      const scan = await outcomeOf(wire, before, ({ handler }) => handler?.(event))
      expect(scan.result).not.toEqual([])
      expect(scannedIn(scan.said)).toBe(200)
      for (const { code: changed } of after) {
        const query = await outcomeOf(wire, changed, ({ handler }) => handler?.(event))
        expect(query.error).toBeNull()
        expect(unordered(query.result)).toEqual(unordered(scan.result))
        expect(scannedIn(query.said)).toBeLessThan(60)
        expect(consumedIn(query.said)).toBeLessThan(consumedIn(scan.said))
        proven.set(name, (proven.get(name) ?? 0) + 1)
      }
    })
  })
})
