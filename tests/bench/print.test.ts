import { describe, expect, it } from 'vitest'

import { comparisonTable, dearestTable, growthTable } from '../../scripts/bench/print.ts'

const files = [
  { path: 'a.ts', text: 'a'.repeat(1024) },
  { path: 'b.ts', text: 'b'.repeat(3072) },
]
const times = new Map([
  [
    'none',
    [
      [10, 30],
      [10, 30],
    ],
  ],
  [
    'ours',
    [
      [12, 32],
      [11, 37],
    ],
  ],
])

describe('comparisonTable', () => {
  it('prints the ratio and the difference with their spread', () => {
    expect(comparisonTable(times, 'none', files).split('\n')).toEqual([
      'rules  ms  ratio  least to greatest  quiet ratio  ms over no rules  least to greatest  ms per KB',
      'none   40',
      'ours   46  1.150     1.100 to 1.200        1.075               6.0         4.0 to 8.0     1.5000',
    ])
  })

  it('refuses to compare with what was not measured', () => {
    expect(() => comparisonTable(times, 'nothing', files)).toThrow(
      'Nothing was measured with "nothing".',
    )
  })
})

describe('dearestTable', () => {
  it('names the files that cost most, by their fastest rounds', () => {
    expect(dearestTable(times, { of: 'ours', withNoRules: 'none' }, files, 1).split('\n')).toEqual([
      'file   KB  ms with no rules  ms over no rules  ms per KB',
      'b.ts  3.0              30.0               2.0      0.667',
    ])
  })
})

describe('growthTable', () => {
  it('prints each size, and the exponent once', () => {
    const point = { kilobytes: 10, base: 50, ours: 5, theirs: 20 }
    const points = [
      { ...point, lines: 1000 },
      { ...point, lines: 2000, kilobytes: 20, ours: 10 },
    ]
    expect(growthTable([{ shape: 'one class', points, exponent: 1 }]).split('\n')).toEqual([
      'shape      lines  KB  no rules, ms  dynamodb strict, ms over  per KB  typescript-eslint, ms over  per KB  exponent',
      'one class   1000  10          50.0                       5.0   0.500                        20.0   2.000',
      'one class   2000  20          50.0                      10.0   0.500                        20.0   1.000      1.00',
    ])
  })
})
