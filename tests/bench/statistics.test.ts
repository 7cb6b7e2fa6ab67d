import { describe, expect, it } from 'vitest'

import { compare, fastest, growthExponent, spreadOf } from '../../scripts/bench/statistics.ts'

describe('spreadOf', () => {
  it('takes the middle figure of an odd number, in whatever order', () => {
    expect(spreadOf([9, 1, 5])).toEqual({ median: 5, least: 1, greatest: 9 })
  })

  it('takes the mean of the two in the middle of an even number', () => {
    expect(spreadOf([4, 1, 2, 9])).toEqual({ median: 3, least: 1, greatest: 9 })
  })

  it('refuses no figures', () => {
    expect(() => spreadOf([])).toThrow('There are no figures to take a median of.')
  })
})

describe('compare', () => {
  const none = [
    [10, 10],
    [20, 20],
    [10, 15],
  ]

  it('pairs each round with the same round of no rules', () => {
    const own = [
      [11, 11],
      [30, 30],
      [15, 15],
    ]
    expect(compare(own, none)).toEqual({
      ratio: { median: 1.2, least: 1.1, greatest: 1.5 },
      difference: { median: 5, least: 2, greatest: 20 },
      quietRatio: 1.1,
    })
  })

  it('finds nothing between a way of linting and itself', () => {
    const { ratio, difference, quietRatio } = compare(none, none)
    expect([ratio.least, ratio.greatest, difference.greatest, quietRatio]).toEqual([1, 1, 0, 1])
  })

  it('refuses rounds or files that are not the same', () => {
    const problem = 'Only times of the same rounds and files can be compared.'
    expect(() => compare([[1, 2]], none)).toThrow(problem)
    expect(() => compare([[1], [1], [1]], none)).toThrow(problem)
  })
})

describe('fastest', () => {
  it('takes the fastest round of each file', () => {
    expect(
      fastest([
        [3, 8, 5],
        [4, 2, 5],
      ]),
    ).toEqual([3, 2, 5])
  })
})

describe('growthExponent', () => {
  const points = (power: number) =>
    [1000, 2000, 4000].map((size) => ({ size, cost: size ** power / 7 }))

  it('is 1 for linear cost, 2 for quadratic, 0 for constant', () => {
    expect(growthExponent(points(1))).toBeCloseTo(1)
    expect(growthExponent(points(2))).toBeCloseTo(2)
    expect(growthExponent(points(0))).toBeCloseTo(0)
  })

  it('refuses one size, or a cost of nothing', () => {
    expect(() => growthExponent(points(1).slice(0, 1))).toThrow('at least two sizes')
    expect(() =>
      growthExponent([
        { size: 1, cost: 0 },
        { size: 2, cost: 1 },
      ]),
    ).toThrow('above nothing')
  })
})
