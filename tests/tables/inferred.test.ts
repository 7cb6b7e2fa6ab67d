import { describe, expect, it } from 'vitest'
import { inferKeys } from '../../src/tables/inferred.ts'
import { givenTo, isBarePrefix, itemsSeen, kindOf } from '../../src/tables/kinds.ts'
import type { Term } from '../../src/project/term.ts'
import { moduleOf } from '../support/facts.ts'

const head = `
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'
const low = new DynamoDB({})
const documents = DynamoDBDocument.from(low)
`
const orders: Term = { kind: 'literal', value: 'Orders', ref: null }

const keysIn = (body: string) => {
  const module = moduleOf(`${head}export async function run(id: string) {\n${body}\n}`)
  const { partitionKey, sortKey, indexes } = inferKeys(orders, [module, module])
  return { partitionKey, sortKey, indexes: Object.fromEntries(indexes) }
}

const get = (key: string, table = 'Orders'): string =>
  `await documents.get({ TableName: '${table}', Key: { ${key} } });`
const query = (condition: string, index = ''): string =>
  `await documents.query({ TableName: 'Orders', ${index === '' ? '' : `IndexName: '${index}',`} KeyConditionExpression: '${condition}' });`

const nothing = { partitionKey: null, sortKey: null, indexes: {} }
const id = { ...nothing, partitionKey: 'id' }
const both = { ...id, sortKey: 'at' }

describe('keys inferred from use', () => {
  const uses: readonly (readonly [name: string, body: string, keys: object])[] = [
    ['nothing', '', nothing],
    ['a Key object of one', get('id'), id],
    ['a Key object of two', get('id, at: 1'), nothing],
    ['a key condition', query('id = :id'), id],
    ['a key condition on both', query('at > :at AND id = :id'), both],
    ['both', get('at: 1, id') + query('id = :id'), both],
    [
      'a Delete of a batch',
      `await documents.batchWrite({ RequestItems: { Orders: [{ DeleteRequest: { Key: { id } } }] } })`,
      id,
    ],
    [
      'a Put that must be the first',
      `await documents.put({ TableName: 'Orders', Item: { id, at: 1 }, ConditionExpression: 'attribute_not_exists(#k)', ExpressionAttributeNames: { '#k': 'id' } });`,
      id,
    ],
    [
      'such a Put and a Key object',
      `await documents.put({ TableName: 'Orders', Item: { id, at: 1 }, ConditionExpression: 'attribute_not_exists(id)' }); ${get('id, at: 1')}`,
      both,
    ],
    ['Key objects that disagree', get('id') + get('name: 1'), nothing],
    ['conditions that disagree', query('id = :id') + query('at = :at'), nothing],
    ['a Key object and a condition that disagree', get('id') + query('at = :at'), nothing],
    [
      'sort keys that disagree',
      query('id = :id AND at = :at') + query('id = :id AND name = :at'),
      id,
    ],
    [
      'an index',
      query('email = :e AND at > :at', 'byEmail'),
      { ...nothing, indexes: { byEmail: { partitionKey: 'email', sortKey: 'at' } } },
    ],
    ['another table', get('id', 'Users'), nothing],
    ['a Key that is not known whole', get('id, ...extra'), nothing],
    [
      'a table that is created',
      `await low.createTable({ TableName: 'Orders', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }, { AttributeName: 'at', KeyType: 'RANGE' }], GlobalSecondaryIndexes: [{ IndexName: 'byName', KeySchema: [{ AttributeName: 'name', KeyType: 'HASH' }] }] })`,
      { ...both, indexes: { byName: { partitionKey: 'name', sortKey: null } } },
    ],
  ]
  it.each(uses)('%s', (_, body, keys) => {
    expect(keysIn(body)).toEqual(keys)
  })
})

it.each([
  ['Key objects of two, in either order', get('id, at: 1') + get('at: 2, id'), ['id', 'at']],
  ['a Key object of one', get('id'), ['id']],
  ['Key objects that disagree', get('id, at: 1') + get('id'), []],
  ['a key condition alone', query('id = :id'), []],
])('the whole key, from %s', (_, body, whole) => {
  const module = moduleOf(`${head}export async function run(id: string) {\n${body}\n}`)
  expect(inferKeys(orders, [module]).whole).toEqual(whole)
})

describe('kinds of item', () => {
  const text = (value: string): Term => ({ kind: 'literal', value, ref: null })

  it.each([
    ['ORDER#1', 'ORDER#', false],
    ['#META#x', '#META#', false],
    ['user:7', 'user:', false],
    ['PROFILE', 'PROFILE', true],
  ])('%s', (value, kind, isWhole) => {
    expect(kindOf(text(value))).toEqual({ text: kind, isWhole })
  })

  it.each(['', '2024-02-01', '2024-02-01T10:00', '17', 'two words'])('none in %j', (value) => {
    expect(kindOf(text(value))).toBeNull()
  })

  it('tells a bare prefix from a key', () => {
    expect(['ORDER#', 'a/b/', 'x|', 'A#B#'].filter(isBarePrefix)).toHaveLength(4)
    expect(['ORDER', 'ORDER#1', '10:', '#', ''].filter(isBarePrefix)).toEqual([])
  })

  it('collects what an attribute is given, and how', () => {
    const module = moduleOf(`${head}export async function run(id: string) {
      await documents.put({ TableName: 'Orders', Item: { PK: id, SK: \`ORDER#\${id}\` } })
      ${get("PK: id, SK: 'PROFILE'")}
      await documents.query({ TableName: 'Orders', KeyConditionExpression: 'PK = :p AND begins_with(SK, :s)', ExpressionAttributeValues: { ':p': id, ':s': 'NOTE#' } })
      await documents.put({ TableName: 'Users', Item: { PK: id, SK: 'OTHER' } })
    }`)
    const given = givenTo('SK', itemsSeen(orders, [module]))
    expect(given.map(({ kind, isExact }) => [kind?.text, isExact])).toEqual([
      ['ORDER#', true],
      ['PROFILE', true],
      ['NOTE#', false],
    ])
  })
})
