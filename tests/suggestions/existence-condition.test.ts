/** What the suggestions of require-uniqueness-condition make of code, to the letter. */
import { describe, expect, it } from 'vitest'
import { applied, reportsOf } from './applied.ts'
import { changedLines } from './changed-lines.ts'
import { fixtures, withheld } from './existence-fixtures.ts'
import { typeErrorsIn } from './type-check.ts'

const rule = 'require-uniqueness-condition'

describe.each(Object.entries(fixtures))('%s', (_, code) => {
  it('is changed like this', () => {
    const shown = applied({ code, rule }).map(
      ({ title, output }) => `${title}\n${changedLines(code, output)}`,
    )
    expect(shown.join('\n\n')).toMatchSnapshot()
  })

  it('is reported once, has one suggestion, and that leaves no report', () => {
    expect(reportsOf({ code, rule })).toHaveLength(1)
    const found = applied({ code, rule })
    expect(found).toHaveLength(1)
    expect(found.flatMap(({ left }) => left)).toEqual([])
  })
})

it.each(Object.entries(fixtures))('keeps the line ends of %s', (_, code) => {
  const outputs = (text: string): string[] => applied({ code: text, rule }).map((a) => a.output)
  const wanted = outputs(code).map((output) => output.replaceAll('\n', '\r\n'))
  expect(outputs(code.replaceAll('\n', '\r\n'))).toEqual(wanted)
})

it.each(Object.entries(withheld))('offers nothing for %s', (_, code) => {
  expect(reportsOf({ code, rule })).toHaveLength(1)
  expect(applied({ code, rule })).toEqual([])
})

it('names the partition key that the settings tell', () => {
  const settings = {
    tables: { Things: { partitionKey: 'order', sortKey: 'line' } },
  }
  const code = fixtures['an item is created'] ?? ''
  const twoKeys = code
    .replaceAll('{ id }', '{ line: id, order: title }')
    .replace('{ id, title }', '{ line: id, order: title }')
  const titles = (told: unknown): string[] =>
    applied({ code: twoKeys, rule, settings: { dynamodb: told } }).map(({ title }) => title)
  expect(titles({})).toMatchInlineSnapshot(`
    [
      "Write only if there is no such item: \`attribute_not_exists(line)\` (throws ConditionalCheckFailedException otherwise).",
    ]
  `)
  expect(titles(settings)).toMatchInlineSnapshot(`
    [
      "Write only if there is no such item: \`attribute_not_exists(line)\` (throws ConditionalCheckFailedException otherwise).",
    ]
  `)
})

it('leaves code that type-checks, with nothing unused', { timeout: 120_000 }, () => {
  const outputs = Object.entries(fixtures).flatMap(([name, code]) => [
    [name, code] as const,
    ...applied({ code, rule }).map(({ title, output }) => [`${name}: ${title}`, output] as const),
  ])
  expect(typeErrorsIn(outputs)).toEqual([])
})
