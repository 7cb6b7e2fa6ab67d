import type { Linter } from 'eslint'
import type { AppliedSuggestion } from './apply-suggestions.ts'
import type { NotChecked } from './files.ts'
import type { FileResult, UnderstoodCounts } from './lint.ts'

/** Everything that a check gives, whatever it is printed as. */
export interface Outcome {
  /** Results of the files that were linted, in the order of their paths. */
  readonly results: readonly FileResult[]
  readonly notChecked: readonly NotChecked[]
  /** Suggestions that were applied, and the absolute path of the file. */
  readonly applied: readonly (AppliedSuggestion & { readonly file: string })[]
  /** Undefined where nothing counts the operations. */
  readonly counts: UnderstoodCounts | undefined
}

export interface Tally {
  readonly errors: number
  readonly warnings: number
  readonly fixable: number
  readonly withSuggestion: number
  /** Number of findings by rule, most first. */
  readonly byRule: readonly (readonly [ruleId: string, findings: number])[]
}

/** Counts the findings. */
export function tally({ results }: Outcome): Tally {
  const messages = results.flatMap((result) => result.messages)
  const byRule = new Map<string, number>()
  for (const { ruleId } of messages) {
    if (ruleId !== null) byRule.set(ruleId, (byRule.get(ruleId) ?? 0) + 1)
  }
  const count = (is: (message: Linter.LintMessage) => boolean): number => messages.filter(is).length
  return {
    errors: count(({ severity }) => severity === 2),
    warnings: count(({ severity }) => severity === 1),
    fixable: count(({ fix }) => fix !== undefined),
    withSuggestion: count(({ suggestions }) => suggestions !== undefined && suggestions.length > 0),
    byRule: [...byRule].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
  }
}

/** Sums the counts of all files; undefined if no file has any. */
export function sumCounts(results: readonly FileResult[]): UnderstoodCounts | undefined {
  const counts = results.flatMap((result) => result.counts ?? [])
  if (counts.length === 0) return undefined
  return {
    found: counts.reduce((sum, { found }) => sum + found, 0),
    understood: counts.reduce((sum, { understood }) => sum + understood, 0),
  }
}

/**
 * 1 if there are findings (errors, or more warnings than allowed), 2 if something that was asked
 * for could not be checked, else 0.
 */
export function exitCode(outcome: Outcome, maxWarnings: number): 0 | 1 | 2 {
  const { errors, warnings } = tally(outcome)
  if (errors > 0 || (maxWarnings >= 0 && warnings > maxWarnings)) return 1
  return outcome.notChecked.length > 0 ? 2 : 0
}
