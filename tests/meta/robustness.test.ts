/** No rule throws, whatever the program: with createRule's net switched off by DEBUG. */
import { existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { globSync } from 'tinyglobby'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readHead } from '../support/carets.ts'
import { lintAny, setups } from '../support/linters.ts'
import { mutations, truncations } from '../support/mutations.ts'

const root = join(import.meta.dirname, '../..')
const folders = ['tests/scenarios', 'tests/fixtures', 'docs/examples/shop', 'rules']
const programs = globSync(
  folders.map((folder) => `${folder}/**/*.{ts,tsx,js,jsx,mjs,cjs,mts,cts}`),
  { cwd: root, ignore: ['**/*.test.ts', '**/node_modules/**'] },
).sort()

beforeAll(() => vi.stubEnv('DEBUG', 'eslint-plugin-dynamodb:throw'))
afterAll(() => vi.unstubAllEnvs())

/** ESLint turns an error that a parser throws into a message; a syntax error reads otherwise. */
const parserFailure =
  /Cannot (read|set) propert|is not (a function|iterable)|undefined is not|call stack/

function failures(
  setup: (typeof setups)[number],
  filename: string,
  code: string,
  settings: unknown,
) {
  try {
    return lintAny(setup, { code, filename, settings })
      .filter(({ fatal, message }) => fatal === true && parserFailure.test(message))
      .map(({ message }) => message)
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
  }
}

describe('every rule on damaged programs', () => {
  it.each(programs)('%s', (path) => {
    const source = readFileSync(join(root, path), 'utf8')
    const settings = readHead(source).settings
    const filename = `src/program${extname(path)}`
    const whole = setups.flatMap((setup) => failures(setup, filename, source, settings))
    expect(whole).toEqual([])

    const damaged = [...truncations(source, 12), ...mutations(source, 48)]
    const found = damaged.flatMap(({ name, code }, index) => {
      const setup = setups[index % setups.length] ?? setups[0]
      if (setup === undefined) throw new Error('There is no ESLint to run.')
      return failures(setup, filename, code, settings).map((failure) => `${name}: ${failure}`)
    })
    expect(found).toEqual([])
  })
})

describe('every rule on odd files', () => {
  const odd = {
    'an empty file': '',
    'white space': '\n\n  \n',
    'a byte-order mark': '\uFEFFexport const a = 1\n',
    'a hashbang': '#!/usr/bin/env node\nconst a = 1\n',
    'one comment': '// nothing',
    'carriage returns': 'const a = 1\r\nconst b = 2\r\n',
    'names of Object.prototype':
      'const o = { constructor: 1, __proto__: { toString() {} } }\no.hasOwnProperty.call(o)\n',
    'a lone surrogate': "const a = '\\uD800' + `\\u{1F600}`\n",
    'many calls in a row': `a${'.b()'.repeat(200)}\n`,
    'a long sum': `const a = ${Array.from({ length: 200 }, (_, index) => index).join(' + ')}\n`,
  }
  it.each(Object.entries(odd))('%s', (_, code) => {
    for (const filename of ['src/a.js', 'src/a.ts', 'src/a.tsx']) {
      expect(setups.flatMap((setup) => failures(setup, filename, code, undefined))).toEqual([])
    }
  })
})

it('has programs to damage', () => {
  expect(existsSync(join(root, 'tests/scenarios'))).toBe(true)
})
