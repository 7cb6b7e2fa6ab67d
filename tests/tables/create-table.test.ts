/** Tables as CreateTable calls define them. */
import { describe, expect, it } from 'vitest'
import { tablesCreatedIn } from '../../src/tables/create-table.ts'
import type { TableSchema } from '../../src/tables/schema.ts'
import { moduleOf } from '../support/facts.ts'

const head = `
import { CreateTableCommand, DynamoDBClient, KeyType, ProjectionType, ScalarAttributeType } from '@aws-sdk/client-dynamodb'
const client = new DynamoDBClient({})
`

const created = (code: string): Readonly<Record<string, TableSchema>> =>
  Object.fromEntries(tablesCreatedIn(moduleOf(head + code)))

const create = (members: string): string =>
  `await client.send(new CreateTableCommand({ TableName: 'Orders', ${members} }));`
const keySchema = (...names: readonly string[]): string =>
  `KeySchema: [${names.map((name, index) => `{ AttributeName: '${name}', KeyType: ${index === 0 ? "'HASH'" : 'KeyType.RANGE'} }`).join(', ')}]`
const types = (...pairs: readonly (readonly [name: string, type: string])[]): string =>
  `AttributeDefinitions: [${pairs.map(([name, type]) => `{ AttributeName: '${name}', AttributeType: ${type} }`).join(', ')}]`

const key = (name: string, type: 'S' | 'N' | 'B' | null = null) => ({ name, type })
const orders = '"Orders"'

it('gives the key with its types', () => {
  const code = create(
    `${keySchema('user', 'at')}, ${types(['user', "'S'"], ['at', 'ScalarAttributeType.N'])}`,
  )
  expect(created(code)[orders]).toEqual({
    name: 'Orders',
    partitionKey: key('user', 'S'),
    sortKey: key('at', 'N'),
    indexes: [],
    hasMoreIndexes: false,
    items: null,
    averageItemBytes: null,
    small: false,
    runningNumbers: false,
    certainty: 'defined',
  })
})

it('gives the indexes with what they hold', () => {
  const index = (name: string, keys: string, projection: string): string =>
    `{ IndexName: '${name}', ${keys}, Projection: ${projection} }`
  const global = [
    index('a', keySchema('x'), '{ ProjectionType: ProjectionType.ALL }'),
    index('b', keySchema('x', 'y'), "{ ProjectionType: 'INCLUDE', NonKeyAttributes: ['z'] }"),
  ]
  const local = index('c', keySchema('id', 'y'), "{ ProjectionType: 'KEYS_ONLY' }")
  const code = create(
    `${keySchema('id')}, ${types(['x', "'S'"])}, GlobalSecondaryIndexes: [${global.join(', ')}], LocalSecondaryIndexes: [${local}]`,
  )
  expect(created(code)[orders]).toMatchObject({
    indexes: [
      { name: 'a', partitionKey: key('x', 'S'), sortKey: null, projection: 'ALL' },
      { name: 'b', partitionKey: key('x', 'S'), sortKey: key('y'), projection: ['z'] },
      { name: 'c', partitionKey: key('id'), sortKey: key('y'), projection: 'KEYS_ONLY' },
    ],
    hasMoreIndexes: false,
  })
})

describe('what is not known whole', () => {
  it.each([
    ['a name', create("KeySchema: [{ AttributeName: given, KeyType: 'HASH' }]")],
    [
      'a name in the environment',
      create("KeySchema: [{ AttributeName: process.env.KEY, KeyType: 'HASH' }]"),
    ],
    ['a role', create("KeySchema: [{ AttributeName: 'id', KeyType: given }]")],
    ['a list', create('KeySchema: given')],
    [
      'a part of the list',
      create("KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }, ...given]"),
    ],
    [
      'a list that a callback adds to',
      `const keys = [{ AttributeName: 'id', KeyType: 'HASH' }]; given.forEach((one) => keys.push(one)); ${create('KeySchema: keys')}`,
    ],
    ['a second definition that differs', create(keySchema('id')) + create(keySchema('pk'))],
    ['a second definition that is not known', create(keySchema('id')) + create('KeySchema: given')],
  ])('is left out: %s', (_, code) => {
    expect(created(code)).toEqual({})
  })

  it('are indexes: there may be more', () => {
    const more = (members: string): unknown => {
      const { indexes, hasMoreIndexes } =
        created(create(`${keySchema('id')}, ${members}`))[orders] ?? {}
      return { indexes: indexes?.map(({ name }) => name), hasMoreIndexes }
    }
    expect(more('GlobalSecondaryIndexes: given')).toEqual({ indexes: [], hasMoreIndexes: true })
    expect(more('...given')).toEqual({ indexes: [], hasMoreIndexes: true })
    const wide = `{ IndexName: 'wide', KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }, { AttributeName: 'b', KeyType: 'HASH' }] }`
    expect(
      more(`GlobalSecondaryIndexes: [${wide}, { IndexName: 'a', ${keySchema('a')} }]`),
    ).toEqual({
      indexes: ['a'],
      hasMoreIndexes: true,
    })
  })

  it('is a type', () => {
    expect(
      created(create(`${keySchema('id')}, AttributeDefinitions: given`))[orders]?.partitionKey,
    ).toEqual(key('id'))
  })
})

it('goes by what names the table', () => {
  const named = (name: string): string[] =>
    Object.keys(created(create(keySchema('id')).replace("'Orders'", name)))
  expect(named('process.env.TABLE')).toEqual(['#process.env.TABLE'])
  expect(named('`orders-${process.env.STAGE}`')).toEqual(['`orders-${#process.env.STAGE}`'])
})

it('reads a helper that is given the name', () => {
  const code = `const create = (TableName) => client.send(new CreateTableCommand({ TableName, ${keySchema('id')} }))\nawait create('Orders')\nawait create('Users')`
  expect(Object.keys(created(code))).toEqual(expect.arrayContaining([orders, '"Users"']))
})

it('reads SDK v2', () => {
  const code = `const AWS = require('aws-sdk')\nnew AWS.DynamoDB().createTable({ TableName: 'Orders', ${keySchema('id')} }, () => {})`
  expect(created(code)[orders]?.partitionKey).toEqual(key('id'))
})

it('sees the same definition twice', () => {
  expect(created(create(keySchema('id')) + create(keySchema('id')))[orders]?.sortKey).toBeNull()
})
