import { describe, expect, it } from 'vitest'
import { conditionOf, LEGACY_PARAMETERS, updateOf } from '../../src/requests/legacy.ts'
import { enumerations, structures } from '../../src/requests/model.ts'
import type { Engine } from '../engines/engines.ts'
import { createTable, putItems, useEngines } from '../engines/running.ts'

const S = (value: string): object => ({ S: value })

/** What stands in the attribute `a`; one item has none. */
const values: Readonly<Record<string, object | null>> = {
  none: null,
  text: S('b'),
  longer: S('bc'),
  number: { N: '1' },
  list: { L: [S('b')] },
  set: { SS: ['b', 'c'] },
  nothing: { NULL: true },
}

const lists: Readonly<Record<string, readonly object[]>> = {
  NULL: [],
  NOT_NULL: [],
  IN: [S('b'), S('x')],
  BETWEEN: [S('a'), S('bb')],
}

async function prepare(engine: Engine): Promise<void> {
  await createTable(engine, {
    TableName: 'Values',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  })
  const items = Object.entries(values).map(([pk, a]) => ({ pk: S(pk), ...(a ? { a } : {}) }))
  await putItems(engine, 'Values', items)
}

async function found(engine: Engine, request: object): Promise<unknown> {
  const answer = await engine.call('Scan', { TableName: 'Values', ...request })
  if (!answer.ok) return answer.message
  return (answer.body.Items as { pk: { S: string } }[]).map(({ pk }) => pk.S).sort()
}

describe('an operator and its condition find the same items', () => {
  const engines = useEngines(prepare)

  it.each(enumerations.ComparisonOperator ?? [])('%s', async (operator) => {
    const list = lists[operator] ?? [S('b')]
    const placeholders = list.map((_, index) => `:v${String(index)}`)
    const entries = placeholders.map((name, index) => [name, list[index]] as const)
    const condition = conditionOf(operator, 'a', placeholders)
    expect(condition).not.toBeNull()
    for (const engine of engines.all()) {
      const old = { ScanFilter: { a: { ComparisonOperator: operator, AttributeValueList: list } } }
      const expression = {
        FilterExpression: condition,
        ...(entries.length > 0 && { ExpressionAttributeValues: Object.fromEntries(entries) }),
      }
      const before = await found(engine, old)
      expect(await found(engine, expression)).toEqual(before)
      expect(before).toBeInstanceOf(Array)
    }
  })
})

describe('an action and its part of an update leave the same item', () => {
  const engines = useEngines(prepare)

  it.each([
    ['PUT', 'text', S('new')],
    ['PUT', 'none', S('new')],
    ['ADD', 'number', { N: '2' }],
    ['ADD', 'none', { N: '2' }],
    ['ADD', 'set', { SS: ['x'] }],
    ['DELETE', 'set', { SS: ['b'] }],
    ['DELETE', 'set', { SS: ['b', 'c'] }],
    ['DELETE', 'text', null],
    ['DELETE', 'none', null],
  ])('%s of %s', async (Action, pk, Value) => {
    const action = updateOf(Action, 'a', Value && ':v')
    expect(action).not.toBeNull()
    const expression = {
      UpdateExpression: `${action?.section ?? ''} ${action?.text ?? ''}`,
      ...(Value && { ExpressionAttributeValues: { ':v': Value } }),
    }
    const old = { AttributeUpdates: { a: { Action, ...(Value && { Value }) } } }
    const a = values[pk]
    for (const engine of engines.all()) {
      const [before, after] = [
        await left(engine, { pk: S(pk), ...(a ? { a } : {}) }, old),
        await left(engine, { pk: S(pk), ...(a ? { a } : {}) }, expression),
      ]
      expect(after).toEqual(before)
      expect(before).toHaveProperty('pk')
    }
  })
})

/** What an update leaves of an item. */
async function left(engine: Engine, Item: { pk: object }, request: object): Promise<unknown> {
  await engine.call('PutItem', { TableName: 'Values', Item })
  const update = { TableName: 'Values', Key: { pk: Item.pk }, ReturnValues: 'ALL_NEW', ...request }
  const answer = await engine.call('UpdateItem', update)
  return answer.ok ? answer.body.Attributes : answer.message
}

it('takes no action that there is not, or without its value', () => {
  expect(updateOf('SET', 'a', ':v')).toBeNull()
  expect(updateOf('PUT', 'a', null)).toBeNull()
  expect(updateOf('ADD', 'a', null)).toBeNull()
})

it('takes no operator with another number of values than it has', () => {
  expect(conditionOf('EQ', 'a', [])).toBeNull()
  expect(conditionOf('EQ', 'a', [':x', ':y'])).toBeNull()
  expect(conditionOf('NULL', 'a', [':x'])).toBeNull()
  expect(conditionOf('BETWEEN', 'a', [':x'])).toBeNull()
  expect(conditionOf('IN', 'a', [])).toBeNull()
  expect(conditionOf('LIKE', 'a', [':x'])).toBeNull()
})

it('names parameters that some request has', () => {
  const members = new Set(Object.values(structures).flatMap((structure) => Object.keys(structure)))
  for (const [parameter, expression] of Object.entries(LEGACY_PARAMETERS)) {
    expect(members).toContain(parameter)
    if (expression !== null) expect(members).toContain(expression)
  }
})
