import { describe, expect, it } from 'vitest'
import {
  parseExpression,
  print,
  textWithHoles,
  type ExpressionKind,
} from '../../src/expressions/index.ts'

const printed = (kind: ExpressionKind, text: string): string =>
  print(parseExpression(kind, textWithHoles(text)).tree)

describe('parseExpression', () => {
  it('binds OR weaker than AND weaker than NOT', () => {
    const { tree } = parseExpression('Filter', 'not a = :a and b = :b or c = :c')
    expect(tree.condition).toMatchObject({
      type: 'Or',
      conditions: [
        { type: 'And', conditions: [{ type: 'Not' }, { type: 'Comparison' }] },
        { type: 'Comparison' },
      ],
    })
  })

  it('gives ranges in the text', () => {
    const { tree } = parseExpression('Update', 'SET a.#b[0] = :v')
    expect(tree.sections).toMatchObject([
      {
        keyword: 'SET',
        keywordRange: [0, 3],
        range: [0, 16],
        actions: [
          {
            type: 'SetAction',
            range: [4, 16],
            path: {
              range: [4, 11],
              segments: [
                { type: 'Identifier', name: 'a', range: [4, 5] },
                { type: 'NamePlaceholder', name: '#b', range: [6, 8] },
                { type: 'ListIndex', text: '0', range: [8, 11] },
              ],
            },
            value: { type: 'ValuePlaceholder', name: ':v', range: [14, 16] },
          },
        ],
      },
    ])
  })

  it('takes brackets around operands and conditions', () => {
    expect(printed('Filter', '(a.b) = (:v) AND ((c) < :d OR (size(e)) > :f)')).toBe(
      '(a.b) = (:v) AND ((c) < :d OR (size(e)) > :f)',
    )
    expect(printed('Update', 'set a = (b + :n)')).toBe('SET a = (b + :n)')
  })

  it.each([
    ['Filter', 'a == :b', 'Syntax error; token: "=", near: "== :b"', [3, 4]],
    ['Filter', 'a = :b AND', 'Syntax error; token: "<EOF>", near: "AND"', [9, 10]],
    ['Filter', 'a', 'Syntax error; token: "<EOF>", near: "a"', [0, 1]],
    ['Condition', '', 'The expression can not be empty;', [0, 0]],
    ['Update', 'SET a = :a b = :b', 'Syntax error; token: "b", near: ":a b ="', [11, 12]],
    ['Projection', 'a, 9b', 'Syntax error; token: "9", near: ", 9b"', [3, 4]],
  ] as const)('%s %j: %s', (kind, text, message, range) => {
    const { errors, complete } = parseExpression(kind, text)
    expect(errors).toMatchObject([{ message, range }])
    expect(complete).toBe(false)
  })
})

describe('holes', () => {
  it.each([
    ['Update', 'SET \uFFFC'],
    ['Update', 'SET #\uFFFC = :\uFFFC, updatedAt = :now'],
    ['Update', 'SET a = :a\uFFFC REMOVE c'],
    ['Update', 'SET a = :a \uFFFC REMOVE c'],
    ['Update', '\uFFFC \uFFFC'],
    ['Update', 'ADD \uFFFC :n'],
    ['Filter', '\uFFFC'],
    ['Filter', '\uFFFC = :v AND b IN (\uFFFC)'],
    ['Filter', 'a = :a \uFFFC AND b = :b'],
    ['Filter', 'a \uFFFC :v'],
    ['KeyCondition', 'pk = :pk AND \uFFFC'],
    ['Projection', 'a, \uFFFC'],
  ] as const)('%s %j has no error', (kind, text) => {
    const { errors, complete } = parseExpression(kind, textWithHoles(text))
    expect(errors).toEqual([])
    expect(complete).toBe(false)
  })

  it('reports what is wrong before a hole, and what is wrong whatever a hole holds', () => {
    expect(parseExpression('Filter', textWithHoles('a == :b AND \uFFFC')).errors).toMatchObject([
      { range: [3, 4] },
    ])
    expect(parseExpression('Filter', textWithHoles('\uFFFC AND a != :b')).errors).toMatchObject([
      { message: 'Syntax error; token: "!", near: "a !="', range: [8, 9] },
    ])
  })

  it.each([
    ['Filter', '\uFFFC AND a == :b', [9, 10]],
    ['Filter', '#\uFFFC = :a AND', [10, 11]],
    ['Filter', 'a IN (\uFFFC, )', [9, 10]],
    ['Update', 'SET \uFFFC,', [5, 6]],
    ['Update', 'SET #\uFFFC = :a b = :b', [12, 13]],
    ['Update', '\uFFFC REMOVE :a', [9, 11]],
    ['Projection', '\uFFFC, a b', [5, 6]],
  ] as const)('%s %j has tokens that never stand beside each other', (kind, text, range) => {
    expect(parseExpression(kind, textWithHoles(text)).errors).toMatchObject([{ range }])
  })

  it('is no hole when the character stands in the text itself', () => {
    expect(parseExpression('Filter', 'a = \uFFFC').errors).toMatchObject([{ range: [4, 5] }])
  })
})
