import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ESLint as ESLint9 } from 'eslint9'
import { describe, expect, it } from 'vitest'
import { CannotRun } from '../../src/cli/cannot-run.ts'
import type { ESLintClass } from '../../src/cli/eslint.ts'
import { project, runIn } from './world.ts'

const scan = `import { scan } from './table'

export async function listUsers(): Promise<unknown> {
  return await scan({ TableName: 'users' })
}
`

describe('check', () => {
  it('prints each finding with its code, its message and its suggestions', async () => {
    const cwd = project({ 'src/users.ts': scan, 'src/table.js': 'export const b = legacy' })
    const { code, stdout, stderr } = await runIn(cwd, ['check', 'src'])
    expect(stdout).toBe(`src/table.js:1:18  warning  dynamodb/no-legacy
  This name is old.

  > 1 | export const b = legacy
      |                  ^^^^^^

src/users.ts:4:16  error  dynamodb/no-scan
  This reads the whole table.
  listUsers ← handler

    2 |
    3 | export async function listUsers(): Promise<unknown> {
  > 4 |   return await scan({ TableName: 'users' })
      |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    5 | }
    6 |
  → Query instead.
  → Drop it.

2 findings in 2 of 2 files: 1 error, 1 warning.
  1  dynamodb/no-legacy
  1  dynamodb/no-scan
1 finding can be mended with --fix.
1 finding can be mended with --fix-suggestions.
2 operations found, 2 understood, 0 not.
`)
    expect(stderr).toBe('')
    expect(code).toBe(1)
  })

  it('says what was understood where there is no finding', async () => {
    const cwd = project({ 'a.ts': 'query(); client.send(); this.db.get()' })
    const { code, stdout } = await runIn(cwd, [])
    expect(stdout).toBe(
      'No findings in 1 file.\n3 operations found, 1 understood, 2 not: run `npx eslint-plugin-dynamodb explain <file>`.\n',
    )
    expect(code).toBe(0)
    const without = project({ 'a.ts': '1', 'b.ts': '2' })
    expect((await runIn(without, ['.'])).stdout).toBe(
      'No findings in 2 files.\nNo DynamoDB operations found.\n',
    )
  })

  it('needs no ESLint configuration and minds none', async () => {
    const cwd = project({
      'eslint.config.js': 'throw new Error("read")',
      'a.tsx': 'const a: string = <b>{scan()}</b>',
      'b.js': 'const a = <b>{scan()}</b>',
      'c.cjs': 'return scan()',
    })
    const { code, stdout } = await runIn(cwd, ['a.tsx', 'b.js', 'c.cjs'])
    expect(stdout).toContain('3 findings in 3 of 3 files: 3 errors, 0 warnings.')
    expect(code).toBe(1)
  })

  it('works with ESLint 9', async () => {
    const cwd = project({ 'a.ts': 'scan()' })
    const loadESLint = (): Promise<ESLintClass> =>
      Promise.resolve(ESLint9 as unknown as ESLintClass)
    const { code, stdout } = await runIn(cwd, ['.'], { dependencies: { loadESLint } })
    expect(stdout).toContain('a.ts:1:1  error  dynamodb/no-scan')
    expect(code).toBe(1)
  })

  it('minds our directives and takes no other rule up', async () => {
    const cwd = project({
      'a.ts': '// eslint-disable-next-line dynamodb/no-scan\nscan()\n/* eslint semi: 2, x/y: 2 */',
    })
    const { code, stdout } = await runIn(cwd, ['--fix', '.'])
    expect(stdout).toContain('No findings in 1 file.')
    expect(code).toBe(0)
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toMatch(/scan\(\)\n/)
  })

  it('checks files outside of the working directory and in node_modules that are named', async () => {
    const cwd = project({
      'here/a.ts': '1',
      'there/b.ts': 'scan()',
      'node_modules/c/d.js': 'scan()',
    })
    const { stdout } = await runIn(join(cwd, 'here'), ['../there', '../node_modules/c/d.js'])
    expect(stdout).toContain('../node_modules/c/d.js:1:1  error')
    expect(stdout).toContain('../there/b.ts:1:1  error')
    expect(stdout).toContain('2 findings in 2 of 2 files')
  })

  it('colours on a terminal unless NO_COLOR is set', async () => {
    const cwd = project({ 'a.ts': 'scan()' })
    expect((await runIn(cwd, ['.'], { isTTY: true })).stdout).toContain('\u001B[31merror\u001B[39m')
    const plain = await runIn(cwd, ['.'], { isTTY: true, env: { NO_COLOR: '1' } })
    expect(plain.stdout).not.toContain('\u001B')
    const forced = await runIn(cwd, ['.'], { env: { FORCE_COLOR: '1' } })
    expect(forced.stdout).toContain('\u001B[31m')
  })

  it('lets no control character of the code through', async () => {
    const cwd = project({ 'a.ts': 'scan("\u001B[2J")' })
    expect((await runIn(cwd, ['.'])).stdout).toContain('scan("\uFFFD[2J")')
  })

  it('leaves out the frame of a line that nobody can read', async () => {
    const cwd = project({ 'a.ts': `scan()${';x'.repeat(200)}` })
    const { stdout } = await runIn(cwd, ['.'])
    expect(stdout).toContain('a.ts:1:1  error')
    expect(stdout).not.toContain(';x')
  })
})

