/** Reads of one page, of one item and of what was just written: the same items as before, all of them, or for less. */
import { afterAll, describe, expect, it } from 'vitest'
import { engineNames } from '../engines/running.ts'
import { clients, type Client, type Operation } from './clients.ts'
import { fill, outcomeOf, useWires, versionsOf, type Items, type Tables } from './proof.ts'
import { consumedIn, scannedIn } from './wire.ts'

const tables: Tables = {
  Votes: { partitionKey: 'poll', sortKey: 'voter' },
  Things: { partitionKey: 'id' },
}

const S = (value: string): object => ({ S: value })
const N = (value: number): object => ({ N: String(value) })
const two = (n: number): string => String(n).padStart(2, '0')

const VOTES = 50
const isYes = (n: number): boolean => n % 3 === 0

/** One poll of 3 MB, which is three pages and more, and one of few bytes. */
const items: Items = {
  Votes: ['long', 'short'].flatMap((poll) =>
    Array.from({ length: VOTES }, (_, n) => ({
      poll: S(poll),
      voter: S(`v${two(n)}`),
      answer: S(isYes(n) ? 'yes' : 'no'),
      weight: N(n),
      ...(poll === 'long' && { reasons: S('because '.repeat(7500)) }),
    })),
  ),
  Things: [{ id: S('one'), visits: N(5), name: S('First') }],
}

/** What one run gave, and what it took. */
interface Outcome {
  readonly result: unknown
  readonly scanned: number
  readonly requests: readonly string[]
}

interface Scene {
  readonly rule:
    | 'require-pagination'
    | 'no-limit-with-filter'
    | 'prefer-get-item'
    | 'no-write-then-read'
    | 'no-client-side-filter'
  readonly options?: readonly unknown[]
  readonly operations: readonly Operation[]
  readonly body: (client: Client) => string
  readonly given?: string
  readonly title: RegExp
  readonly before: Partial<Outcome>
  readonly after: Partial<Outcome>
  /** What the change costs or saves; null where the engines charge for nothing in ways of their own. */
  readonly costs: 'more' | 'the same' | 'less' | null
  /** Offered to clients that take plain values alone. */
  readonly isDocument?: true
}

/** All numbers below one, added up. */
const sumBelow = (n: number): number => (n * (n - 1)) / 2

const votersFrom = (first: number): string[] =>
  Array.from({ length: VOTES - first }, (_, n) => `v${two(first + n)}`)

const votesOf = ({ send, text }: Client, more = ''): string =>
  send(
    'Query',
    `{
    TableName: 'Votes',
    KeyConditionExpression: 'poll = :p',
    ExpressionAttributeValues: { ':p': ${text('poll')} },${more}
  }`,
  )

const someNumber = expect.any(Number) as number

