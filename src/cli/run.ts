import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Linter } from 'eslint'
import pc from 'picocolors'
import { applySuggestions, type AppliedSuggestion } from './apply-suggestions.ts'
import { help, readArguments, type CheckOptions } from './arguments.ts'
import { CannotRun, firstLine } from './cannot-run.ts'
import { loadESLint, type ESLintClass } from './eslint.ts'
import { explainTarget, type ExplainFile } from './explain.ts'
import { displayPath, findFiles, type NotChecked } from './files.ts'
import { hasColor, type Io } from './io.ts'
import { json } from './json.ts'
import {
  PARSING,
  createLint,
  type CheckedPlugin,
  type CountOperations,
  type FileResult,
  type LintText,
} from './lint.ts'
import { exitCode, sumCounts, type Outcome } from './outcome.ts'
import { createProgress } from './progress.ts'
import { notCheckedText, report } from './report.ts'
import { readSettingsFile } from './settings.ts'
import { printTables, type ShowTables } from './tables.ts'

/** What the command line puts together. */
export interface Dependencies {
  readonly plugin: CheckedPlugin
  readonly parser: Linter.Parser
  /** Counts what the closing line tells; without it there is none. */
  readonly countOperations?: CountOperations
  /** Finds out what `explain` prints. */
  readonly explain?: ExplainFile
  /** Finds out what `tables` prints. */
  readonly tables?: ShowTables
  /** Finds ESLint from a directory. */
  readonly loadESLint?: (cwd: string) => Promise<ESLintClass>
}

/**
 * Runs the command line.
 *
 * @param argv the arguments after the program's name.
 * @returns the exit code: 0 clean, 1 findings, 2 could not run or could not check everything.
 */
export async function run(
  argv: readonly string[],
  io: Io,
  dependencies: Dependencies,
): Promise<0 | 1 | 2> {
  try {
    const request = readArguments(argv)
    switch (request.kind) {
      case 'help':
        io.stdout.write(help)
        return 0
      case 'version':
        io.stdout.write(`${dependencies.plugin.meta.version}\n`)
        return 0
      case 'explain':
        if (dependencies.explain === undefined)
          throw new CannotRun('Nothing can be explained here.')
        return explainTarget(request.options, io, dependencies.explain)
      case 'tables':
        if (dependencies.tables === undefined) throw new CannotRun('No tables can be shown here.')
        return printTables(request.options, io, dependencies.tables)
      case 'check':
        return await check(request.options, io, dependencies)
    }
  } catch (thrown) {
    const reason =
      thrown instanceof CannotRun
        ? thrown.message
        : `The check failed, which is a mistake in this program: ${firstLine(thrown)}.`
    io.stderr.write(`${dependencies.plugin.meta.name}: ${reason}\n`)
    return 2
  }
}

async function check(
  options: CheckOptions,
  io: Io,
  { plugin, parser, countOperations, loadESLint: load = loadESLint }: Dependencies,
): Promise<0 | 1 | 2> {
  const cwd = resolve(io.cwd)
  const progress = createProgress(io)
  const settings =
    options.settings === undefined ? undefined : readSettingsFile(options.settings, cwd)
  const { files, notChecked } = findFiles(options.paths, cwd)
  if (files.length === 0) throw new CannotRun(nothingToCheck(notChecked))
  const lint = createLint({
    ESLint: await load(cwd),
    plugin,
    parser,
    countOperations,
    preset: options.preset,
    rules: options.rules,
    settings,
    cwd,
    files,
  })
  const applied: Outcome['applied'][number][] = []
  const announce = (suggestion: Outcome['applied'][number]): void => {
    progress.end()
    applied.push(suggestion)
    const output = options.format === 'json' ? io.stderr : io.stdout
    output.write(`${announcement(suggestion, cwd, hasColor(io, output))}\n`)
  }
  const session: Session = { options, cwd, lint, notChecked: [...notChecked], announce }
  let results: FileResult[] = []
  for (const [index, file] of files.entries()) {
    const result = await checkFile(file, session)
    if (result !== undefined) results.push(result)
    progress.tick(index + 1, files.length)
  }
  if (applied.length > 0) results = await lintAgain(results, lint)
  progress.end()
  const outcome: Outcome = {
    results,
    notChecked: session.notChecked,
    applied,
    counts: sumCounts(results),
  }
  if (applied.length > 0 && options.format === 'stylish') io.stdout.write('\n')
  io.stdout.write(
    options.format === 'json'
      ? json(outcome, cwd)
      : report(outcome, { cwd, color: hasColor(io, io.stdout) }),
  )
  return exitCode(outcome, options.maxWarnings)
}

interface Session {
  readonly options: CheckOptions
  readonly cwd: string
  readonly lint: LintText
  readonly notChecked: NotChecked[]
  readonly announce: (suggestion: AppliedSuggestion & { readonly file: string }) => void
}

/** Lints one file and mends it if asked to; undefined if that cannot be done, which is noted. */
async function checkFile(file: string, session: Session): Promise<FileResult | undefined> {
  const { options, cwd, lint, notChecked, announce } = session
  const path = displayPath(file, cwd)
  try {
    const text = readFileSync(file, 'utf8')
    let result = await lint(file, text, options.fix)
    if (result.fatal !== undefined) {
      notChecked.push({ path, ...placeOf(result.fatal) })
      return undefined
    }
    if (options.fixSuggestions) {
      const suggested = await applySuggestions(lint, result)
      result = suggested.result
      for (const each of suggested.applied) announce({ ...each, file })
      if (suggested.undone !== undefined) {
        const reason = `a suggestion was taken back because it leaves a mistake: ${suggested.undone}`
        notChecked.push({ path, reason })
      }
    }
    if (result.text !== text) writeFileSync(file, result.text)
    return result
  } catch (thrown) {
    notChecked.push({ path, reason: firstLine(thrown) })
    return undefined
  }
}

/** What was mended in one file may change what is found in another. */
async function lintAgain(results: readonly FileResult[], lint: LintText): Promise<FileResult[]> {
  const again: FileResult[] = []
  for (const { file, text } of results) again.push(await lint(file, text))
  return again
}

function placeOf(fatal: Linter.LintMessage): Omit<NotChecked, 'path'> {
  const reason = fatal.message.replace(PARSING, '')
  // ESLint leaves the place out where it has none.
  const { line, column } = fatal as { readonly line?: number; readonly column?: number }
  return {
    reason: `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }
}

function announcement(
  { file, line, column, ruleId, title }: Outcome['applied'][number],
  cwd: string,
  color: boolean,
): string {
  const colors = pc.createColors(color)
  const place = `${displayPath(file, cwd)}:${String(line)}:${String(column)}`
  return `${colors.green('applying')}  ${colors.bold(place)}  ${title}  ${colors.dim(ruleId)}`
}

function nothingToCheck(notChecked: readonly NotChecked[]): string {
  const reasons = notChecked.map(notCheckedText).join('; ')
  return `There is nothing to check: ${reasons}. Name files or directories with JavaScript or TypeScript.`
}
