import { describe, expect, it } from 'vitest'

import type { Report, Repository, Verdict } from '../../scripts/corpus/records.ts'
import { tally } from '../../scripts/corpus/tally.ts'

const scan = 'no-scan-in-handler'

const repository = (repo: string, other: Partial<Repository> = {}): Repository => ({
  repo,
  commit: 'c',
  ...other,
})

const verdict = (line: number, other: Partial<Verdict> = {}): Verdict => ({
  repo: 'o/r',
  commit: 'c',
  file: 'a.ts',
  line,
  rule: scan,
  expected: 'report',
  certainty: 'clear',
  needs: 'local',
  why: `why ${line}`,
  source: 'own',
  ...other,
})

const report = (line: number, other: Partial<Report> = {}): Report => ({
  repo: 'o/r',
  file: 'a.ts',
  line,
  rule: scan,
  message: `said ${line}`,
  ...other,
})

describe('tally', () => {
  it('counts right, wrong, unlabelled, found and missed', () => {
    const result = tally(
      [scan],
      [repository('o/r')],
      [report(101), report(201), report(301)],
      [
        verdict(100),
        verdict(200, { expected: 'silent' }),
        verdict(400),
        verdict(500, { certainty: 'arguable' }),
        verdict(600, { needs: 'cross-file' }),
        verdict(700, { expected: 'silent' }),
      ],
      'recommended',
    )
    expect(result.rules).toEqual([
      { rule: scan, reports: 3, right: 1, wrong: 1, unlabelled: 1, traps: 2 },
    ])
    expect(result.recall).toEqual([
      { rule: scan, needs: 'local', certainty: 'clear', found: 1, missed: 1 },
      { rule: scan, needs: 'local', certainty: 'arguable', found: 0, missed: 1 },
      { rule: scan, needs: 'cross-file', certainty: 'clear', found: 0, missed: 1 },
    ])
    expect(result.differences.map(({ kind, line, why }) => [kind, line, why])).toEqual([
      ['missed', 400, 'why 400'],
      ['unlabelled', 301, 'said 301'],
      ['wrong', 201, 'why 200'],
    ])
    expect(result.outOfReach.map(({ line, why }) => [line, why])).toEqual([
      [600, '[cross-file] why 600'],
    ])
  })

  it('leaves out verdicts on rules that did not run and repositories that were not linted', () => {
    const result = tally(
      [scan],
      [repository('o/r')],
      [],
      [verdict(1, { rule: 'other' }), verdict(1, { repo: 'o/s' })],
      'recommended',
    )
    expect(result.notCompared).toBe(1)
    expect(result.differences).toEqual([])
    expect(result.recall).toEqual([])
  })

  it('judges the reports and not the silence where a repository was read in part', () => {
    const result = tally(
      [scan],
      [repository('o/r', { recall: false })],
      [report(10)],
      [verdict(10), verdict(100)],
      'recommended',
    )
    expect(result.rules[0]).toMatchObject({ right: 1, wrong: 0 })
    expect(result.recall).toEqual([])
    expect(result.differences).toEqual([])
  })

  it('expects what only the options of a preset ask for of that preset alone', () => {
    const verdicts = [verdict(10, { preset: 'strict' }), verdict(100, { preset: 'strict' })]
    const under = (preset: string) =>
      tally([scan], [repository('o/r')], [report(10)], verdicts, preset)
    expect(under('recommended').rules[0]).toMatchObject({ right: 1, wrong: 0 })
    expect(under('recommended').recall).toEqual([])
    expect(under('recommended').differences).toEqual([])
    expect(under('strict').recall).toMatchObject([{ found: 1, missed: 1 }])
  })

  it('has a row for a rule that said nothing', () => {
    expect(tally([scan], [repository('o/r')], [], [], 'recommended').rules).toEqual([
      { rule: scan, reports: 0, right: 0, wrong: 0, unlabelled: 0, traps: 0 },
    ])
  })
})