describe('what cannot be checked', () => {
  it('is named in one line each, and the rest goes on', async () => {
    const cwd = project({
      'good.ts': 'scan()',
      'bad.ts': 'let a = 1\nlet b = ;',
      'open.ts': 'foo(',
      'deep.ts': `\nx = ${'['.repeat(5000)}`,
      'notes.md': '# Notes',
      'empty/readme.txt': '',
      'secret.ts': 'scan()',
    })
    chmodSync(join(cwd, 'secret.ts'), 0)
    const paths = ['.', 'missing.ts', 'missing/**/*.ts', 'notes.md', 'empty']
    const { code, stdout } = await runIn(cwd, paths)
    expect(stdout).toContain(`
not checked  missing.ts: there is no such file or directory
not checked  missing/**/*.ts: no JavaScript or TypeScript file matches it
not checked  notes.md: it is not a JavaScript or TypeScript file
not checked  empty: there is no JavaScript or TypeScript file in it
not checked  bad.ts:2:9: unexpected token
not checked  deep.ts:2:1: the code is nested more than 400 levels deep
not checked  open.ts:1:5: expected \`)\` but found \`EOF\`
`)
    if (process.getuid?.() !== 0) {
      expect(stdout).toMatch(/not checked {2}secret\.ts: EACCES: permission denied/)
    }
    expect(stdout).toContain('good.ts:1:1  error')
    expect(code).toBe(1)
  })

  it('is no file with a comment that ESLint cannot use', async () => {
    const cwd = project({
      'a.js': '/* eslint-env node */\nscan()',
      'b.js': '/* eslint a: [ */ scan()',
    })
    const { stdout } = await runIn(cwd, ['.'])
    expect(stdout).not.toContain('not checked')
    expect(stdout).toContain('a.js:2:1  error')
    expect(stdout).toContain('b.js:1:19  error')
  })

  it('is no success', async () => {
    const cwd = project({ 'good.ts': '1', 'bad.ts': 'let' })
    expect((await runIn(cwd, ['good.ts', 'missing.ts'])).code).toBe(2)
    expect((await runIn(cwd, ['good.ts'])).code).toBe(0)
  })
})

