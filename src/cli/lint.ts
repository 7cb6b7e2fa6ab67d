import { dirname, sep } from 'node:path'
import type { ESLint, Linter, Rule } from 'eslint'
import type { Preset } from './arguments.ts'
import { CannotRun } from './cannot-run.ts'
import type { ESLintClass } from './eslint.ts'
import { nearest } from './nearest.ts'

/** What the command line needs of the plugin. */
export interface CheckedPlugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string }
  readonly rules: Readonly<Record<string, Rule.RuleModule>>
  readonly configs: Readonly<Record<Preset, Linter.Config>>
}

/** How many DynamoDB operations a file holds, and of how many it is known what they ask for. */
export interface UnderstoodCounts {
  readonly found: number
  readonly understood: number
}

/** Counts the operations of the file that a rule's context stands for. */
export type CountOperations = (context: Rule.RuleContext) => UnderstoodCounts

/** What to lint with. */
export interface LintSetup {
  readonly ESLint: ESLintClass
  readonly plugin: CheckedPlugin
  readonly parser: Linter.Parser
  readonly countOperations: CountOperations | undefined
  readonly preset: Preset
  /** Ids without namespace; all of the preset if empty. */
  readonly rules: readonly string[]
  /** What `settings.dynamodb` holds. */
  readonly settings: unknown
  readonly cwd: string
  /** Absolute paths of the files that will be linted. */
  readonly files: readonly string[]
}

/** One file's findings. */
export interface FileResult {
  /** Absolute path. */
  readonly file: string
  /** The text that the findings' places are in, fixes applied. */
  readonly text: string
  /** Our rules' messages, in source order. */
  readonly messages: readonly Linter.LintMessage[]
  /** Why the file could not be linted. */
  readonly fatal: Linter.LintMessage | undefined
  readonly counts: UnderstoodCounts | undefined
}

/**
 * Lints one text as the file; with `fix`, our rules' fixes are applied and what is left is told.
 *
 * @throws what ESLint throws when a configuration is wrong.
 */
export type LintText = (file: string, text: string, fix?: boolean) => Promise<FileResult>

/**
 * A function that lints texts with our rules, our parser and nothing of the project's own ESLint
 * configuration.
 *
 * @throws CannotRun if a rule is asked for that does not exist.
 */
export function createLint(setup: LintSetup): LintText {
  const { plugin, countOperations } = setup
  const namespace = plugin.meta.namespace
  const counted = new Map<string, UnderstoodCounts>()
  const counter: Rule.RuleModule = {
    create: (context) => ({
      'Program:exit'() {
        try {
          const counts = countOperations?.(context)
          if (counts !== undefined) counted.set(context.filename, counts)
        } catch {
          // What cannot be counted is still linted.
        }
      },
    }),
  }
  const ours = (message: Linter.LintMessage): boolean =>
    message.ruleId?.startsWith(`${namespace}/`) === true
  const options: ESLint.Options = {
    cwd: commonDirectory(setup.cwd, setup.files),
    overrideConfigFile: true,
    overrideConfig: [
      // What the user names is linted, wherever it is.
      { ignores: ['!**/node_modules/', '!**/.git/'] },
      {
        files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
        plugins: { [namespace]: plugin, counter: { rules: { counter } } },
        languageOptions: { parser: setup.parser },
        linterOptions: { reportUnusedDisableDirectives: 'off' },
        rules: { ...rulesFor(setup), 'counter/counter': 'error' },
        ...(setup.settings === undefined ? {} : { settings: { dynamodb: setup.settings } }),
      },
    ],
  }
  const reading = new setup.ESLint(options)
  const fixing = new setup.ESLint({ ...options, fix: ours })

  return async (file, text, fix = false) => {
    const [result] = await (fix ? fixing : reading).lintText(text, { filePath: file })
    const messages = result?.messages ?? []
    const refusal = messages.find(
      ({ ruleId, message }) => ruleId === null && message.startsWith('File ignored'),
    )
    if (refusal !== undefined) throw new Error(refusal.message)
    return {
      file,
      text: result?.output ?? text,
      messages: messages.filter(ours),
      // ESLint calls a comment to itself that it cannot use fatal, too, and lints all the same.
      fatal: messages.find(({ fatal, message }) => fatal === true && message.startsWith(PARSING)),
      counts: counted.get(file),
    }
  }
}

/** How ESLint begins where its parser gives a file up. */
export const PARSING = 'Parsing error: '

function rulesFor({ plugin, preset, rules }: LintSetup): Linter.RulesRecord {
  const { namespace } = plugin.meta
  const chosen = plugin.configs[preset].rules ?? {}
  if (rules.length === 0) return definedRules(chosen)
  return Object.fromEntries(
    rules.map((asked) => {
      const id = asked.startsWith(`${namespace}/`) ? asked.slice(namespace.length + 1) : asked
      if (!Object.hasOwn(plugin.rules, id)) throw unknownRule(id, Object.keys(plugin.rules))
      return [`${namespace}/${id}`, chosen[`${namespace}/${id}`] ?? 'error']
    }),
  )
}

function definedRules(rules: Partial<Linter.RulesRecord>): Linter.RulesRecord {
  return Object.fromEntries(
    Object.entries(rules).flatMap(([id, entry]) => (entry === undefined ? [] : [[id, entry]])),
  )
}

function unknownRule(id: string, known: readonly string[]): CannotRun {
  const similar = nearest(id, known)
  const advice =
    similar === undefined ? `the rules are ${known.join(', ')}` : `did you mean ${similar}`
  return new CannotRun(`There is no rule ${id}; ${advice}.`)
}

/** The innermost directory that holds the working directory and all files; ESLint looks no higher. */
function commonDirectory(cwd: string, files: readonly string[]): string {
  let common = cwd
  for (const file of files) {
    while (!file.startsWith(common.endsWith(sep) ? common : common + sep)) {
      const parent = dirname(common)
      if (parent === common) break
      common = parent
    }
  }
  return common
}
