import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Rule } from 'eslint'
import { onTestFinished } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import type { CheckedPlugin } from '../../src/cli/lint.ts'
import { run, type Dependencies } from '../../src/cli/run.ts'
import * as parser from '../../src/parser/index.ts'

/** A directory with the files, gone when the test is over. */
export function project(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'eslint-plugin-dynamodb-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    const file = join(directory, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return directory
}

/** Reports `scan()`; suggests `query()` first and nothing second. */
const noScan: Rule.RuleModule = {
  meta: {
    hasSuggestions: true,
    messages: {
      scan: 'This reads the whole table.\nlistUsers ← handler',
      query: 'Query instead.',
      drop: 'Drop it.',
    },
  },
  create: (context) => ({
    "CallExpression[callee.name='scan']"(node: Rule.Node) {
      context.report({
        node,
        messageId: 'scan',
        suggest: [
          {
            messageId: 'query',
            fix: (fixer) =>
              fixer.replaceText(node, context.sourceCode.getText(node).replace('scan', 'query')),
          },
          { messageId: 'drop', fix: (fixer) => fixer.remove(node) },
        ],
      })
    },
  }),
}

/** Reports the name `legacy` and mends it. */
const noLegacy: Rule.RuleModule = {
  meta: { fixable: 'code', messages: { legacy: 'This name is old.' } },
  create: (context) => ({
    "Identifier[name='legacy']"(node: Rule.Node) {
      context.report({
        node,
        messageId: 'legacy',
        fix: (fixer) => fixer.replaceText(node, 'modern'),
      })
    },
  }),
}

/** Reports what the setting `word` names; its suggestion leaves code that does not parse. */
const noWord: Rule.RuleModule = {
  meta: { hasSuggestions: true, messages: { word: 'This word is not wanted.', cut: 'Cut it.' } },
  create: (context) => ({
    Identifier(node) {
      const { word } = (context.settings.dynamodb ?? {}) as { readonly word?: string }
      if (node.name !== word) return
      const cut = (fixer: Rule.RuleFixer): Rule.Fix => fixer.replaceText(node, '(')
      context.report({ node, messageId: 'word', suggest: [{ messageId: 'cut', fix: cut }] })
    },
  }),
}

const plugin: CheckedPlugin = {
  meta: { name: 'eslint-plugin-dynamodb', version: '1.2.3', namespace: 'dynamodb' },
  rules: { 'no-scan': noScan, 'no-legacy': noLegacy, 'no-word': noWord },
  configs: {
    recommended: { rules: { 'dynamodb/no-scan': 'error', 'dynamodb/no-legacy': 'warn' } },
    strict: {
      rules: {
        'dynamodb/no-scan': 'error',
        'dynamodb/no-legacy': 'warn',
        'dynamodb/no-word': 'error',
      },
    },
  },
}

/** Operations are calls; those of a plain name are understood. */
const countOperations: NonNullable<Dependencies['countOperations']> = ({ sourceCode }) => {
  const calls = sourceCode.text.match(/[\w.]+\(/g) ?? []
  return { found: calls.length, understood: calls.filter((call) => !call.includes('.')).length }
}

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface World {
  readonly env?: Io['env']
  readonly isTTY?: boolean
  /** How many milliseconds pass each time somebody looks at the clock. */
  readonly pace?: number
  readonly dependencies?: Partial<Dependencies>
}

/** Runs the command line in this process, with a plugin of its own. */
export async function runIn(cwd: string, argv: readonly string[], world: World = {}): Promise<Ran> {
  const { env = {}, isTTY = false, pace = 0, dependencies = {} } = world
  let stdout = ''
  let stderr = ''
  let time = 0
  const io: Io = {
    cwd,
    env,
    stdout: { write: (text) => void (stdout += text), isTTY },
    stderr: { write: (text) => void (stderr += text), isTTY },
    now: () => (time += pace),
  }
  const code = await run(argv, io, { plugin, parser, countOperations, ...dependencies })
  return { code, stdout, stderr }
}
