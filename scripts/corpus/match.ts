import type { Explanation, DifferenceKind, Report, Verdict } from './records.ts'

/** Reports and verdicts of one place may stand this many lines apart. */
const drift = 8

/** Verdicts that were written before the finer rules had names: any of these may speak there. */
const finerRules: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'valid-expression',
    ['valid-placeholders', 'no-reserved-attribute-name', 'valid-key-condition', 'valid-request'],
  ],
])

/** One defect has one report: where the second of two rules would speak as well, the first does. */
const speaksFirst: ReadonlyMap<string, string> = new Map([
  ['require-pagination', 'no-scan-in-handler'],
])

/** Whether a report of `rule` answers a verdict on `verdictRule`. */
export function answers(rule: string, verdictRule: string): boolean {
  return rule === verdictRule || (finerRules.get(verdictRule)?.includes(rule) ?? false)
}

export type Match = { readonly report: Report; readonly verdict: Verdict }

export type Matches = {
  readonly matched: readonly Match[]
  /** Reports that no verdict speaks of. */
  readonly unlabelled: readonly Report[]
  /**
   * Verdicts whose defect is told by a report of another: of the rule that speaks first, or at the other end of the
   * wrapper chain.
   */
  readonly spokenFor: readonly Verdict[]
  /** Verdicts that no report came near. */
  readonly untouched: readonly Verdict[]
}

/**
 * Pairs each report with the closest verdict of its rule and file, at either end of a wrapper
 * chain and at most {@link drift} lines away; each report and each verdict is used once, the
 * closest pairs first, and of two as close the verdict on the report's own place.
 */
export function matchReports(reports: readonly Report[], verdicts: readonly Verdict[]): Matches {
  const byFile = groupByPlace(verdicts)
  const candidates = reports.flatMap((report) => {
    const near = byFile.get(fileKey(report)) ?? []
    return near.flatMap((verdict) => {
      if (!answers(report.rule, verdict.rule)) return []
      const distance = distanceTo(verdict, report)
      const isElsewhere = distanceBetween(verdict, report) > distance
      return distance <= drift ? [{ report, verdict, distance, isElsewhere }] : []
    })
  })
  candidates.sort(
    (a, b) => a.distance - b.distance || Number(a.isElsewhere) - Number(b.isElsewhere),
  )
  const matched = new Map<Report, Verdict>()
  const touched = new Set<Verdict>()
  for (const { report, verdict } of candidates) {
    if (matched.has(report) || touched.has(verdict)) continue
    matched.set(report, verdict)
    touched.add(verdict)
  }
  const left = verdicts.filter((verdict) => !touched.has(verdict))
  const isSpokenFor = (verdict: Verdict): boolean =>
    reports.some(
      (report) =>
        report.repo === verdict.repo &&
        (report.rule === speaksFirst.get(verdict.rule) ||
          (verdict.alt !== undefined && answers(report.rule, verdict.rule))) &&
        distanceTo(verdict, report) <= drift,
    )
  return {
    matched: [...matched].map(([report, verdict]) => ({ report, verdict })),
    unlabelled: reports.filter((report) => !matched.has(report)),
    spokenFor: left.filter(isSpokenFor),
    untouched: left.filter((verdict) => !isSpokenFor(verdict)),
  }
}

/** A difference between what was said and what a reader expects. */
export type Difference = {
  readonly kind: DifferenceKind
  readonly repo: string
  readonly file: string
  readonly line: number
  readonly rule: string
  readonly why: string
}

/**
 * Looks up who has explained which difference: same kind, rule and file, the closest line within
 * {@link drift}, each explanation used once.
 */
export function explain(
  differences: readonly Difference[],
  explanations: readonly Explanation[],
): {
  readonly explained: ReadonlyMap<Difference, Explanation>
  readonly unused: readonly Explanation[]
} {
  const pairs = differences.flatMap((difference) =>
    explanations.flatMap((explanation) => {
      const same =
        explanation.kind === difference.kind &&
        explanation.rule === difference.rule &&
        explanation.repo === difference.repo &&
        explanation.file === difference.file
      const distance = Math.abs(explanation.line - difference.line)
      return same && distance <= drift ? [{ difference, explanation, distance }] : []
    }),
  )
  pairs.sort((a, b) => a.distance - b.distance)
  const explained = new Map<Difference, Explanation>()
  const used = new Set<Explanation>()
  for (const { difference, explanation } of pairs) {
    if (explained.has(difference) || used.has(explanation)) continue
    explained.set(difference, explanation)
    used.add(explanation)
  }
  return { explained, unused: explanations.filter((explanation) => !used.has(explanation)) }
}

type Place = { readonly file: string; readonly line: number }

function placesOf(verdict: Verdict): readonly Place[] {
  const here = { file: verdict.file, line: verdict.line }
  if (verdict.alt === undefined) return [here]
  const colon = verdict.alt.lastIndexOf(':')
  return [here, { file: verdict.alt.slice(0, colon), line: Number(verdict.alt.slice(colon + 1)) }]
}

function distanceTo(verdict: Verdict, report: Report): number {
  return Math.min(...placesOf(verdict).map((place) => distanceBetween(place, report)))
}

function distanceBetween(a: Place, b: Place): number {
  return a.file === b.file ? Math.abs(a.line - b.line) : Number.POSITIVE_INFINITY
}

function groupByPlace(verdicts: readonly Verdict[]): ReadonlyMap<string, readonly Verdict[]> {
  const groups = new Map<string, Verdict[]>()
  for (const verdict of verdicts) {
    const files = new Set(placesOf(verdict).map((place) => place.file))
    for (const file of files) {
      const key = fileKey({ repo: verdict.repo, file })
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [verdict])
      else group.push(verdict)
    }
  }
  return groups
}

function fileKey({ repo, file }: { readonly repo: string; readonly file: string }): string {
  return `${repo}\n${file}`
}
