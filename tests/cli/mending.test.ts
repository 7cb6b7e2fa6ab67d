import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { applySuggestions } from '../../src/cli/apply-suggestions.ts'
import type { FileResult, LintText } from '../../src/cli/lint.ts'
import { project, runIn } from './world.ts'

describe('--fix', () => {
  it('writes what is mended and reports what is left', async () => {
    const cwd = project({ 'a.ts': '\uFEFFlegacy(scan())', 'b.ts': 'b' })
    const { code, stdout } = await runIn(cwd, ['--fix', '.'])
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toBe('\uFEFFmodern(scan())')
    expect(stdout).toContain('a.ts:1:8  error  dynamodb/no-scan')
    expect(stdout).toContain('> 1 | modern(scan())')
    expect(code).toBe(1)
  })
})

describe('--fix-suggestions', () => {
  it('names each change, applies it, and reports what is left', async () => {
    const cwd = project({ 'a.ts': '\uFEFFscan(scan())\nlegacy\nscan()', 'b.ts': 'scan()' })
    const { code, stdout } = await runIn(cwd, ['--fix-suggestions', '.'])
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toBe('\uFEFFquery(query())\nlegacy\nquery()')
    expect(stdout).toBe(`applying  a.ts:1:1  Query instead.  dynamodb/no-scan
applying  a.ts:3:1  Query instead.  dynamodb/no-scan
applying  a.ts:1:7  Query instead.  dynamodb/no-scan
applying  b.ts:1:1  Query instead.  dynamodb/no-scan

a.ts:2:1  warning  dynamodb/no-legacy
  This name is old.

    1 | query(query())
  > 2 | legacy
      | ^^^^^^
    3 | query()

1 finding in 1 of 2 files: 0 errors, 1 warning.
  1  dynamodb/no-legacy
1 finding can be mended with --fix.
4 operations found, 4 understood, 0 not.
`)
    expect(code).toBe(1)
  })

  it('goes with --fix', async () => {
    const cwd = project({ 'a.ts': 'scan(legacy)' })
    expect((await runIn(cwd, ['--fix', '--fix-suggestions', '.'])).code).toBe(0)
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toBe('query(modern)')
  })

  it('takes back what leaves a mistake, and writes nothing of it', async () => {
    const cwd = project({ 'a.ts': 'f(wrong)', 's.json': '{"word":"wrong"}' })
    const argv = ['--rule', 'no-word', '--settings', 's.json', '--fix-suggestions', '.']
    const { code, stdout } = await runIn(cwd, argv)
    expect(readFileSync(join(cwd, 'a.ts'), 'utf8')).toBe('f(wrong)')
    expect(stdout).not.toContain('applying')
    expect(stdout).toMatch(
      /not checked {2}a\.ts: a suggestion was taken back because it leaves a mistake: Parsing error/,
    )
    expect(code).toBe(1)
  })

  it('tells the changes on stderr and in the report where the format is json', async () => {
    const cwd = project({ 'a.ts': 'scan()' })
    const { code, stdout, stderr } = await runIn(cwd, ['--fix-suggestions', '--format=json', '.'])
    expect(stderr).toBe('applying  a.ts:1:1  Query instead.  dynamodb/no-scan\n')
    expect(JSON.parse(stdout)).toMatchObject({
      results: [],
      applied: [
        { path: 'a.ts', line: 1, column: 1, ruleId: 'dynamodb/no-scan', title: 'Query instead.' },
      ],
    })
    expect(code).toBe(0)
  })
})

describe('applySuggestions', () => {
  /** Suggests to put each text of `next` in the place of the whole. */
  function endless(next: (text: string) => string): { lint: LintText; texts: string[] } {
    const texts: string[] = []
    const lint: LintText = (file, text) => {
      texts.push(text)
      const fix = { range: [0, text.length] as [number, number], text: next(text) }
      const message = {
        ruleId: 'dynamodb/x',
        severity: 2 as const,
        message: 'Wrong.',
        line: 1,
        column: 1,
        suggestions: [{ desc: 'Mend.', messageId: 'mend', fix }],
      }
      const messages: FileResult['messages'] = [message]
      return Promise.resolve({ file, text, messages, fatal: undefined, counts: undefined })
    }
    return { lint, texts }
  }

  it('stops after ten passes', async () => {
    const { lint } = endless((text) => `${text}!`)
    const { result, applied } = await applySuggestions(lint, await lint('/a.ts', 'a'))
    expect(result.text).toBe('a!!!!!!!!!!')
    expect(applied).toHaveLength(10)
  })

  it('stops where a text comes back', async () => {
    const { lint, texts } = endless((text) => (text === 'a' ? 'b' : 'a'))
    await applySuggestions(lint, await lint('/a.ts', 'a'))
    expect(texts).toStrictEqual(['a', 'b'])
  })
})
