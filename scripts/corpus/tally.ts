import { answers, matchReports, type Difference } from './match.ts'
import type { Report, Repository, Verdict } from './records.ts'

/** What one file shows; a verdict that needs more is not expected to be met yet. */
export const withinReach: ReadonlySet<string> = new Set(['local', 'same-file'])

/** The reports of one rule. */
export type RuleTally = {
  readonly rule: string
  readonly reports: number
  /** Reports where the reader expects one. */
  readonly right: number
  /** Reports where the reader expects silence. */
  readonly wrong: number
  readonly unlabelled: number
  /** Places where the reader expects silence. */
  readonly traps: number
}

/** The expected reports of one rule that need the same sight and are equally sure. */
export type RecallTally = {
  readonly rule: string
  readonly needs: string
  readonly certainty: Verdict['certainty']
  readonly found: number
  readonly missed: number
}

export type Tally = {
  readonly rules: readonly RuleTally[]
  readonly recall: readonly RecallTally[]
  /** What has to be explained. */
  readonly differences: readonly Difference[]
  /** Clear findings that are missed and need more than one file. */
  readonly outOfReach: readonly Difference[]
  /** Verdicts on rules that did not run. */
  readonly notCompared: number
}

/**
 * Compares what the rules said with the verdicts.
 * @param ran ids of the rules that ran, without prefix
 * @param repositories those that were linted; verdicts on others are left out
 * @param preset the one that ran: what only another asks for is neither found nor missed
 */
export function tally(
  ran: readonly string[],
  repositories: readonly Repository[],
  reports: readonly Report[],
  verdicts: readonly Verdict[],
  preset: string,
): Tally {
  const linted = new Map(repositories.map((repository) => [repository.repo, repository]))
  const here = verdicts.filter((verdict) => linted.has(verdict.repo))
  const compared = here.filter((verdict) => ran.some((rule) => answers(rule, verdict.rule)))
  const { matched, unlabelled, spokenFor, untouched } = matchReports(reports, compared)

  const rules = ran.map((rule): RuleTally => {
    const mine = matched.filter(({ report }) => report.rule === rule)
    return {
      rule,
      reports: count(reports, (report) => report.rule === rule),
      right: count(mine, ({ verdict }) => verdict.expected === 'report'),
      wrong: count(mine, ({ verdict }) => verdict.expected === 'silent'),
      unlabelled: count(unlabelled, (report) => report.rule === rule),
      traps: count(
        compared,
        (verdict) => verdict.expected === 'silent' && answers(rule, verdict.rule),
      ),
    }
  })

  const judged = (verdict: Verdict): boolean =>
    verdict.expected === 'report' &&
    (verdict.preset ?? preset) === preset &&
    linted.get(verdict.repo)?.recall !== false
  const found = [...matched.map(({ verdict }) => verdict), ...spokenFor].filter(judged)
  const missed = untouched.filter(judged)
  const missedClear = missed.filter((verdict) => verdict.certainty === 'clear')

  return {
    rules: rules.toSorted((a, b) => a.rule.localeCompare(b.rule)),
    recall: recallOf(found, missed),
    differences: [
      ...matched
        .filter(({ verdict }) => verdict.expected === 'silent')
        .map(({ report, verdict }) => differenceOf('wrong', report, verdict.why)),
      ...missedClear
        .filter((verdict) => withinReach.has(verdict.needs))
        .map((verdict) => differenceOf('missed', verdict, verdict.why)),
      ...unlabelled.map((report) => differenceOf('unlabelled', report, report.message)),
    ].toSorted(byPlace),
    outOfReach: missedClear
      .filter((verdict) => !withinReach.has(verdict.needs))
      .map((verdict) => differenceOf('missed', verdict, `[${verdict.needs}] ${verdict.why}`))
      .toSorted(byPlace),
    notCompared: here.length - compared.length,
  }
}

function recallOf(found: readonly Verdict[], missed: readonly Verdict[]): readonly RecallTally[] {
  const groups = new Map<string, RecallTally>()
  const add = (verdict: Verdict, isFound: boolean): void => {
    const { rule, needs, certainty } = verdict
    const key = [rule, needs, certainty].join('\n')
    const so = groups.get(key) ?? { rule, needs, certainty, found: 0, missed: 0 }
    groups.set(key, isFound ? { ...so, found: so.found + 1 } : { ...so, missed: so.missed + 1 })
  }
  for (const verdict of found) add(verdict, true)
  for (const verdict of missed) add(verdict, false)
  return [...groups.values()].toSorted(
    (a, b) =>
      a.rule.localeCompare(b.rule) ||
      orderOfNeeds(a.needs) - orderOfNeeds(b.needs) ||
      b.certainty.localeCompare(a.certainty),
  )
}

const needsInOrder = ['local', 'same-file', 'cross-file', 'schema', 'types', 'orm']

function orderOfNeeds(needs: string): number {
  const index = needsInOrder.indexOf(needs)
  return index === -1 ? needsInOrder.length : index
}

function differenceOf(
  kind: Difference['kind'],
  place: Pick<Difference, 'repo' | 'file' | 'line' | 'rule'>,
  why: string,
): Difference {
  const { repo, file, line, rule } = place
  return { kind, repo, file, line, rule, why }
}

function byPlace(a: Difference, b: Difference): number {
  return (
    a.rule.localeCompare(b.rule) ||
    a.kind.localeCompare(b.kind) ||
    a.repo.localeCompare(b.repo) ||
    a.file.localeCompare(b.file) ||
    a.line - b.line
  )
}

function count<T>(values: readonly T[], test: (value: T) => boolean): number {
  return values.filter(test).length
}
