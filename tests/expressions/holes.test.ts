import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holeCharacter, holesIn, textWithHoles } from '../../src/expressions/index.ts'
import type { ExpressionKind } from '../../src/expressions/index.ts'

/** Each hole of a text in which `…` stands for one, by its role. */
const roles = (kind: ExpressionKind, text: string): string =>
  holesIn(kind, textWithHoles(text.replaceAll('…', holeCharacter)))
    .map(({ role, quoted }) => (quoted ? `quoted ${role}` : role))
    .join(', ')

describe('conditions', () => {
  it.each([
    ['a = …', 'value'],
    ['(a = …) OR b < …', 'value, value'],
    ['NOT a = … AND b = :b', 'value'],
    ['a BETWEEN … AND …', 'value, value'],
    ['a BETWEEN :lo AND … AND b = …', 'value, value'],
    ['begins_with(a, …)', 'value'],
    ['contains(a.b, …)', 'value'],
    ['size(a) > …', 'value'],
    ['a IN (…, :b, …)', 'value, value'],
    ["a = '…'", 'quoted value'],
    ['a = "x…y"', 'quoted value'],
    ['a IN (…)', 'list'],
    ['… = :v', 'name'],
    ['a = :v AND … > :w', 'name'],
    ['… BETWEEN :lo AND :hi', 'name'],
    ['… IN (:a)', 'name'],
    [':v = …', 'name'],
    ['contains(:list, …)', 'name'],
    ['attribute_exists(…)', 'name'],
    ['begins_with(…, :v)', 'name'],
    ['a.… = :v', 'name'],
    ['….b = :v', 'name'],
    ['pre_… = :v', 'name'],
    ['a[…] = :v', 'index'],
    ['a[1…].b = :v', 'index'],
    ['#… = :… AND a = :b…', 'placeholder, placeholder, placeholder'],
    ['…', 'open'],
    ['a = :v …', 'open'],
    ['a = :v AND …', 'open'],
    ['(…) AND a = :v', 'open'],
    ['a = ……', 'open, open'],
    ['a = … b', 'open'],
    ['…(a, :v)', 'open'],
    ['a … :v', 'open'],
    ['begins_with(…)', 'open'],
  ])('%s: %s', (text, expected) => {
    expect(roles('Filter', text)).toBe(expected)
  })
})

describe('updates', () => {
  it.each([
    ['SET a = …', 'value'],
    ['SET a = a + …, b = … - :one', 'value, value'],
    ['SET a = if_not_exists(a, …)', 'value'],
    ['SET a = list_append(a, …)', 'value'],
    ['SET a = … REMOVE b', 'value'],
    ['SET … = :v', 'name'],
    ['SET a = :a, … = :b', 'name'],
    ['SET a = if_not_exists(…, :zero)', 'name'],
    ['REMOVE …', 'name'],
    ['REMOVE a, … SET b = :b', 'name'],
    ['ADD … :one', 'name'],
    ['ADD a …', 'value'],
    ['DELETE a …, b :b', 'value'],
    ['SET a[…] = :v', 'index'],
    ['SET …', 'open'],
    ['SET a = :a…', 'placeholder'],
    ['SET a = :a, …', 'open'],
    ['…', 'open'],
    ['… REMOVE a', 'open'],
  ])('%s: %s', (text, expected) => {
    expect(roles('Update', text)).toBe(expected)
  })
})

it.each([
  ['…', 'name'],
  ['a, …, b', 'name'],
  ['a, b.…', 'name'],
  ['a, … b', 'open'],
])('projection %s: %s', (text, expected) => {
  expect(roles('Projection', text)).toBe(expected)
})

it('gives every hole of any text one role, at its own place', () => {
  const piece = fc.constantFrom(
    ...'a #n :v ( ) [ ] , . = <> < AND BETWEEN IN NOT SET REMOVE ADD size begins_with \' " 1'.split(
      ' ',
    ),
    holeCharacter,
    ' ',
  )
  const kind = fc.constantFrom<ExpressionKind>('Filter', 'KeyCondition', 'Update', 'Projection')
  fc.assert(
    fc.property(kind, fc.array(piece, { maxLength: 40 }), (own, pieces) => {
      const text = pieces.join('')
      const found = holesIn(own, textWithHoles(text)).map(({ offset }) => offset)
      const holes = [...text.matchAll(new RegExp(holeCharacter, 'g'))].map(({ index }) => index)
      expect(found).toEqual(holes)
    }),
  )
})
