/** Writes that cost more requests or units than they need: the same items with less. */
import { afterAll, describe, expect, it } from 'vitest'
import { engineNames, type EngineName } from '../engines/running.ts'
import { clients, type Client, type Operation } from './clients.ts'
import { fill, itemsIn, outcomeOf, useWires, versionsOf, type Items, type Tables } from './proof.ts'
import { consumedIn } from './wire.ts'

const tables: Tables = { Things: { partitionKey: 'id' } }

const S = (value: string): object => ({ S: value })

const items: Items = { Things: [{ id: S('one'), name: S('old'), draft: S('yes') }] }

interface Scene {
  readonly rule: 'no-split-update' | 'no-single-item-transaction' | 'no-torn-write'
  readonly operations: readonly Operation[]
  readonly body: (client: Client) => string
  readonly title: RegExp
  /** The requests before and after, and the items that both leave. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly left: readonly object[]
  readonly only?: EngineName
  /** What the function is called with. */
  readonly given?: unknown
  /** It costs more, and is worth it. */
  readonly costsMore?: boolean
}

const update = ({ send, text }: Client, [expression, value]: readonly [string, string]): string =>
  send(
    'Update',
    `{
    TableName: 'Things',
    Key: { id: ${text("'one'")} },
    UpdateExpression: '${expression}',
    ExpressionAttributeNames: { '#name': 'name' },
    ExpressionAttributeValues: { ':v': ${text(value)} },
  }`,
  )

const scenes: Readonly<Record<string, Scene>> = {
  'two updates of one item': {
    rule: 'no-split-update',
    operations: ['Update'],
    body: (client) => `
export async function act(name: string) {
  ${update(client, ['SET #name = :v REMOVE draft', 'name'])}
  ${update(client, ['SET author = :v', "'me'"]).replace("\n    ExpressionAttributeNames: { '#name': 'name' },", '')}
}
`,
    title: /^Do both with one Update/,
    before: ['UpdateItem', 'UpdateItem'],
    after: ['UpdateItem'],
    left: [{ id: S('one'), name: S('new'), author: S('me') }],
  },
  'a transaction of one put': {
    rule: 'no-single-item-transaction',
    operations: ['TransactWrite'],
    only: 'Dynoxide',
    body: ({ send, text }) => `
export async function act(name: string) {
  ${send(
    'TransactWrite',
    `{
    TransactItems: [
      {
        Put: {
          TableName: 'Things',
          Item: { id: ${text("'two'")}, name: ${text('name')} },
          ConditionExpression: 'attribute_not_exists(id)',
        },
      },
    ],
  }`,
  )}
}
`,
    title: /^Send the Put alone \(.*ConditionalCheckFailedException/,
    before: ['TransactWriteItems'],
    after: ['PutItem'],
    left: [...(items.Things ?? []), { id: S('two'), name: S('new') }],
  },
  'an item and its count': {
    rule: 'no-torn-write',
    operations: ['Put', 'Update'],
    only: 'Dynoxide',
    body: ({ send, text, number }) => `
export const act = async (event: import('aws-lambda').APIGatewayProxyEvent) => {
  const one = event.pathParameters?.one ?? ''
  ${send(
    'Put',
    `{ TableName: 'Things', Item: { id: ${text('`NOTE#${one}`')}, of: ${text('one')} } }`,
  )}
  ${send(
    'Update',
    `{
    TableName: 'Things',
    Key: { id: ${text('`THING#${one}`')} },
    UpdateExpression: 'ADD notes :one',
    ExpressionAttributeValues: { ':one': ${number('1')} },
  }`,
  )}
  return { statusCode: 200, body: '' }
}
`,
    title: /^Write both with one TransactWriteItems/,
    given: { pathParameters: { one: 'a' } },
    costsMore: true,
    before: ['PutItem', 'UpdateItem'],
    after: ['TransactWriteItems'],
    left: [
      ...(items.Things ?? []),
      { id: S('NOTE#a'), of: S('a') },
      { id: S('THING#a'), notes: { N: '1' } },
    ],
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

describe('before and after', () => {
  const wires = useWires(tables)
  const proven = new Map<string, number>()

  afterAll(() => {
    console.log('Writes:', Object.fromEntries(proven))
  })

  describe.each(engineNames)('%s', (name) => {
    it.each(programs.filter(({ only = name }) => only === name))('$name', async (scene) => {
      const wire = wires.named(name)
      if (wire === null) return
      const { code, rule, title, left } = scene
      const outcome = async (text: string) => {
        await fill(wire.engine, tables, items)
        const { error, said } = await outcomeOf(wire, text, ({ act }) =>
          act?.(scene.given ?? 'new'),
        )
        expect(error).toBeNull()
        const found = await itemsIn(wire.engine, 'Things')
        expect(found).toHaveLength(left.length)
        expect(found).toEqual(expect.arrayContaining([...left]))
        return { requests: said.map(({ operation }) => operation), units: consumedIn(said) }
      }
      const { before, after } = versionsOf({ code, rule, settings: { tables } })
      expect(after.map((one) => one.title)).toEqual([expect.stringMatching(title)])
      const first = await outcome(before)
      expect(first.requests).toEqual(scene.before)
      for (const { code: changed } of after) {
        const then = await outcome(changed)
        expect(then.requests).toEqual(scene.after)
        if (!scene.costsMore) expect(then.units).toBeLessThan(first.units)
        proven.set(name, (proven.get(name) ?? 0) + 1)
      }
    })
  })
})
