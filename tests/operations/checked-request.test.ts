/** Requests as the checks of the expression language take them. */
import { expect, it } from 'vitest'
import { occurrencesIn } from '../../src/flow/paths/occurrences.ts'
import { checkedRequests } from '../../src/operations/checked-request.ts'
import type { CheckedRequest } from '../../src/operations/checked-request.ts'
import { expressionText } from '../../src/operations/text.ts'
import { concatenate } from '../../src/expressions/index.ts'
import { freeFrame } from '../../src/project/frame.ts'
import type { TableSchema } from '../../src/tables/schema.ts'
import { moduleOf } from '../support/facts.ts'

const table: TableSchema = {
  name: 'Orders',
  partitionKey: { name: 'id', type: 'S' },
  sortKey: null,
  indexes: [
    {
      name: 'byUser',
      partitionKey: { name: 'user', type: null },
      sortKey: { name: 'at', type: 'N' },
      projection: null,
    },
  ],
  items: null,
  averageItemBytes: null,
  small: false,
  runningNumbers: false,
  certainty: 'defined',
}

function requests(code: string, schema: TableSchema | null = null): readonly CheckedRequest[] {
  const source = `import * as low from '@aws-sdk/client-dynamodb'\nimport * as lib from '@aws-sdk/lib-dynamodb'\n${code}`
  const module = moduleOf(source)
  const schemas = new Map(schema === null ? [] : [[schema.name, schema]])
  return occurrencesIn(freeFrame(module, 0)).flatMap(({ spelling }) =>
    checkedRequests(spelling, { module, text: source, schemas }),
  )
}

function only(code: string, schema: TableSchema | null = null): CheckedRequest {
  const [first, ...others] = requests(code, schema)
  if (!first || others.length > 0) throw new Error('there must be one request')
  return first
}

const texts = (request: CheckedRequest) =>
  Object.fromEntries(
    [...request.expressions].map(([member, found]) => [
      member,
      found.texts.map((text) => concatenate(expressionText(text)).text),
    ]),
  )

it('gives the texts of each expression, a hole for one that is not known', () => {
  const request = only(
    "x.send(new lib.QueryCommand({ KeyConditionExpression: 'id = :id', FilterExpression: y, ProjectionExpression: undefined }))",
  )
  expect(request.rest.operation).toBe('Query')
  expect(request.rest.open).toBe(false)
  expect(texts(request)).toEqual({
    KeyConditionExpression: ['id = :id'],
    FilterExpression: ['\uFFFC'],
  })
})

it.each([
  [
    'lib',
    "{ ':a': 5, ':b': 'x', ':c': true, ':d': [1], ':e': { f: 1 }, ':g': `a${y}`, ':h': y, ':i': null }",
    ['N', 'S', 'BOOL', 'L', 'M', 'S', 'unknown', 'NULL'],
  ],
  ['lib', "{ ':a': y ? 1 : 2, ':b': y ? 1 : 'x', ':c': y ?? 1 }", ['N', 'unknown', 'unknown']],
  [
    'low',
    "{ ':a': { N: '5' }, ':b': { S: y }, ':c': { [y]: '5' }, ':d': y, ':e': { SS: ['a'] } }",
    ['N', 'S', 'unknown', 'unknown', 'SS'],
  ],
])('reads the values of %s: %s', (library, values, expected) => {
  const { rest } = only(
    `x.send(new ${library}.UpdateItemCommand({ Key: { id: 1 }, UpdateExpression: 'SET a = :a', ExpressionAttributeValues: ${values} }))`.replace(
      'lib.UpdateItemCommand',
      'lib.UpdateCommand',
    ),
  )
  expect([...(rest.values?.entries.values() ?? [])].map((value) => value?.type)).toEqual(expected)
  expect(rest.values?.open).toBe(false)
  expect(rest.keyAttributes).toEqual(['id'])
})

it('knows of maps whether they are there, and whether they are whole', () => {
  const { rest, names } = only(
    "x.send(new lib.ScanCommand({ FilterExpression: y, ExpressionAttributeNames: { '#a': 'a', '#b': y, ...z } }))",
  )
  expect(names?.isCertain).toBe(true)
  expect(rest.names).toEqual({
    entries: new Map([
      ['#a', 'a'],
      ['#b', undefined],
    ]),
    open: true,
  })
  expect(rest.values).toBeUndefined()
})

it('gives the keys of a table and its indexes, where a definition says them', () => {
  const code =
    "x.send(new lib.QueryCommand({ TableName: 'Orders', IndexName: 'byUser', KeyConditionExpression: y }))"
  expect(only(code, table).rest).toMatchObject({
    table: {
      key: { partition: [{ name: 'id', type: 'S' }], sort: [] },
      indexes: new Map([
        [
          'byUser',
          { kind: 'global', partition: [{ name: 'user' }], sort: [{ name: 'at', type: 'N' }] },
        ],
      ]),
    },
    index: { name: 'byUser' },
  })
  expect(only(code, { ...table, certainty: 'inferred' }).rest.table).toBeUndefined()
})

it('takes batches and transactions for the requests in them', () => {
  const found = requests(
    "x.send(new lib.TransactWriteCommand({ TransactItems: [{ Put: { Item: {} } }, { ConditionCheck: { ConditionExpression: 'a' } }] })); x.send(new lib.TransactGetCommand({ TransactItems: [{ Get: { Key: {} } }] })); x.send(new lib.BatchGetCommand({ RequestItems: { T: { Keys: [] } } }))",
  )
  expect(found.map(({ rest }) => rest.operation)).toEqual([
    'PutItem',
    'ConditionCheck',
    'GetItem',
    'GetItem',
  ])
})

it.each([
  'x.send(new lib.ScanCommand(y))',
  "const request = { FilterExpression: 'a' }; y.change(request); x.send(new lib.ScanCommand(request))",
  "const request = { FilterExpression: 'a' }; y.map(() => { request.FilterExpression = 'b' }); x.send(new lib.ScanCommand(request))",
  "function change(r) { r.FilterExpression = 'b' } const request = { FilterExpression: 'a' }; change(request); x.send(new lib.ScanCommand(request))",
])('leaves out what something else may change: %s', (code) => {
  expect(requests(code)).toEqual([])
})
