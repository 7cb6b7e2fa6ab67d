import { shareText, wilson } from './interval.ts'
import type { Difference } from './match.ts'
import type { Explanation } from './records.ts'
import { withinReach, type RecallTally, type RuleTally } from './tally.ts'

/** Lays rows out in columns, the first to the left and the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0
          return column === 0 ? cell.padEnd(width) : cell.padStart(width)
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** What each rule said, and how much of it is right, with the 95 % interval. */
export function ruleTable(rules: readonly RuleTally[]): string {
  return table(
    ['rule', 'reports', 'right', 'wrong', 'unlabelled', 'traps', 'right of labelled (95 %)'],
    rules.map((rule) => [
      rule.rule,
      String(rule.reports),
      String(rule.right),
      String(rule.wrong),
      String(rule.unlabelled),
      String(rule.traps),
      shareText(wilson(rule.right, rule.right + rule.wrong)),
    ]),
  )
}

/** What was found of what should be, by what it takes to see it; a total per rule and certainty. */
export function recallTable(recall: readonly RecallTally[], reach: 'within' | 'beyond'): string {
  const groups = recall.filter((group) => withinReach.has(group.needs) === (reach === 'within'))
  const rules = [...new Set(groups.map((group) => group.rule))]
  const rows = rules.flatMap((rule) => {
    const mine = groups.filter((group) => group.rule === rule)
    const totals = (['clear', 'arguable'] as const).flatMap((certainty) => {
      const same = mine.filter((group) => group.certainty === certainty)
      return same.length > 1 ? [sum(same, rule, certainty)] : []
    })
    return [...mine, ...totals]
  })
  return table(
    ['rule', 'needs', 'certainty', 'expected', 'found', 'missed', 'found of expected (95 %)'],
    rows.map(({ rule, needs, certainty, found, missed }) => [
      rule,
      needs,
      certainty,
      String(found + missed),
      String(found),
      String(missed),
      shareText(wilson(found, found + missed)),
    ]),
  )
}

function sum(
  groups: readonly RecallTally[],
  rule: string,
  certainty: RecallTally['certainty'],
): RecallTally {
  return {
    rule,
    needs: 'all of these',
    certainty,
    found: groups.reduce((total, group) => total + group.found, 0),
    missed: groups.reduce((total, group) => total + group.missed, 0),
  }
}

/** One difference in one line: `repo file:line rule kind: why`. */
export function differenceLine(difference: Difference, explanation?: Explanation): string {
  const { repo, file, line, rule, kind, why } = difference
  const said = `${repo} ${file}:${line} ${rule} ${kind}: ${oneLine(why)}`
  return explanation === undefined ? said : `${said} (explained: ${oneLine(explanation.why)})`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
