import type { Linter } from 'eslint'
import { displayPath } from './files.ts'
import type { FileResult } from './lint.ts'
import { tally, type Outcome } from './outcome.ts'

/**
 * The report for programs, as one JSON object and a line break. `results` is in the form of
 * ESLint's own `--format json`, so that what reads that can read this; files without findings are
 * left out. docs/command-line.md describes the rest.
 */
export function json(outcome: Outcome, cwd: string): string {
  const { results, notChecked, applied, counts } = outcome
  const { errors, warnings, byRule } = tally(outcome)
  const report = {
    version: 1,
    results: results.filter(({ messages }) => messages.length > 0).map(asESLint),
    notChecked,
    applied: applied.map(({ file, ...suggestion }) => ({
      path: displayPath(file, cwd),
      ...suggestion,
    })),
    summary: {
      files: results.length,
      errors,
      warnings,
      byRule: Object.fromEntries(byRule),
    },
    operations: counts ?? null,
  }
  return `${JSON.stringify(report, undefined, 2)}\n`
}

function asESLint({ file, messages }: FileResult): Record<string, unknown> {
  const count = (is: (message: Linter.LintMessage) => boolean): number => messages.filter(is).length
  return {
    filePath: file,
    messages,
    suppressedMessages: [],
    errorCount: count(({ severity }) => severity === 2),
    fatalErrorCount: 0,
    warningCount: count(({ severity }) => severity === 1),
    fixableErrorCount: count(({ severity, fix }) => severity === 2 && fix !== undefined),
    fixableWarningCount: count(({ severity, fix }) => severity === 1 && fix !== undefined),
    usedDeprecatedRules: [],
  }
}
