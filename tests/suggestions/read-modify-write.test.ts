/** What the suggestions of no-unconditional-read-modify-write make of code, to the letter. */
import { describe, expect, it } from 'vitest'
import { applied, reportsOf } from './applied.ts'
import { fixtures } from './read-modify-write-fixtures.ts'
import { changedLines } from './changed-lines.ts'
import { typeErrorsIn } from './type-check.ts'

const rule = 'no-unconditional-read-modify-write'

describe.each(Object.entries(fixtures))('%s', (_, code) => {
  it('is changed like this', () => {
    const shown = applied({ code, rule }).map(
      ({ title, output }) => `${title}\n${changedLines(code, output)}`,
    )
    expect(shown.join('\n\n')).toMatchSnapshot()
  })

  it('is reported once, has a suggestion, and each leaves no report', () => {
    expect(reportsOf({ code, rule })).toHaveLength(1)
    const found = applied({ code, rule })
    expect(found).not.toEqual([])
    expect(found.flatMap(({ left }) => left)).toEqual([])
  })
})

it.each(Object.entries(fixtures))('keeps the line ends of %s', (_, code) => {
  const outputs = (text: string): string[] => applied({ code: text, rule }).map((a) => a.output)
  const wanted = outputs(code).map((output) => output.replaceAll('\n', '\r\n'))
  expect(outputs(code.replaceAll('\n', '\r\n'))).toEqual(wanted)
})

it('leaves code that type-checks, with nothing unused', { timeout: 120_000 }, () => {
  const outputs = Object.entries(fixtures).flatMap(([name, code]) => [
    [name, code] as const,
    ...applied({ code, rule }).map(({ title, output }) => [`${name}: ${title}`, output] as const),
  ])
  expect(typeErrorsIn(outputs)).toEqual([])
})
