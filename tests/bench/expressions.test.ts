import { describe, expect, it } from 'vitest'

import { expressionShapes, lengthOf, requestsOf } from '../../scripts/bench/expressions.ts'
import { randomFrom } from '../../scripts/bench/random.ts'
import { checkRequest } from '../../src/expressions/index.ts'

const texts = (shape: (typeof expressionShapes)[number], characters: number) =>
  requestsOf(shape, characters, randomFrom(1))

describe('requestsOf', () => {
  it.each(expressionShapes)('%s: makes as many characters as it is asked for', (shape) => {
    for (const characters of [10_000, 50_000]) {
      const total = texts(shape, characters)
        .map(lengthOf)
        .reduce((a, b) => a + b, 0)
      expect(total).toBeGreaterThan(characters * 0.95)
      expect(total).toBeLessThan(characters * 1.05)
    }
  })

  it.each(['many short', 'few long'] as const)('%s: DynamoDB takes each', (shape) => {
    const requests = texts(shape, 40_000)
    expect(requests.flatMap((request) => checkRequest(request))).toEqual([])
    const lengths = requests.map(lengthOf)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(shape === 'many short' ? 160 : 4096)
    expect(requests.length).toBeGreaterThan(shape === 'many short' ? 250 : 8)
  })

  it('makes one that is refused for its length', () => {
    const requests = texts('one over the limit', 20_000)
    expect(requests).toHaveLength(1)
    const found = requests.flatMap((request) => checkRequest(request))
    expect(found.map(({ code }) => code)).toEqual(['expressionSize'])
  })

  it('makes the same again of the same seed', () => {
    expect(texts('many short', 2000)).toEqual(texts('many short', 2000))
  })
})
