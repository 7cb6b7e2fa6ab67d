/** Where a suggestion of no-unconditional-read-modify-write would change more than it says, it is not made. */
import { describe, expect, it } from 'vitest'
import { applied, reportsOf } from './applied.ts'
import { notAtomic, withheld } from './withheld-fixtures.ts'

const rule = 'no-unconditional-read-modify-write'

describe('the atomic update', () => {
  it.each(Object.entries(notAtomic))('is not offered for %s', (_, code) => {
    expect(reportsOf({ code, rule })).toHaveLength(1)
    const found = applied({ code, rule })
    expect(found.map(({ title }) => title.slice(0, 13))).toEqual(['Write only if'])
    expect(found.flatMap(({ left }) => left)).toEqual([])
  })
})

it.each(Object.entries(withheld))('offers nothing for %s', (_, code) => {
  expect(reportsOf({ code, rule })).toHaveLength(1)
  expect(applied({ code, rule })).toEqual([])
})