const scenes: Readonly<Record<string, Scene>> = {
  'a sum over a partition': {
    rule: 'require-pagination',
    options: [{ checkListings: true }],
    operations: ['Query'],
    body: (client) => `
export async function act(poll: string) {
  const { Items = [] } = ${votesOf(client)}
  let sum = 0
  for (const item of Items) sum += Number(${client.readNumber('item.weight')})
  return sum
}
`,
    given: 'long',
    title: /^Read all pages/,
    before: { result: someNumber },
    after: { result: sumBelow(VOTES), scanned: VOTES },
    costs: 'more',
  },
  'a number of items': {
    rule: 'require-pagination',
    operations: ['Query'],
    body: (client) => `
export async function act(poll: string) {
  const answer = ${votesOf(client, "\n    Select: 'COUNT',")}
  return { total: answer.Count }
}
`,
    given: 'long',
    title: /^Read all pages/,
    before: { result: { total: someNumber } },
    after: { result: { total: VOTES }, scanned: VOTES },
    costs: 'more',
  },
  'a whole table': {
    rule: 'require-pagination',
    operations: ['Scan'],
    body: ({ send }) => `
export async function act() {
  const answer = ${send('Scan', "{ TableName: 'Votes' }")}
  const all = answer.Items ?? []
  return { total: all.length }
}
`,
    title: /^Read all pages/,
    before: { result: { total: someNumber } },
    after: { result: { total: 2 * VOTES }, scanned: 2 * VOTES },
    costs: 'more',
  },
  'one page, where there is no more': {
    rule: 'require-pagination',
    operations: ['Query'],
    body: (client) => `
export async function act(poll: string) {
  const answer = ${votesOf(client)}
  return { total: answer.Items!.length }
}
`,
    given: 'short',
    title: /^Read all pages/,
    before: { result: { total: VOTES }, scanned: VOTES, requests: ['Query'] },
    after: { result: { total: VOTES }, scanned: VOTES, requests: ['Query'] },
    costs: 'the same',
  },
  'the first matches of a filter': {
    rule: 'no-limit-with-filter',
    operations: ['Query'],
    body: ({ send, text, readText }) => `
export async function act(poll: string) {
  const { Items = [] } = ${send(
    'Query',
    `{
    TableName: 'Votes',
    KeyConditionExpression: 'poll = :p',
    FilterExpression: 'answer = :yes',
    ExpressionAttributeValues: { ':p': ${text('poll')}, ':yes': ${text("'yes'")} },
    Limit: 10,
  }`,
  )}
  return Items.map((item) => ${readText('item.voter')})
}
`,
    given: 'short',
    title: /^Read on until `10` items match/,
    before: { result: ['v00', 'v03', 'v06', 'v09'], scanned: 10 },
    after: {
      result: Array.from({ length: 10 }, (_, n) => `v${two(n * 3)}`),
      scanned: 30,
      requests: ['Query', 'Query', 'Query'],
    },
    costs: 'more',
  },
  'items from a key on': {
    rule: 'no-client-side-filter',
    operations: ['Query'],
    body: (client) => `
export async function act(poll: string) {
  const first = \`v\${String(poll.length * 8)}\`
  const { Items = [] } = ${votesOf(client)}
  return Items.filter((vote) => vote.voter >= first).map((vote) => vote.voter)
}
`,
    given: 'short',
    title: /^Ask for these items alone/,
    before: { result: votersFrom(40), scanned: VOTES },
    after: { result: votersFrom(40), scanned: VOTES - 40 },
    costs: null,
    isDocument: true,
  },
  'items that are only counted': {
    rule: 'no-client-side-filter',
    operations: ['Query'],
    body: (client) => `
export async function act(poll: string) {
  const answer = ${votesOf(client)}
  return { total: answer.Items?.length ?? 0 }
}
`,
    given: 'short',
    title: /^Ask for the number alone/,
    before: { result: { total: VOTES }, requests: ['Query'] },
    after: { result: { total: VOTES }, scanned: VOTES, requests: ['Query'] },
    costs: 'the same',
  },
  'the same by a name of their own': {
    rule: 'no-client-side-filter',
    operations: ['Query'],
    body: (client) => `
export async function act(poll: string) {
  const { Items = [] } = ${votesOf(client)}
  return { total: Items.length }
}
`,
    given: 'short',
    title: /^Ask for the number alone/,
    before: { result: { total: VOTES }, requests: ['Query'] },
    after: { result: { total: VOTES }, scanned: VOTES, requests: ['Query'] },
    costs: 'the same',
  },
  'one item by its whole key': {
    rule: 'prefer-get-item',
    operations: ['Query'],
    body: ({ send, text }) => `
export async function act(poll: string) {
  const answer = ${send(
    'Query',
    `{
    TableName: 'Votes',
    KeyConditionExpression: 'poll = :p AND voter = :v',
    ExpressionAttributeValues: { ':p': ${text('poll')}, ':v': ${text("'v03'")} },
  }`,
  )}
  return answer.Items?.[0]
}
`,
    given: 'short',
    title: /^Get the item by its key/,
    before: { result: expect.objectContaining({}), requests: ['Query'] },
    after: { result: expect.objectContaining({}), requests: ['GetItem'] },
    costs: 'the same',
  },
  'no item by its whole key': {
    rule: 'prefer-get-item',
    operations: ['Query'],
    body: ({ send, text }) => `
export async function act(poll: string) {
  const { Items } = ${send(
    'Query',
    `{
    TableName: 'Votes',
    KeyConditionExpression: 'poll = :p AND voter = :v',
    ExpressionAttributeValues: { ':p': ${text('poll')}, ':v': ${text("'nobody'")} },
  }`,
  )}
  return Items?.[0]
}
`,
    given: 'short',
    title: /^Get the item by its key/,
    before: { result: undefined, requests: ['Query'] },
    after: { result: undefined, requests: ['GetItem'] },
    costs: null,
  },
  'an item that is read back': {
    rule: 'no-write-then-read',
    operations: ['Get', 'Update'],
    body: ({ send, text, number }) => `
export async function act(id: string) {
  ${send(
    'Update',
    `{
    TableName: 'Things',
    Key: { id: ${text('id')} },
    UpdateExpression: 'SET visits = :visits',
    ExpressionAttributeValues: { ':visits': ${number('6')} },
  }`,
  )}
  const { Item } = ${send('Get', `{ TableName: 'Things', Key: { id: ${text('id')} } }`)}
  return Item
}
`,
    given: 'one',
    title: /^Let the Update give the new item/,
    before: { result: expect.objectContaining({}), requests: ['UpdateItem', 'GetItem'] },
    after: { result: expect.objectContaining({}), requests: ['UpdateItem'] },
    costs: 'less',
  },
}

