import { describe, expect, it } from 'vitest'

import { shareText, wilson } from '../../scripts/corpus/interval.ts'
import { differenceLine, recallTable, ruleTable } from '../../scripts/corpus/print.ts'

describe('wilson', () => {
  it('gives the known interval of 8 out of 10', () => {
    const share = wilson(8, 10)
    expect(share?.value).toBe(0.8)
    expect(share?.low).toBeCloseTo(0.4902, 4)
    expect(share?.high).toBeCloseTo(0.9433, 4)
  })

  it('stays between nothing and all', () => {
    expect(wilson(0, 5)).toMatchObject({ value: 0, low: 0 })
    expect(wilson(5, 5)).toMatchObject({ value: 1, high: 1 })
  })

  it('says nothing of nothing, and refuses what cannot be', () => {
    expect(wilson(0, 0)).toBeUndefined()
    expect(() => wilson(3, 2)).toThrow('3 successes out of 2 cannot be.')
  })

  it('is printed in percent', () => {
    expect(shareText(wilson(8, 10))).toBe('80.0 % (49.0 to 94.3)')
    expect(shareText(undefined)).toBe('-')
  })
})

describe('tables', () => {
  it('prints one row a rule', () => {
    const rules = [{ rule: 'a', reports: 10, right: 8, wrong: 2, unlabelled: 0, traps: 5 }]
    expect(ruleTable(rules)).toBe(
      [
        'rule  reports  right  wrong  unlabelled  traps  right of labelled (95 %)',
        'a          10      8      2           0      5     80.0 % (49.0 to 94.3)',
      ].join('\n'),
    )
  })

  it('adds up what is equally sure, and keeps what is out of reach apart', () => {
    const recall = [
      { rule: 'a', needs: 'local', certainty: 'clear', found: 7, missed: 1 },
      { rule: 'a', needs: 'same-file', certainty: 'clear', found: 1, missed: 1 },
      { rule: 'a', needs: 'cross-file', certainty: 'clear', found: 0, missed: 3 },
    ] as const
    const rows = (text: string): string[] =>
      text
        .split('\n')
        .slice(1)
        .map((row) => row.replaceAll(/ {2,}/g, ' | '))
    expect(rows(recallTable(recall, 'within'))).toEqual([
      'a | local | clear | 8 | 7 | 1 | 87.5 % (52.9 to 97.8)',
      'a | same-file | clear | 2 | 1 | 1 | 50.0 % (9.5 to 90.5)',
      'a | all of these | clear | 10 | 8 | 2 | 80.0 % (49.0 to 94.3)',
    ])
    expect(rows(recallTable(recall, 'beyond'))).toEqual([
      'a | cross-file | clear | 3 | 0 | 3 | 0.0 % (0.0 to 56.1)',
    ])
  })
})

describe('differenceLine', () => {
  it('says where, what and why in one line, with the explanation', () => {
    const difference = {
      kind: 'missed',
      repo: 'o/r',
      file: 'a.ts',
      line: 3,
      rule: 'no-scan-in-handler',
      why: 'lists\n  all',
    } as const
    expect(differenceLine(difference)).toBe('o/r a.ts:3 no-scan-in-handler missed: lists all')
    expect(differenceLine(difference, { ...difference, why: 'class in a mixin' })).toBe(
      'o/r a.ts:3 no-scan-in-handler missed: lists all (explained: class in a mixin)',
    )
  })
})
