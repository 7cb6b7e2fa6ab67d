/** Keys and items against the keys of a table: what the checks say, and what engines say of the same. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  attributeValueFromJson,
  checkItem,
  checkKey,
  unknownValue,
  type ItemFinding,
  type KnownItem,
} from '../../src/expressions/index.ts'
import { startDynalite, startDynoxide, type Engine } from '../engines/engines.ts'
import { schemaOf, type TableDefinition } from './requests.ts'

const { Orders } = JSON.parse(
  readFileSync(new URL('../fixtures/conformance/tables.json', import.meta.url), 'utf8'),
) as { readonly Orders: TableDefinition }
const table = schemaOf(Orders)

type Attributes = Readonly<Record<string, object>>

const known = (attributes: Attributes, open = false): KnownItem => ({
  attributes: new Map(
    Object.entries(attributes).map(([name, json]) => [
      name,
      { value: attributeValueFromJson(json), certain: true },
    ]),
  ),
  open,
})

const pk = { S: 'a' }
const sk = { S: 'b' }

interface Case {
  readonly attributes: Attributes
  /** As `code attribute`. */
  readonly found: readonly string[]
  /** The engine that says otherwise, for a reason that is known. */
  readonly differs?: string
}

const keys: readonly Case[] = [
  { attributes: { pk, sk }, found: [] },
  { attributes: { pk }, found: ['keyMissing sk'] },
  { attributes: { pk, sk, more: sk }, found: ['keyExtra more'] },
  { attributes: { pk, Sk: sk }, found: ['keyExtra Sk'] },
  { attributes: { pk, sk: { N: '1' } }, found: ['keyType sk'] },
  { attributes: { pk: { BOOL: true }, sk }, found: ['keyType pk'] },
  { attributes: { pk: { S: '' }, sk }, found: ['emptyKeyValue pk'] },
]

const items: readonly Case[] = [
  { attributes: { pk, sk }, found: [] },
  { attributes: { pk, sk, gpk: { S: 'x' }, gsk: { N: '1' }, more: { L: [] } }, found: [] },
  { attributes: { pk, more: sk }, found: ['keyMissing sk'] },
  { attributes: { pk: { N: '1' }, sk }, found: ['keyType pk'] },
  { attributes: { pk, sk: { S: '' } }, found: ['emptyKeyValue sk'] },
  { attributes: { pk, sk, gpk: { N: '1' } }, found: ['indexKeyType gpk'] },
  { attributes: { pk, sk, gsk: { NULL: true } }, found: ['indexKeyType gsk'] },
  // dynalite knows nothing of empty keys of indexes.
  { attributes: { pk, sk, gpk: { S: '' } }, found: ['emptyKeyValue gpk'], differs: 'dynalite' },
]

const codes = (findings: readonly ItemFinding[]): string[] =>
  findings.map(({ code, attribute }) => `${code} ${attribute}`)

it.each(keys)('the key $attributes', ({ attributes, found }) => {
  expect(codes(checkKey(known(attributes), table))).toEqual(found)
})

it.each(items)('the item $attributes', ({ attributes, found }) => {
  expect(codes(checkItem(known(attributes), table))).toEqual(found)
})

describe('what is not known', () => {
  it('may be a key attribute that is not seen', () => {
    expect(checkKey(known({ pk }, true), table)).toEqual([])
    expect(checkItem(known({}, true), table)).toEqual([])
  })

  it('may be a value of the right type', () => {
    const attributes = new Map(
      ['pk', 'sk'].map((name) => [name, { value: unknownValue, certain: true }]),
    )
    expect(checkKey({ attributes, open: false }, table)).toEqual([])
  })

  it('may be left out', () => {
    const value = attributeValueFromJson(sk)
    const { attributes } = known({ pk, sk })
    const more = new Map([...attributes, ['more', { value, certain: false }]])
    expect(checkKey({ attributes: more, open: false }, table)).toEqual([])
  })

  it('is a type that the schema does not tell', () => {
    const untyped = { key: { partition: [{ name: 'id' }], sort: [] }, indexes: new Map() }
    expect(checkKey(known({ id: { N: '1' } }), untyped)).toEqual([])
    expect(codes(checkKey(known({ id: { L: [] } }), untyped))).toEqual(['keyType id'])
  })
})

describe('engines say the same', () => {
  const running: Engine[] = []
  let absence = ''

  const prepare = async (engine: Engine): Promise<void> => {
    const answer = await engine.call('CreateTable', {
      TableName: 'Orders',
      BillingMode: 'PAY_PER_REQUEST',
      ...Orders,
    })
    if (!answer.ok) throw new Error(`${engine.name} makes no table: ${answer.message}`)
    // dynalite takes a moment to open a table.
    for (let attempt = 0; attempt < 40; attempt += 1) {
      if ((await engine.call('Scan', { TableName: 'Orders' })).ok) return
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error(`${engine.name} reads no table`)
  }

  beforeAll(async () => {
    running.push(await startDynalite(prepare))
    const dynoxide = await startDynoxide(prepare)
    if (typeof dynoxide === 'string') absence = dynoxide
    else running.push(dynoxide)
  }, 20_000)

  afterAll(async () => {
    await Promise.all(running.map((engine) => engine.stop()))
    if (absence !== '') console.log(absence)
  })

  it.each(['dynalite', 'Dynoxide'])(
    '%s',
    async (name) => {
      const engine = running.find((candidate) => candidate.name === name)
      if (!engine) {
        expect(absence).not.toBe('')
        return
      }
      const TableName = 'Orders'
      const asked = [
        ...keys.map((one) => ({
          ...one,
          operation: 'GetItem',
          request: { TableName, Key: one.attributes },
        })),
        ...items.map((one) => ({
          ...one,
          operation: 'PutItem',
          request: { TableName, Item: one.attributes },
        })),
      ]
      const wrong: object[] = []
      for (const { operation, request, found, differs } of asked) {
        const answer = await engine.call(operation, request)
        const isSame = answer.ok === (found.length === 0)
        if (isSame === (differs === name)) wrong.push({ request, answer })
      }
      expect(wrong).toEqual([])
    },
    20_000,
  )

  it('with the same words', async () => {
    const engine = running.find(({ name }) => name === 'Dynoxide')
    if (!engine) return
    for (const { attributes, found } of items) {
      if (found.length === 0) continue
      const answer = await engine.call('PutItem', { TableName: 'Orders', Item: attributes })
      const [finding] = checkItem(known(attributes), table)
      expect(answer.ok ? '' : answer.message).toBe(finding?.message)
    }
  })
})
