/** The items that operations write and read. */
import { describe, expect, it } from 'vitest'
import { readOf, writesOf } from '../../src/operations/writes.ts'
import { moduleOf, spell } from '../support/facts.ts'
import { onlySpelling } from '../support/spellings.ts'

const LIB = "import * as lib from '@aws-sdk/lib-dynamodb'\n"

function writes(code: string): readonly string[] {
  return writesOf(onlySpelling(moduleOf(LIB + code))).map((w) =>
    [
      w.kind,
      w.table ? spell(w.table) : 'no table',
      w.item ? spell(w.item) : 'no item',
      ...(w.inTransaction ? ['transaction'] : []),
      ...(w.inBatch ? ['batch'] : []),
    ].join(', '),
  )
}

function sent(command: string, request: string, before = ''): string {
  return `${before}\nclient.send(new lib.${command}Command(${request}))`
}

describe('writes', () => {
  it.each<[string, string, readonly string[]]>([
    ['a put', sent('Put', "{ TableName: 't', Item: { pk: id } }"), ['Put, "t", { pk: #id }']],
    [
      'an update',
      sent('Update', "{ TableName: 't', Key: { pk: id } }"),
      ['Update, "t", { pk: #id }'],
    ],
    [
      'a delete',
      sent('Delete', "{ TableName: 't', Key: { pk: id } }"),
      ['Delete, "t", { pk: #id }'],
    ],
    ['a put of something unknown', sent('Put', 'p'), ['Put, no table, no item']],
    ['a read', sent('Get', "{ TableName: 't', Key: { pk: id } }"), []],
    [
      'a transaction',
      sent(
        'TransactWrite',
        "{ TransactItems: [{ Put: { TableName: 't', Item: i } }, { Update: { TableName: 'u', Key: k } }, { ConditionCheck: { TableName: 'v', Key: k } }, { Delete: { TableName: 'w', Key: k } }] }",
      ),
      ['Put, "t", #i, transaction', 'Update, "u", #k, transaction', 'Delete, "w", #k, transaction'],
    ],
    [
      'a transaction over a list',
      sent(
        'TransactWrite',
        '{ TransactItems: list.map((x) => ({ Put: { TableName: t, Item: x } })) }',
        'function f(list, t) {',
      ) + '}',
      ['Put, <f.t>, element(<f.list>), transaction'],
    ],
    [
      'a transaction that is built',
      sent(
        'TransactWrite',
        '{ TransactItems: [...items] }',
        "const items = [{ Put: { TableName: 't', Item: i } }]\nif (c) items.push({ Delete: { TableName: 't', Key: k } })",
      ),
      ['Delete, "t", #k, transaction', 'Put, "t", #i, transaction', 'Put, "t", #i, transaction'],
    ],
    [
      'a batch',
      sent(
        'BatchWrite',
        '{ RequestItems: { t: [{ PutRequest: { Item: i } }, { DeleteRequest: { Key: k } }], [u]: [{ PutRequest: { Item: j } }] } }',
      ),
      ['Put, "t", #i, batch', 'Delete, "t", #k, batch', 'Put, #u, #j, batch'],
    ],
    [
      'a batch over a list',
      sent(
        'BatchWrite',
        '{ RequestItems: { t: list.map((x) => ({ PutRequest: { Item: x } })) } }',
        'function f(list) {',
      ) + '}',
      ['Put, "t", element(<f.list>), batch'],
    ],
    ['a batch of something unknown', sent('BatchWrite', '{ RequestItems: p }'), []],
  ])('%s', (_, code, expected) => {
    expect(writes(code)).toEqual(expected)
  })
})

describe('reads', () => {
  function read(code: string): readonly (string | null)[] {
    const { table, key } = readOf(onlySpelling(moduleOf(LIB + code)))
    return [table && spell(table), key && spell(key)]
  }

  it.each<[string, string, readonly (string | null)[]]>([
    ['a get', sent('Get', "{ TableName: 't', Key: { pk: id } }"), ['"t"', '{ pk: #id }']],
    [
      'a query',
      sent('Query', "{ TableName: 't', KeyConditionExpression: 'pk = :p' }"),
      ['"t"', null],
    ],
    [
      'a batch of one table',
      sent('BatchGet', '{ RequestItems: { t: { Keys: ks } } }'),
      ['"t"', null],
    ],
    [
      'a batch of one table in a variable',
      sent('BatchGet', '{ RequestItems: { [t]: { Keys: ks } } }'),
      ['#t', null],
    ],
    ['a batch of two tables', sent('BatchGet', '{ RequestItems: { t: {}, u: {} } }'), [null, null]],
    ['a get of something unknown', sent('Get', 'p'), [null, null]],
  ])('%s', (_, code, expected) => {
    expect(read(code)).toEqual(expected)
  })
})
