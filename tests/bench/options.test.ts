import { describe, expect, it } from 'vitest'

import { readOptions } from '../../scripts/bench/options.ts'

describe('readOptions', () => {
  it('measures everything on generated files by default', () => {
    expect(readOptions([])).toEqual({
      repos: undefined,
      files: 60,
      rounds: 9,
      warmUps: 2,
      parts: ['sets', 'idle', 'rules', 'growth', 'expressions'],
      apps: 5,
      sizes: [1000, 5000, 20_000],
      dearest: 0,
      clock: 'cpu',
      seed: 1,
      json: undefined,
    })
  })

  it('takes more files where they are real, from an absolute directory', () => {
    expect(readOptions(['--repos', '/code'])).toMatchObject({ repos: '/code', files: 200 })
  })

  it('takes parts by name', () => {
    expect(readOptions(['--part', 'growth', '--part', 'sets'])?.parts).toEqual(['growth', 'sets'])
  })

  it('gives nothing where help is asked for', () => {
    expect(readOptions(['--rounds', '3', '--help'])).toBeUndefined()
  })

  it.each([
    [['--rounds', '0'], '--rounds takes a whole number from 1, not "0".'],
    [['--files', 'many'], '--files takes a whole number from 1, not "many".'],
    [['--sizes', '100,5'], '--sizes takes a whole number from 10, not "5".'],
    [['--seed', '1.5'], '--seed takes a whole number from 0, not "1.5".'],
    [['--clock', 'sun'], '--clock takes one of cpu, wall, not "sun".'],
    [
      ['--part', 'all'],
      '--part takes one of sets, idle, rules, growth, expressions, apps, index, typing, not "all".',
    ],
  ])('%j is refused', (args, message) => {
    expect(() => readOptions(args)).toThrow(message)
  })
})
