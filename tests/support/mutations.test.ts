import { expect, it } from 'vitest'
import { mutations, truncations } from './mutations.ts'

it('closes what a cut leaves open, at the end of a word', () => {
  const codes = truncations("f({ a: [1], b: 'x' }, gg(h)) // end", 4).map(({ code }) => code)
  expect(codes).toEqual([
    'f({ a: ',
    'f({ a: })',
    'f({ a: [1], b:',
    'f({ a: [1], b:})',
    "f({ a: [1], b: 'x' },",
    "f({ a: [1], b: 'x' },)",
    "f({ a: [1], b: 'x' }, gg(h))",
    "f({ a: [1], b: 'x' }, gg(h))",
  ])
})

it('makes the same mutations each time, and each differs from the source', () => {
  const source = 'const a = f(b, "c")'
  const made = mutations(source, 40)
  expect(mutations(source, 40)).toEqual(made)
  expect(made.filter(({ code }) => code !== source).length).toBeGreaterThan(30)
  expect(new Set(made.map(({ code }) => code)).size).toBeGreaterThan(30)
})

it('takes an empty program', () => {
  expect(mutations('', 1)).toHaveLength(1)
  expect(truncations('', 1).map(({ code }) => code)).toEqual(['', ''])
})
