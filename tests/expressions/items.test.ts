/** Keys and items against the keys of a table: what the checks say, and what engines say of the same. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  attributeValueFromJson,
  checkItem,
  checkKey,
  unknownValue,
  type ItemFinding,
  type KnownItem,
} from '../../src/expressions/index.ts'
import { createTable, engineNames, useEngines } from '../engines/running.ts'
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
  const engines = useEngines((engine) => createTable(engine, { TableName: 'Orders', ...Orders }))

  it.each(engineNames)(
    '%s',
    async (name) => {
      const engine = engines.named(name)
      if (engine === null) return
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
    const engine = engines.named('Dynoxide')
    if (engine === null) return
    for (const { attributes, found } of items) {
      if (found.length === 0) continue
      const answer = await engine.call('PutItem', { TableName: 'Orders', Item: attributes })
      const [finding] = checkItem(known(attributes), table)
      expect(answer.ok ? '' : answer.message).toBe(finding?.message)
    }
  })
})
