import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { rules } from '../../src/plugin/rules.ts'
import { compare, locate, readExpectations, readHead } from '../support/carets.ts'
import { lint, setups } from '../support/linters.ts'

const scenarios = globSync('**/*.{ts,tsx,js,jsx,mjs,cjs,mts,cts}', {
  cwd: import.meta.dirname,
  ignore: ['**/*.test.ts'],
}).sort()

describe.each(setups)('scenarios on $name', (setup) => {
  it.each(scenarios)('%s', (name) => {
    const code = readFileSync(join(import.meta.dirname, name), 'utf8')
    const head = readHead(code)
    const wanted = Object.keys(rules).map((id) => [id, head.options[id] ?? []] as const)
    const messages = lint(setup, {
      code,
      filename: head.filename ?? `src/${name}`,
      rules: Object.fromEntries(wanted),
      settings: head.settings,
    })
    const { expected, actual } = compare(readExpectations(code), locate(code, messages))
    expect(actual).toEqual(expected)
  })
})

it('keeps scenarios in this folder', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(Object.keys(rules).length)
})
