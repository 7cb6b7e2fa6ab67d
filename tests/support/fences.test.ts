import { describe, expect, it } from 'vitest'
import { readFences } from './fences.ts'

describe('readFences', () => {
  it('reads language, words, values, code, line and heading', () => {
    const page = [
      '## Incorrect',
      '',
      '```ts incorrect settings={"tables": {"A": {"partitionKey": "P K"}}} filename="a b.ts"',
      'scan()',
      '',
      'scan()',
      '```',
    ].join('\n')
    expect(readFences(page)).toEqual([
      {
        language: 'ts',
        words: ['incorrect'],
        values: { settings: { tables: { A: { partitionKey: 'P K' } } }, filename: 'a b.ts' },
        code: 'scan()\n\nscan()',
        line: 3,
        heading: 'Incorrect',
      },
    ])
  })

  it('keeps shorter fences and headings inside a fence as code', () => {
    const page = ['````md', '# no heading', '```', 'a', '```', '````', '```sh', 'b', '```'].join(
      '\n',
    )
    expect(readFences(page).map(({ heading, code }) => [heading, code])).toEqual([
      ['', '# no heading\n```\na\n```'],
      ['', 'b'],
    ])
  })

  it('names the line of a value that is not JSON and of an open fence', () => {
    expect(() => readFences('\n```ts options={a}\n```')).toThrow('Line 2: options= must be JSON')
    expect(() => readFences('```ts\na')).toThrow('Line 1: this fence is never closed.')
  })
})
