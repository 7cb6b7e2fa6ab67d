/** The ESLint versions and parsers that every finding must come out of alike. */
import * as typescriptParser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { Linter as Linter9 } from 'eslint9'
import { rules } from '../../src/plugin/rules.ts'
import plugin from '../../src/index.ts'
import * as ownParser from '../../src/parser/index.ts'

/** A version of ESLint with a parser. */
export interface LintSetup {
  readonly name: string
  readonly linter: Linter
  readonly parser: Linter.Parser
}

const root = '/project'
const parsers = {
  'typescript-eslint': typescriptParser as Linter.Parser,
  'our parser': ownParser as Linter.Parser,
}
const linters = {
  'ESLint 9': new Linter9({ cwd: root, configType: 'flat' }) as unknown as Linter,
  'ESLint 10': new Linter({ cwd: root, configType: 'flat' }),
}

/** Every pair of ESLint version and parser. */
export const setups: readonly LintSetup[] = Object.entries(linters).flatMap(([eslint, linter]) =>
  Object.entries(parsers).map(([name, parser]) => ({ name: `${eslint}, ${name}`, linter, parser })),
)

/** The rules to run, each with its options; every rule with its defaults where none is named. */
export interface LintRequest {
  readonly code: string
  /** Path below an invented project; the extension decides how the code is parsed. */
  readonly filename: string
  readonly rules?: Readonly<Record<string, readonly unknown[]>> | undefined
  readonly settings?: unknown
}

/**
 * Lints one text with our rules alone.
 *
 * @returns the messages, rule ids without the namespace
 * @throws where the code does not parse
 */
export function lint(setup: LintSetup, request: LintRequest): Linter.LintMessage[] {
  const messages = lintAny(setup, request)
  const fatal = messages.find((message) => message.fatal)
  if (fatal !== undefined) {
    throw new Error(`${request.filename}:${String(fatal.line)} does not parse: ${fatal.message}`)
  }
  return messages
}

/** As `lint`, but code that does not parse gives ESLint's message and no error. */
export function lintAny(
  { linter, parser }: LintSetup,
  { code, filename, rules: wanted, settings }: LintRequest,
): Linter.LintMessage[] {
  const chosen = wanted ?? Object.fromEntries(Object.keys(rules).map((id) => [id, []]))
  const config: Linter.Config = {
    files: ['**/*.{ts,tsx,js,jsx,mjs,cjs,mts,cts}'],
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: filename.endsWith('x') } } },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    plugins: { dynamodb: plugin },
    rules: Object.fromEntries(
      Object.entries(chosen).map(([id, options]) => [`dynamodb/${id}`, ['error', ...options]]),
    ),
    ...(settings === undefined ? {} : { settings: { dynamodb: settings } }),
  }
  const messages = linter.verify(code, [config], `${root}/${filename}`)
  const unconfigured = messages.find(({ message }) => message.startsWith('No matching config'))
  if (unconfigured !== undefined) throw new Error(unconfigured.message)
  return messages.map((message) => ({
    ...message,
    ruleId: withoutNamespace(message.ruleId),
  }))
}

function withoutNamespace(ruleId: string | null): string | null {
  return ruleId?.replace(/^dynamodb\//, '') ?? null
}
