import { describe, expect, it } from 'vitest'

import { answers, explain, matchReports, type Difference } from '../../scripts/corpus/match.ts'
import type { Explanation, Report, Verdict } from '../../scripts/corpus/records.ts'

const verdict = (line: number, other: Partial<Verdict> = {}): Verdict => ({
  repo: 'o/r',
  commit: 'c',
  file: 'a.ts',
  line,
  rule: 'no-scan-in-handler',
  expected: 'report',
  certainty: 'clear',
  needs: 'local',
  why: 'why',
  source: 'own',
  ...other,
})

const report = (line: number, other: Partial<Report> = {}): Report => ({
  repo: 'o/r',
  file: 'a.ts',
  line,
  rule: 'no-scan-in-handler',
  message: 'said',
  ...other,
})

describe('matchReports', () => {
  it('matches eight lines away and not nine, in either direction', () => {
    for (const line of [12, 28]) {
      expect(matchReports([report(line)], [verdict(20)]).matched).toHaveLength(1)
    }
    for (const line of [11, 29]) {
      const { matched, unlabelled, untouched } = matchReports([report(line)], [verdict(20)])
      expect([matched.length, unlabelled.length, untouched.length]).toEqual([0, 1, 1])
    }
  })

  it('needs the same rule, file and repository', () => {
    for (const other of [{ rule: 'prefer-get-item' }, { file: 'b.ts' }, { repo: 'o/s' }]) {
      expect(matchReports([report(20, other)], [verdict(20)]).matched).toEqual([])
    }
  })

  it('takes a place for found where the rule speaks that goes first, once for both', () => {
    const [scan, page] = [verdict(20), verdict(20, { rule: 'require-pagination' })]
    expect(matchReports([report(21)], [scan, page])).toMatchObject({
      matched: [{ verdict: scan }],
      spokenFor: [page],
      untouched: [],
    })
    const other = { ...page, repo: 'o/s' }
    expect(matchReports([report(21)], [scan, other]).untouched).toEqual([other])
  })

  it('prefers the closest verdict, whatever their order', () => {
    const silent = verdict(26, { expected: 'silent' })
    const wanted = verdict(21)
    const said = report(23)
    for (const verdicts of [
      [silent, wanted],
      [wanted, silent],
    ]) {
      const { matched, untouched } = matchReports([said], verdicts)
      expect(matched).toEqual([{ report: said, verdict: wanted }])
      expect(untouched).toEqual([silent])
    }
  })

  it('uses a verdict once: the closer of two reports has it', () => {
    const { matched, unlabelled } = matchReports([report(24), report(20)], [verdict(21)])
    expect(matched.map((match) => match.report.line)).toEqual([20])
    expect(unlabelled.map(({ line }) => line)).toEqual([24])
  })

  it('takes a report at the other end of a wrapper chain', () => {
    const chain = verdict(300, { alt: 'lib/db.ts:32' })
    const said = report(35, { file: 'lib/db.ts' })
    expect(matchReports([said], [chain]).matched).toEqual([{ report: said, verdict: chain }])
    expect(matchReports([report(35)], [chain]).matched).toEqual([])
  })

  it("takes a wrapper for found where the report at its caller is another verdict's", () => {
    const caller = verdict(20)
    const far = verdict(62, { alt: 'a.ts:20' })
    const wrapper = verdict(32, { file: 'lib/db.ts', alt: 'a.ts:20' })
    for (const verdicts of [
      [caller, wrapper],
      [wrapper, caller],
    ]) {
      expect(matchReports([report(20)], verdicts)).toMatchObject({
        matched: [{ verdict: caller }],
        spokenFor: [wrapper],
        untouched: [],
      })
    }
    expect(matchReports([report(20)], [far, caller])).toMatchObject({
      matched: [{ verdict: caller }],
      spokenFor: [far],
    })
    const alone = verdict(24)
    expect(matchReports([report(20)], [caller, alone]).untouched).toEqual([alone])
  })
})

describe('answers', () => {
  it('lets the finer rules answer a verdict on expressions, and not the other way round', () => {
    expect(answers('valid-placeholders', 'valid-expression')).toBe(true)
    expect(answers('no-reserved-attribute-name', 'valid-expression')).toBe(true)
    expect(answers('valid-key-condition', 'valid-expression')).toBe(true)
    expect(answers('valid-expression', 'valid-placeholders')).toBe(false)
    expect(answers('valid-request', 'valid-expression')).toBe(true)
    expect(answers('no-legacy-parameters', 'valid-expression')).toBe(false)
  })
})

describe('explain', () => {
  const difference = (line: number, other: Partial<Difference> = {}): Difference => ({
    kind: 'missed',
    repo: 'o/r',
    file: 'a.ts',
    line,
    rule: 'no-scan-in-handler',
    why: 'why',
    ...other,
  })
  const explanation = (line: number, other: Partial<Explanation> = {}): Explanation => ({
    kind: 'missed',
    repo: 'o/r',
    file: 'a.ts',
    line,
    rule: 'no-scan-in-handler',
    why: 'because',
    ...other,
  })

  it('explains one difference of the same kind, the closest', () => {
    const near = difference(22)
    const far = difference(26)
    const known = explanation(21)
    const { explained, unused } = explain([far, near], [known])
    expect([...explained]).toEqual([[near, known]])
    expect(unused).toEqual([])
  })

  it('does not explain another kind, rule or place', () => {
    for (const other of [
      { kind: 'wrong' as const },
      { rule: 'prefer-get-item' },
      { file: 'b.ts' },
      { repo: 'o/s' },
      { line: 40 },
    ]) {
      const known = explanation(22, other)
      const { explained, unused } = explain([difference(22)], [known])
      expect(explained.size).toBe(0)
      expect(unused).toEqual([known])
    }
  })
})
