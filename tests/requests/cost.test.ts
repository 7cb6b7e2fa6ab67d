import { describe, expect, it } from 'vitest'
import { costOfScan } from '../../src/requests/cost.ts'
import type { ScanReading } from '../../src/requests/cost.ts'

const prices = { readPerMillion: 0.125, writePerMillion: 0.625 }
const paged: ScanReading = { isConsistent: false, isOnePage: false, limit: null }
const GB = 1024 ** 3

describe('what a Scan reads and costs', () => {
  it('is half a read unit for each 4 KB', () => {
    expect(costOfScan({ items: 1, averageItemBytes: GB }, paged, prices)).toEqual({
      read: 'the whole table',
      cost: ', 131,072 read units or $0.016 a call, $16,384 for a million calls',
    })
  })

  it.each([
    [4096, '0.5 read units or $0.000000062 a call, $0.063 for'],
    [4097, '1 read units or $0.00000012 a call, $0.13 for'],
    [9 * 4096, '4.5 read units or $0.00000056 a call, $0.56 for'],
  ])('%i bytes are rounded up to 4 KB', (averageItemBytes, cost) => {
    expect(costOfScan({ items: 1, averageItemBytes }, paged, prices).cost).toContain(cost)
  })

  it('is twice as much where it is consistent', () => {
    const reading = { ...paged, isConsistent: true }
    expect(costOfScan({ items: 1, averageItemBytes: GB }, reading, prices).cost).toContain(
      '262,144 read units or $0.033 a call, $32,768 for',
    )
  })

  it('is a page of 1 MB for whoever never asks for the next', () => {
    const reading = { ...paged, isOnePage: true }
    expect(costOfScan({ items: 1000, averageItemBytes: 5 * 1024 }, reading, prices)).toEqual({
      read: 'the first 1 MB of 4.9 MB',
      cost: '; all of it would be 625 read units or $0.000078 a call, $78 for a million calls',
    })
    expect(costOfScan({ items: 100, averageItemBytes: 5 * 1024 }, reading, prices).read).toBe(
      'the whole table',
    )
  })

  it('is as many items as the Limit says, before the filter', () => {
    const reading = { ...paged, isOnePage: true, limit: 10 }
    expect(costOfScan({ items: 1000, averageItemBytes: 5 * 1024 }, reading, prices).read).toBe(
      'the first 50 KB of 4.9 MB',
    )
  })

  it('is what the settings say of prices, nothing included', () => {
    const free = { readPerMillion: 0, writePerMillion: 0 }
    expect(costOfScan({ items: 1, averageItemBytes: GB }, paged, free).cost).toContain(
      '$0 a call, $0 for a million calls',
    )
  })

  it('is not told of a table whose size is not', () => {
    const nothing = { read: 'the whole table', cost: '' }
    expect(costOfScan(null, paged, prices)).toEqual(nothing)
    expect(costOfScan({ items: 5, averageItemBytes: null }, paged, prices)).toEqual(nothing)
    expect(costOfScan({ items: null, averageItemBytes: 5 }, paged, prices)).toEqual(nothing)
  })
})