describe('what cannot run', () => {
  const cases: [string[], string][] = [
    [['--formatt', 'json'], 'There is no option --formatt; did you mean --format.'],
    [['--wat'], 'There is no option --wat; --help lists all options.'],
    [['--format', 'xml'], '--format takes stylish or json, not xml.'],
    [['--preset'], '--preset needs a value.'],
    [['--max-warnings', 'some'], '--max-warnings takes a whole number such as 10, not some.'],
    [['--rule', 'no-scam'], 'There is no rule no-scam; did you mean no-scan.'],
    [
      ['--rule', 'semi-colons'],
      'There is no rule semi-colons; the rules are no-scan, no-legacy, no-word.',
    ],
    [['--settings', 'bad.json'], 'The settings file bad.json is not JSON: '],
    [['--settings', 'none.json'], 'The settings file none.json cannot be read: ENOENT'],
    [
      ['--settings', 'list.json'],
      'The settings file list.json must hold an object such as { "tables": {} }.',
    ],
    [
      ['nowhere'],
      'There is nothing to check: nowhere: there is no such file or directory. Name files or ' +
        'directories with JavaScript or TypeScript.',
    ],
  ]

  it.each(cases)('%j: one sentence and exit code 2', async (argv, sentence) => {
    const cwd = project({ 'a.ts': 'scan()', 'bad.json': '{', 'list.json': '[]' })
    const { code, stdout, stderr } = await runIn(cwd, argv)
    expect(stderr).toContain(`eslint-plugin-dynamodb: ${sentence}`)
    expect(stderr.trimEnd()).not.toContain('\n')
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  it('tells of a missing ESLint', async () => {
    const cwd = project({ 'a.ts': 'scan()' })
    const sentence = 'ESLint is not installed here; run `npm install --save-dev eslint`.'
    const loadESLint = (): Promise<never> => Promise.reject(new CannotRun(sentence))
    const { code, stderr } = await runIn(cwd, [], { dependencies: { loadESLint } })
    expect(stderr).toBe(`eslint-plugin-dynamodb: ${sentence}\n`)
    expect(code).toBe(2)
  })
})

describe('options', () => {
  it('--help and --version', async () => {
    const help = await runIn('/', ['--help'])
    expect(help.stdout).toContain('npx eslint-plugin-dynamodb [check] [paths …] [options]')
    expect(help.code).toBe(0)
    expect(await runIn('/', ['--version'])).toStrictEqual({
      code: 0,
      stdout: '1.2.3\n',
      stderr: '',
    })
  })

  it('--preset and --settings', async () => {
    const cwd = project({ 'a.ts': 'wrong', 's.json': '{"word":"wrong"}' })
    const argv = ['--settings', 's.json', '.']
    expect((await runIn(cwd, argv)).code).toBe(0)
    const strict = await runIn(cwd, ['--preset=strict', ...argv])
    expect(strict.stdout).toContain('a.ts:1:1  error  dynamodb/no-word')
    expect(strict.code).toBe(1)
  })

  it('--rule runs the named rules only', async () => {
    const cwd = project({ 'a.ts': 'scan(legacy, wrong)', 's.json': '{"word":"wrong"}' })
    const one = await runIn(cwd, ['--rule', 'no-legacy'])
    expect(one.stdout).toContain('1 finding in 1 of 1 file: 0 errors, 1 warning.')
    const two = await runIn(
      cwd,
      '--rule dynamodb/no-scan --rule no-word --settings s.json'.split(' '),
    )
    expect(two.stdout).toContain('2 findings in 1 of 1 file: 2 errors, 0 warnings.')
  })

  it('--max-warnings', async () => {
    const cwd = project({ 'a.ts': 'legacy + legacy' })
    expect((await runIn(cwd, ['.'])).code).toBe(1)
    expect((await runIn(cwd, ['--max-warnings', '1', '.'])).code).toBe(1)
    expect((await runIn(cwd, ['--max-warnings', '2', '.'])).code).toBe(0)
    expect((await runIn(cwd, ['--max-warnings', '-1', '.'])).code).toBe(0)
    expect((await runIn(project({ 'a.ts': 'scan()' }), ['--max-warnings=9'])).code).toBe(1)
  })

  it('-- ends the options', async () => {
    const cwd = project({ '--fix/a.ts': 'scan()' })
    expect((await runIn(cwd, ['--', '--fix'])).stdout).toContain('--fix/a.ts:1:1  error')
  })

  it('--format json', async () => {
    const cwd = project({ 'a.ts': 'scan()', 'b.ts': 'c.d()', 'e.ts': 'let f = ;' })
    const { code, stdout } = await runIn(cwd, ['--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      results: [
        {
          filePath: join(cwd, 'a.ts'),
          errorCount: 1,
          warningCount: 0,
          messages: [
            {
              ruleId: 'dynamodb/no-scan',
              line: 1,
              column: 1,
              endColumn: 7,
              suggestions: [{ desc: 'Query instead.' }, { desc: 'Drop it.' }],
            },
          ],
        },
      ],
      notChecked: [{ path: 'e.ts', line: 1, column: 9, reason: 'unexpected token' }],
      applied: [],
      summary: { files: 2, errors: 1, warnings: 0, byRule: { 'dynamodb/no-scan': 1 } },
      operations: { found: 2, understood: 1 },
    })
    expect(code).toBe(1)
  })
})

describe('progress', () => {
  const files = Object.fromEntries(
    Array.from({ length: 5 }, (_, index) => [`${String(index)}.ts`, '1']),
  )

  it('is silent for a second', async () => {
    expect((await runIn(project(files), ['.'], { pace: 100 })).stderr).toBe('')
  })

  it('is a plain line every ten seconds where nobody watches', async () => {
    expect((await runIn(project(files), ['.'], { pace: 6000 })).stderr).toBe(
      'Checked 1 of 5 files …\nChecked 3 of 5 files …\n',
    )
  })

  it('is one line that is written over on a terminal', async () => {
    const { stderr } = await runIn(project(files), ['.'], { pace: 3000, isTTY: true })
    expect(stderr).toMatch(/^\r\u001B\[2KChecked 1 of 5 files …\r\u001B\[2KChecked 2/)
    expect(stderr).toMatch(/Checked 4 of 5 files …\r\u001B\[2K$/)
  })
})
