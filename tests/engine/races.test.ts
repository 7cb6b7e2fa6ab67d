/** Callers at once, before and after: updates that are lost, and none that are. */
import { afterAll, describe, expect, it } from 'vitest'
import { engineNames, type EngineName } from '../engines/running.ts'
import { clients, type Client } from './clients.ts'
import { fill, itemsIn, nameOfError, useWires, versionsOf, type Tables } from './proof.ts'
import { run, type Program } from './program.ts'

const rule = 'no-unconditional-read-modify-write'

const tables: Tables = { Things: { partitionKey: 'id' } }

type Values = Readonly<Record<string, object>>
const S = (value: string): object => ({ S: value })
const N = (value: number): object => ({ N: String(value) })

/** What is left when callers wrote at once, of whom so many were told that they did. */
interface Left {
  readonly item: Values
  readonly done: number
  /** The names of the errors that the others got. */
  readonly errors: readonly string[]
}

interface Race {
  readonly body: (client: Client) => string
  readonly item: Values
  /** The request that writes. */
  readonly operations: Parameters<Client['head']>
  readonly titles: readonly RegExp[]
  /** Whether every caller that was told it had written did so. */
  readonly isRight: (left: Left) => boolean
  readonly only?: EngineName
  /** A suggestion that dynalite cannot prove: it finds no two lists equal. */
  readonly notDynalite?: RegExp
}

const CALLERS = 6

const numberOf = (item: Values, name: string): number =>
  Number((item[name] as { N: string } | undefined)?.N)

