import { describe, expect, it } from 'vitest'
import {
  assignments,
  attributesIn,
  conjuncts,
  equalities,
  parseExpression,
  placeholdersIn,
  print,
  textWithHoles,
  type AttributeNames,
} from '../../src/expressions/index.ts'

const names: AttributeNames = { entries: new Map([['#s', 'status']]), open: false }

describe('conjuncts', () => {
  const of = (text: string): string[] =>
    conjuncts(parseExpression('Filter', textWithHoles(text)).tree).map(print)

  it('lists the conditions joined by AND, brackets taken off', () => {
    expect(of('(a = :a AND (b = :b)) AND (c = :c OR d = :d)')).toEqual([
      'a = :a',
      'b = :b',
      'c = :c OR d = :d',
    ])
  })

  it('keeps an unknown junction whole, but for a key condition, which knows AND only', () => {
    expect(of('a = :a \uFFFC')).toEqual(['a = :a \uFFFC'])
    const key = parseExpression('KeyCondition', textWithHoles('pk = :pk \uFFFC')).tree
    expect(conjuncts(key).map(print)).toEqual(['pk = :pk', '\uFFFC'])
  })
})

it('equalities resolves names and reads both ways round', () => {
  const { tree } = parseExpression('Filter', '#s = :s AND :n = a.b[0] AND c > :c AND #x = :x')
  expect(
    equalities(tree, names).map(({ resolved, operand }) => [resolved, print(operand)]),
  ).toEqual([
    [['status'], ':s'],
    [['a', 'b', 0], ':n'],
    [undefined, ':x'],
  ])
})

it('assignments lists the actions of all clauses', () => {
  const { tree } = parseExpression('Update', 'SET a = :a, b = b + :n REMOVE c ADD d :d DELETE e :e')
  expect(assignments(tree).map((action) => [action.type, print(action)])).toEqual([
    ['SetAction', 'a = :a'],
    ['SetAction', 'b = b + :n'],
    ['RemoveAction', 'c'],
    ['AddAction', 'd :d'],
    ['DeleteAction', 'e :e'],
  ])
})

it('placeholdersIn and attributesIn see every place', () => {
  const { tree } = parseExpression('Update', 'SET #s.x = if_not_exists(a.b, :z) + :n REMOVE #q')
  const used = placeholdersIn(tree)
  expect(used.names.map(({ name }) => name)).toEqual(['#s', '#q'])
  expect(used.values.map(({ name }) => name)).toEqual([':z', ':n'])
  expect([...attributesIn(tree, names)]).toEqual(['status', 'a'])
})
