import { describe, expect, it } from 'vitest'

import { pick, randomFrom, shuffled, wholeNumber } from '../../scripts/bench/random.ts'

const draws = (seed: number): number[] => {
  const random = randomFrom(seed)
  return Array.from({ length: 1000 }, () => random())
}

describe('randomFrom', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    expect(draws(7)).toEqual(draws(7))
    expect(draws(7)).not.toEqual(draws(8))
  })

  it('gives numbers from 0 up to 1, spread over the whole range', () => {
    const numbers = draws(0)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThan(1)
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const here = numbers.filter((number) => Math.floor(number * 10) === tenth)
      expect(here.length).toBeGreaterThan(60)
      expect(here.length).toBeLessThan(140)
    }
  })
})

describe('wholeNumber', () => {
  it('reaches both ends and nothing beyond', () => {
    const random = randomFrom(1)
    const seen = new Set(Array.from({ length: 200 }, () => wholeNumber(random, 2, 4)))
    expect([...seen].toSorted()).toEqual([2, 3, 4])
  })
})

describe('pick', () => {
  it('refuses to pick from nothing', () => {
    expect(() => pick(randomFrom(1), [])).toThrow('There is nothing to pick from.')
  })
})

describe('shuffled', () => {
  it('keeps every value and leaves the given list alone', () => {
    const values = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    const other = shuffled(randomFrom(3), values)
    expect(other).not.toEqual(values)
    expect(other.toSorted()).toEqual(values)
    expect(values).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
  })
})
