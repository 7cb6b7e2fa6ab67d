import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { ESLint, type Linter } from 'eslint'
import { glob } from 'tinyglobby'

import { leftOut, sources } from '../source-files.ts'
import type { Report } from './records.ts'

const largest = 1024 * 1024

/** What to lint a repository with. */
export type Setup = {
  readonly plugin: ESLint.Plugin
  readonly preset: readonly Linter.Config[]
  readonly parser: Linter.Parser
  /** Id of the only rule to run, without prefix; left out, all of the preset run. */
  readonly rule?: string
}

export type Trouble = { readonly file: string; readonly message: string }

/** What came of linting one repository. */
export type LintResult = {
  /** Ids of the rules that ran, without prefix. */
  readonly rules: readonly string[]
  readonly files: number
  /** Files over 1 MB. */
  readonly tooLarge: readonly string[]
  readonly reports: readonly Omit<Report, 'repo'>[]
  readonly syntaxErrors: readonly Trouble[]
  /** Files on which a rule or the parser threw something other than a syntax error. */
  readonly crashes: readonly Trouble[]
}

/**
 * Lints every source file under a directory, each by itself so that a crash on one names it and
 * the others go on. Comments in the files that switch rules on or off do not count.
 * @param progress called with the number of files done and of all
 */
export async function lintDirectory(
  directory: string,
  setup: Setup,
  progress: (done: number, all: number) => void = () => undefined,
): Promise<LintResult> {
  const config = configOf(setup)
  const eslint = new ESLint({
    cwd: directory,
    overrideConfigFile: true,
    overrideConfig: config as Linter.Config[],
    ignorePatterns: leftOut,
    errorOnUnmatchedPattern: false,
  })
  const files = await glob(sources, {
    cwd: directory,
    ignore: leftOut,
    dot: true,
    followSymbolicLinks: false,
  })
  const tooLarge: string[] = []
  const reports: Omit<Report, 'repo'>[] = []
  const syntaxErrors: Trouble[] = []
  const crashes: Trouble[] = []
  let done = 0
  for (const file of files.toSorted()) {
    progress(done, files.length)
    done += 1
    const path = join(directory, file)
    try {
      if ((await stat(path)).size > largest) {
        tooLarge.push(file)
        continue
      }
      const results = await eslint.lintText(await readFile(path, 'utf8'), { filePath: path })
      for (const message of results.flatMap((result) => result.messages)) {
        if (message.fatal === true) {
          syntaxErrors.push({ file, message: `${message.line}: ${message.message}` })
        } else if (message.ruleId !== null) {
          const rule = withoutPrefix(message.ruleId)
          reports.push({ file, line: message.line, rule, message: message.message })
        }
      }
    } catch (error) {
      crashes.push({ file, message: error instanceof Error ? firstLines(error) : String(error) })
    }
  }
  return { rules: rulesOf(config), files: files.length, tooLarge, reports, syntaxErrors, crashes }
}

function configOf({ plugin, preset, parser, rule }: Setup): readonly Linter.Config[] {
  const base: Linter.Config = {
    files: [sources],
    plugins: { dynamodb: plugin },
    languageOptions: { parser },
    linterOptions: { reportUnusedDisableDirectives: 'off', noInlineConfig: true },
  }
  if (rule === undefined) return [...preset, base]
  const rest = preset.map(({ rules: _, ...other }) => other)
  const name = `dynamodb/${rule}`
  const entry = preset.map(({ rules }) => rules?.[name]).find((found) => found !== undefined)
  return [...rest, { ...base, rules: { [name]: entry ?? 'error' } }]
}

function rulesOf(config: readonly Linter.Config[]): readonly string[] {
  const entries = config.flatMap((part) => Object.entries(part.rules ?? {}))
  const on = entries.filter(([, entry]) => {
    const level: unknown = Array.isArray(entry) ? entry[0] : entry
    return level !== 'off' && level !== 0
  })
  return [...new Set(on.map(([id]) => withoutPrefix(id)))].toSorted()
}

function withoutPrefix(ruleId: string): string {
  return ruleId.slice(ruleId.indexOf('/') + 1)
}

function firstLines(error: Error): string {
  return (error.stack ?? error.message).split('\n').slice(0, 4).join(' ')
}