const races: Readonly<Record<string, Race>> = {
  'a counter': {
    item: { visits: N(5) },
    operations: ['Get', 'Update'],
    body: ({ send, text, number, readNumber }) => `
export async function act(id: string) {
  const { Item } = ${send('Get', `{ TableName: 'Things', Key: { id: ${text('id')} } }`)}
  if (!Item) throw new Error('None')
  const visits = ${readNumber('Item.visits')} + 1
  ${send(
    'Update',
    `{
      TableName: 'Things',
      Key: { id: ${text('id')} },
      UpdateExpression: 'SET visits = :visits',
      ExpressionAttributeValues: { ':visits': ${number('visits')} },
    }`,
  )}
}
`,
    titles: [/^Let DynamoDB add/, /^Write only if `visits` is still what was read/],
    isRight: ({ item, done }) => numberOf(item, 'visits') === 5 + done,
  },
  'a stock with a bound': {
    item: { stock: N(8) },
    operations: ['Get', 'Update'],
    body: ({ send, text, number, readNumber }) => `
export async function act(id: string, quantity = 3) {
  const { Item } = ${send('Get', `{ TableName: 'Things', Key: { id: ${text('id')} } }`)}
  if (!Item) throw new Error('None')
  const stock = ${readNumber('Item.stock')}
  if (stock < quantity) throw new Error('Sold out')
  ${send(
    'Update',
    `{
      TableName: 'Things',
      Key: { id: ${text('id')} },
      UpdateExpression: 'SET stock = :stock',
      ExpressionAttributeValues: { ':stock': ${number('(stock - quantity)')} },
    }`,
  )}
}
`,
    titles: [/^Let DynamoDB subtract.* if `stock >= :quantity`/, /^Write only if `stock`/],
    isRight: ({ item, done }) =>
      numberOf(item, 'stock') === 8 - 3 * done && numberOf(item, 'stock') >= 0,
  },
  'a number that is not there yet': {
    item: {},
    operations: ['Get', 'Update'],
    body: ({ send }) => `
export async function act(id: string, points = 10) {
  const { Item } = ${send('Get', `{ TableName: 'Things', Key: { id } }`)}
  const total = (Item?.points ?? 0) + points
  ${send(
    'Update',
    `{
      TableName: 'Things',
      Key: { id },
      UpdateExpression: 'SET points = :total',
      ExpressionAttributeValues: { ':total': total },
    }`,
  )}
}
`,
    titles: [/^Let DynamoDB add: `SET points = if_not_exists/, /^Write only if `points`/],
    isRight: ({ item, done }) => numberOf(item, 'points') === 10 * done,
  },
  'a list that grows': {
    item: { notes: { L: [S('first')] } },
    operations: ['Get', 'Update'],
    body: ({ send }) => `
export async function act(id: string, text = 'note') {
  const { Item } = ${send('Get', `{ TableName: 'Things', Key: { id } }`)}
  const notes = [...(Item?.notes ?? []), { text }]
  ${send(
    'Update',
    `{
      TableName: 'Things',
      Key: { id },
      UpdateExpression: 'SET notes = :notes',
      ExpressionAttributeValues: { ':notes': notes },
    }`,
  )}
}
`,
    titles: [/^Let DynamoDB append/, /^Write only if `notes`/],
    notDynalite: /^Write only if/,
    isRight: ({ item, done }) => (item.notes as { L: object[] }).L.length === 1 + done,
  },
  'a value that only a condition can guard': {
    item: { size: N(2) },
    operations: ['Get', 'Update'],
    body: ({ send }) => `
export async function act(id: string) {
  const { Item } = ${send('Get', `{ TableName: 'Things', Key: { id } }`)}
  if (!Item) throw new Error('None')
  ${send(
    'Update',
    `{
      TableName: 'Things',
      Key: { id },
      UpdateExpression: 'SET #size = :size',
      ExpressionAttributeNames: { '#size': 'size' },
      ExpressionAttributeValues: { ':size': Item.size * 2 },
    }`,
  )}
}
`,
    titles: [/^Write only if `size` is still what was read/],
    isRight: ({ item, done }) => numberOf(item, 'size') === 2 * 2 ** done,
  },
  'a state that is left once': {
    item: { phase: S('ready') },
    operations: ['Get', 'Update'],
    body: ({ send, text, readText }) => `
export async function act(id: string) {
  const { Item } = ${send('Get', `{ TableName: 'Things', Key: { id: ${text('id')} } }`)}
  if (!Item || ${readText('Item.phase')} !== 'ready') throw new Error('Not ready')
  ${send(
    'Update',
    `{
      TableName: 'Things',
      Key: { id: ${text('id')} },
      UpdateExpression: 'SET phase = :running',
      ExpressionAttributeValues: { ':running': ${text("'running'")} },
    }`,
  )}
}
`,
    titles: [/^Write only if `phase = 'ready'`/],
    isRight: ({ done }) => done === 1,
  },
  'a coupon that is used once': {
    item: { code: S('X') },
    operations: ['Get', 'Update'],
    body: ({ send }) => `
export async function act(id: string, user = 'u') {
  const { Item: coupon } = ${send('Get', `{ TableName: 'Things', Key: { id } }`)}
  if (!coupon || coupon.usedBy) throw new Error('Used')
  ${send(
    'Update',
    `{
      TableName: 'Things',
      Key: { id },
      UpdateExpression: 'SET usedBy = :user',
      ExpressionAttributeValues: { ':user': user },
    }`,
  )}
}
`,
    titles: [/^Write only if `usedBy` is still what was read/],
    isRight: ({ done }) => done === 1,
  },
  'an item put back with its version counted': {
    item: { version: N(1) },
    operations: ['Get', 'Put'],
    body: ({ send }) => `
export async function act(id: string, title = 'new') {
  const { Item: page } = ${send('Get', `{ TableName: 'Things', Key: { id } }`)}
  if (!page) throw new Error('None')
  ${send('Put', `{ TableName: 'Things', Item: { ...page, title, version: page.version + 1 } }`)}
}
`,
    titles: [/^Write only if `version` is still what was read/],
    isRight: ({ item, done }) => numberOf(item, 'version') === 1 + done,
  },
  'an item deleted in one state': {
    item: { archived: { BOOL: true } },
    operations: ['Get', 'Delete'],
    body: ({ send }) => `
export async function act(id: string) {
  const { Item } = ${send('Get', `{ TableName: 'Things', Key: { id } }`)}
  if (Item?.archived !== true) throw new Error('Archive it first')
  ${send('Delete', `{ TableName: 'Things', Key: { id } }`)}
}
`,
    titles: [/^Write only if `archived = true`/],
    isRight: ({ done }) => done === 1,
  },
  'a transaction': {
    item: { balance: N(10) },
    operations: ['Get', 'TransactWrite'],
    only: 'Dynoxide',
    body: ({ send }) => `
export async function act(id: string, amount = 4) {
  const { Item: account } = ${send('Get', `{ TableName: 'Things', Key: { id } }`)}
  if (!account || account.balance < amount) throw new Error('Too little')
  ${send(
    'TransactWrite',
    `{
      TransactItems: [
        {
          Update: {
            TableName: 'Things',
            Key: { id },
            UpdateExpression: 'SET balance = :rest',
            ExpressionAttributeValues: { ':rest': account.balance - amount },
          },
        },
        {
          Update: {
            TableName: 'Things',
            Key: { id: 'other' },
            UpdateExpression: 'ADD balance :amount',
            ExpressionAttributeValues: { ':amount': amount },
          },
        },
      ],
    }`,
  )}
}
`,
    titles: [/^Let DynamoDB subtract.* if `balance >= :amount`/, /^Write only if `balance`/],
    isRight: ({ item, done }) => numberOf(item, 'balance') === 10 - 4 * done,
  },
}

/** Values that are no numbers or texts of the item itself are only read through the document clients. */
const isOf = ({ name }: Client, { body }: Race): boolean =>
  name !== 'SDK v3, low level' || /readNumber|readText/.test(String(body))

const programs = clients.flatMap((client) =>
  Object.entries(races)
    .filter(([, race]) => isOf(client, race) && !(race.only && client.name === 'SDK v2'))
    .map(([title, race]) => ({
      ...race,
      name: `${title}: ${client.name}`,
      code: client.head(...race.operations) + race.body(client),
    })),
)

describe('callers at once', () => {
  const wires = useWires(tables)
  const proven = new Map<string, number>()

  afterAll(() => {
    console.log('Read-modify-write:', Object.fromEntries(proven))
  })

  describe.each(engineNames)('%s', (name) => {
    it.each(programs.filter(({ only = name }) => only === name))(
      '$name',
      async ({ code, item, titles, isRight, notDynalite }) => {
        const wire = wires.named(name)
        if (wire === null) return

        const leftBy = async (text: string): Promise<Left> => {
          await fill(wire.engine, tables, { Things: [{ id: S('one'), ...item }] })
          const { act } = run(text, wire) as { act: Program[string] }
          wire.letMeet(CALLERS)
          const ended = await Promise.allSettled(Array.from({ length: CALLERS }, () => act('one')))
          wire.letMeet(0)
          const rest = await itemsIn(wire.engine, 'Things')
          return {
            item: (rest.find(({ id }) => (id as { S: string }).S === 'one') ?? {}) as Values,
            done: ended.filter(({ status }) => status === 'fulfilled').length,
            errors: ended.flatMap((one) =>
              one.status === 'fulfilled' ? [] : nameOfError(one.reason),
            ),
          }
        }

        const { before, after } = versionsOf({ code, rule })
        expect(after.map(({ title }) => title)).toEqual(
          titles.map((t) => expect.stringMatching(t) as string),
        )
        const lost = await leftBy(before)
        expect(lost.done).toBe(CALLERS)
        expect(isRight(lost)).toBe(false)
        for (const { title, code: changed } of after) {
          if (name === 'dynalite' && notDynalite?.test(title)) continue
          const left = await leftBy(changed)
          expect(left.done, title).toBeGreaterThan(0)
          expect({ ...left, isRight: isRight(left) }).toMatchObject({ isRight: true })
          // Nobody is told of an error that the title does not speak of.
          expect(left.errors.filter((error) => !title.includes(error))).toEqual([])
          proven.set(name, (proven.get(name) ?? 0) + 1)
        }
      },
    )
  })
})
