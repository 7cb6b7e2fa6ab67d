import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import * as typescriptParser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { Linter as Linter9 } from 'eslint9'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import * as ownParser from '../../src/parser/index.ts'
import { commentLines, plainTree, scopeLines, tokenLines } from './compare.ts'

const root = join(import.meta.dirname, '../..')
const corners = readFileSync(join(import.meta.dirname, 'syntax.tsx.txt'), 'utf8')

function everyNth(n: number, ...patterns: string[]): string[] {
  return globSync(patterns, { cwd: root, absolute: true, ignore: ['**/*.d.ts'] })
    .sort()
    .filter((_, index) => index % n === 0)
}

const samples = [
  ...everyNth(3, 'src/**/*.ts', 'rules/*.ts', 'tests/scenarios/**/*.{ts,js}'),
  ...everyNth(2, 'docs/examples/*/{src,infrastructure}/**/*.{ts,tsx,js}', '!**/node_modules/**'),
  ...everyNth(20, 'node_modules/zod/src/**/*.ts'),
  ...everyNth(20, 'node_modules/eslint/lib/**/*.js'),
  ...everyNth(8, 'node_modules/vitest/dist/**/*.js'),
]

type Parser = Pick<typeof ownParser, 'parseForESLint'>
const parsers = { ours: ownParser as Parser, theirs: typescriptParser as unknown as Parser }

/** As ESLint hands a file to its parser. */
function prepared(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/^#!/, '//')
}

function expectAlike(text: string, filePath: string): void {
  const options = { filePath, sourceType: 'module' } as const
  const ours = parsers.ours.parseForESLint(text, options)
  const theirs = parsers.theirs.parseForESLint(text, options)
  for (const view of [tokenLines, commentLines, scopeLines, plainTree]) {
    const [found, expected] = [view(ours), view(theirs)]
    // Comparing the texts first is much faster.
    if (JSON.stringify(found) === JSON.stringify(expected)) continue
    expect(found, `${view.name} of ${filePath}`).toStrictEqual(expected)
  }
}

describe('parseForESLint', () => {
  it('gives the tokens, comments, scopes and tree of @typescript-eslint/parser', () => {
    expectAlike(prepared(corners), 'syntax.tsx')
    expectAlike('<string>a; <T>(b: T) => c; x = <A<B>>d >> e', 'casts.ts')
    expectAlike("enum A { 'b', 'c' = 1 }", 'enum.ts')
    expectAlike('', 'empty.ts')
    expectAlike('\n// only a comment\n', 'comment.ts')
    expectAlike('"use strict"\r\nvar a = 1\u2028b', 'breaks.js')
  })

  it('does so for real files', () => {
    expect(samples.length).toBeGreaterThan(80)
    for (const file of samples) {
      expectAlike(prepared(readFileSync(file, 'utf8')), relative(root, file))
    }
  }, 120_000)

  it('gives the scopes of scripts', () => {
    const options = { filePath: 'a.js', sourceType: 'commonjs' as const }
    const withReturn = { ...options, ecmaFeatures: { globalReturn: true } }
    for (const parserOptions of [options, withReturn]) {
      const [ours, theirs] = [parsers.ours, parsers.theirs].map((parser) =>
        parser.parseForESLint('var a = require("b"); exports.c = a', parserOptions),
      )
      if (ours === undefined || theirs === undefined) throw new Error('unreachable')
      expect(scopeLines(ours)).toStrictEqual(scopeLines(theirs))
      expect(ours.ast.sourceType).toBe(theirs.ast.sourceType)
    }
  })

  it('throws a syntax error that says where', () => {
    const cases: [string, object][] = [
      ['let a = ;', { message: 'Unexpected token', lineNumber: 1, column: 9, index: 8 }],
      ['\nfoo(', { message: 'Expected `)` but found `EOF`', lineNumber: 2, column: 5, index: 5 }],
    ]
    for (const [text, expected] of cases) {
      let thrown: unknown
      try {
        ownParser.parse(text, { filePath: 'a.ts' })
      } catch (error) {
        thrown = error
      }
      expect(thrown).toBeInstanceOf(SyntaxError)
      expect(thrown).toMatchObject(expected)
    }
  })

  it('takes what only a compiler minds', () => {
    expect(() => ownParser.parse('return 1', { filePath: 'a.js' })).not.toThrow()
    expect(() => ownParser.parse('let f = (a?: b, c: d) => 1', { filePath: 'a.ts' })).not.toThrow()
  })

  it('has a name and a version', () => {
    expect(ownParser.meta).toStrictEqual({
      name: 'eslint-plugin-dynamodb/parser',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
    })
  })
})

const linters: [string, Linter][] = [
  ['ESLint 9', new Linter9({ configType: 'flat' }) as unknown as Linter],
  ['ESLint 10', new Linter({ configType: 'flat' })],
]

describe.each(linters)('under %s', (_, linter) => {
  const rules: Linter.RulesRecord = {
    'no-undef': 'error',
    'no-unused-vars': 'error',
    'prefer-const': 'error',
    'no-use-before-define': 'error',
    'no-shadow': 'error',
    // These read tokens, and mend what they find.
    'arrow-body-style': ['error', 'always'],
    curly: 'error',
    'dot-notation': 'error',
    'no-else-return': 'error',
    'no-useless-rename': 'error',
    'no-var': 'error',
    'object-shorthand': 'error',
    'one-var': ['error', 'never'],
    'operator-assignment': 'error',
    'prefer-template': 'error',
    yoda: 'error',
  }

  function lint(text: string, filename: string, parser: Parser): LintOutcome {
    const config: Linter.Config = {
      files: ['**/*.{js,ts,tsx}'],
      linterOptions: { reportUnusedDisableDirectives: 'off' },
      languageOptions: { parser: parser },
      rules,
    }
    return {
      messages: linter
        .verify(text, config, filename)
        .filter(({ message }) => !message.startsWith('Definition for rule')),
      fixed: linter.verifyAndFix(text, config, filename).output,
    }
  }

  interface LintOutcome {
    readonly messages: readonly Linter.LintMessage[]
    readonly fixed: string
  }

  it('ESLint’s own rules find and mend the same', () => {
    const found = lint(corners, 'syntax.tsx', parsers.ours)
    expect(found).toStrictEqual(lint(corners, 'syntax.tsx', parsers.theirs))
    const ids = new Set(found.messages.map(({ ruleId }) => ruleId))
    expect(ids).toContain('no-undef')
    expect(ids).toContain('no-unused-vars')
    expect(ids).toContain('prefer-const')
    expect(found.fixed).not.toBe(corners)
    for (const file of samples.filter((_sample, index) => index % 4 === 0)) {
      const text = readFileSync(file, 'utf8')
      const name = relative(root, file).replace(/node_modules/, 'packages')
      expect(lint(text, name, parsers.ours), name).toStrictEqual(lint(text, name, parsers.theirs))
    }
  }, 120_000)

  it('a mistake is a fatal message at its place', () => {
    const [message, ...others] = linter.verify(
      'let a\nlet b = ;',
      { files: ['**/*.ts'], languageOptions: { parser: ownParser } },
      'a.ts',
    )
    expect(others).toStrictEqual([])
    expect(message).toMatchObject({
      fatal: true,
      message: 'Parsing error: Unexpected token',
      line: 2,
      column: 9,
    })
  })
})
