/** What the suggestions of no-filter-for-key and valid-key-condition make of code, to the letter. */
import { describe, expect, it } from 'vitest'
import { applied } from './applied.ts'
import { changedLines } from './changed-lines.ts'
import { offered, settings } from './key-fixtures.ts'
import { typeErrorsIn } from './type-check.ts'

const fixtures = Object.entries(offered).flatMap(([rule, codes]) =>
  Object.entries(codes).map(([name, code]) => ({ rule, name, code, settings })),
)

describe.each(fixtures)('$rule: $name', ({ name: _, ...fixture }) => {
  const found = applied(fixture)

  it('becomes a Query like this', () => {
    const shown = found.map(
      ({ title, output }) => `${title}\n${changedLines(fixture.code, output)}`,
    )
    expect(shown.join('\n\n')).toMatchSnapshot()
  })

  it('is no longer reported', () => {
    expect(found).not.toEqual([])
    expect(found.flatMap(({ left }) => left)).toEqual([])
  })

  it('leaves nothing that other rules of requests report', () => {
    for (const { output } of found)
      for (const rule of ['valid-expression', 'valid-placeholders', 'valid-key-condition'])
        expect(applied({ ...fixture, code: output, rule })).toEqual([])
  })
})

it('leaves code that type-checks, with nothing unused', { timeout: 120_000 }, () => {
  const outputs = fixtures.flatMap(({ name, ...fixture }) => [
    [name, fixture.code] as const,
    ...applied(fixture).map(({ title, output }) => [`${name}: ${title}`, output] as const),
  ])
  expect(typeErrorsIn(outputs)).toEqual([])
})
