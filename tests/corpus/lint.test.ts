import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import * as parser from '@typescript-eslint/parser'
import type { ESLint, Linter } from 'eslint'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { lintDirectory } from '../../scripts/corpus/lint.ts'
import { inParallel } from '../../scripts/corpus/run.ts'

const plugin: ESLint.Plugin = {
  rules: {
    'no-scan': {
      create: (context) => ({
        'Identifier[name="explode"]': () => {
          throw new Error('the rule fell over')
        },
        'Identifier[name="scan"]': (node) => context.report({ node, message: 'A scan.' }),
      }),
    },
    'no-query': {
      create: (context) => ({
        'Identifier[name="query"]': (node) => context.report({ node, message: 'A query.' }),
      }),
    },
  },
}
const preset: readonly Linter.Config[] = [
  { plugins: { dynamodb: plugin }, rules: { 'dynamodb/no-scan': 'error', 'dynamodb/no-query': 2 } },
]
const setup = { plugin, preset, parser: parser as unknown as Linter.Parser }

const files = {
  'src/app.ts': 'const x: number = 1\nscan(x)\nquery(x)\n',
  'src/quiet.js': '/* eslint-disable */\nscan()\n// eslint-disable-next-line no-nothing\n',
  'src/broken.ts': 'const = 1\n',
  'src/falls.mjs': 'explode()\n',
  'src/large.js': `scan() // ${'x'.repeat(1024 * 1024)}\n`,
  'node_modules/a/index.js': 'scan()\n',
  'packages/b/dist/index.js': 'scan()\n',
  'types.d.ts': 'declare const scan: number\n',
  'lib.min.js': 'scan()\n',
  'notes.txt': 'scan()\n',
}
let directory = ''

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'corpus-'))
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true })
    writeFileSync(join(directory, file), content)
  }
})

afterAll(() => rmSync(directory, { recursive: true }))

it('lints each source file and goes on after an error, a crash and a large file', async () => {
  const result = await lintDirectory(directory, setup)
  expect(result.rules).toEqual(['no-query', 'no-scan'])
  expect(result.files).toBe(5)
  expect(result.tooLarge).toEqual(['src/large.js'])
  expect(result.reports).toEqual([
    { file: 'src/app.ts', line: 2, rule: 'no-scan', message: 'A scan.' },
    { file: 'src/app.ts', line: 3, rule: 'no-query', message: 'A query.' },
    { file: 'src/quiet.js', line: 2, rule: 'no-scan', message: 'A scan.' },
  ])
  expect(result.syntaxErrors).toEqual([
    { file: 'src/broken.ts', message: '1: Parsing error: Variable declaration expected.' },
  ])
  expect(result.crashes).toEqual([
    { file: 'src/falls.mjs', message: expect.stringContaining('the rule fell over') as string },
  ])
})

it('runs one rule alone', async () => {
  const result = await lintDirectory(directory, { ...setup, rule: 'no-query' })
  expect(result.rules).toEqual(['no-query'])
  expect(result.reports.map(({ rule, line }) => [rule, line])).toEqual([['no-query', 3]])
})

it('keeps the order of values, so many at once', async () => {
  let running = 0
  let most = 0
  const results = await inParallel([30, 10, 20, 5], 2, async (wait) => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, wait))
    running -= 1
    return wait * 2
  })
  expect(results).toEqual([60, 20, 40, 10])
  expect(most).toBe(2)
})
