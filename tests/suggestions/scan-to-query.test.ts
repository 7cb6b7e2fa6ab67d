/** What the suggestions of no-scan-in-handler make of code, to the letter. */
import { describe, expect, it } from 'vitest'
import { applied, reportsOf } from './applied.ts'
import { changedLines } from './changed-lines.ts'
import { offered, settings, withheld } from './scan-fixtures.ts'
import { typeErrorsIn } from './type-check.ts'

const rule = 'no-scan-in-handler'

describe.each(Object.entries(offered))('%s', (_, code) => {
  const found = applied({ code, rule, settings })

  it('becomes a Query like this', () => {
    const shown = found.map(({ title, output }) => `${title}\n${changedLines(code, output)}`)
    expect(shown.join('\n\n')).toMatchSnapshot()
  })

  it('is no longer reported', () => {
    expect(found).not.toEqual([])
    expect(found.flatMap(({ left }) => left)).toEqual([])
  })
})

it.each(Object.entries(withheld))('offers nothing for %s', (_, code) => {
  expect(reportsOf({ code, rule, settings })).toHaveLength(1)
  expect(applied({ code, rule, settings })).toEqual([])
})

it('leaves code that type-checks, with nothing unused', { timeout: 120_000 }, () => {
  const outputs = Object.entries(offered)
    .filter(([name]) => name !== 'CommonJS')
    .flatMap(([name, code]) => [
      [name, code] as const,
      ...applied({ code, rule, settings }).map(
        ({ title, output }) => [`${name}: ${title}`, output] as const,
      ),
    ])
  expect(typeErrorsIn(outputs)).toEqual([])
})