const programs = clients.flatMap((client) =>
  Object.entries(scenes)
    .filter(([, { isDocument }]) => isDocument !== true || client.name !== 'SDK v3, low level')
    .map(([title, scene]) => ({
      ...scene,
      name: `${title}: ${client.name}`,
      code: client.head(...scene.operations) + scene.body(client),
    })),
)

describe('before and after', () => {
  const wires = useWires(tables)
  const proven = new Map<string, number>()

  afterAll(() => {
    console.log('Reads:', Object.fromEntries(proven))
  })

  describe.each(engineNames)('%s', (name) => {
    it.each(programs)(
      '$name',
      async ({ code, rule, options = [], given, title, before, after, costs }) => {
        const wire = wires.named(name)
        if (wire === null) return
        if (proven.get(name) === undefined) await fill(wire.engine, tables, items)
        const outcome = async (text: string): Promise<Outcome & { readonly units: number }> => {
          const { result, error, said } = await outcomeOf(wire, text, ({ act }) => act?.(given))
          expect(error).toBeNull()
          const requests = said.map(({ operation }) => operation)
          // Dynoxide counts the item that no longer went on a page as well.
          const full = said.filter(
            ({ request, answer }) => !('Limit' in request) && 'LastEvaluatedKey' in answer,
          )
          const scanned = scannedIn(said) - (name === 'Dynoxide' ? full.length : 0)
          return { result, requests, scanned, units: consumedIn(said) }
        }
        const versions = versionsOf({ code, rule, settings: { tables }, options })
        expect(versions.after.map((one) => one.title)).toEqual([expect.stringMatching(title)])
        const first = await outcome(versions.before)
        expect(first).toMatchObject(before)
        for (const { code: changed } of versions.after) {
          const then = await outcome(changed)
          expect(then).toMatchObject(after)
          if (costs === 'more') expect(then.result).not.toEqual(first.result)
          else expect(then.result).toEqual(first.result)
          if (costs !== null) expect(Math.sign(then.units - first.units)).toBe(SIGNS[costs])
          proven.set(name, (proven.get(name) ?? 0) + 1)
        }
      },
    )
  })
})

const SIGNS = { more: 1, 'the same': 0, less: -1 } as const
