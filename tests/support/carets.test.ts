import { describe, expect, it } from 'vitest'
import { compare, locate, readExpectations, readHead } from './carets.ts'

describe('readExpectations', () => {
  it('places carets under the nearest code above', () => {
    const source = [
      'const a = scan(b)',
      '//        ^^^^ no-scan: Scan of',
      '//             ^ other-rule',
      'const c = 1',
    ].join('\n')
    expect(readExpectations(source)).toEqual([
      { rule: 'no-scan', line: 1, column: 11, endColumn: 15, message: 'Scan of' },
      { rule: 'other-rule', line: 1, column: 16, endColumn: 17, message: '' },
    ])
  })

  it('reads carets in comments inside JSX', () => {
    expect(readExpectations('   <A b />\n{/*^^^ some-rule: Why. */}')).toEqual([
      { rule: 'some-rule', line: 1, column: 4, endColumn: 7, message: 'Why.' },
    ])
  })

  it('leaves other comments alone', () => {
    expect(readExpectations('a()\n// what for ^ this\n/* plain */')).toEqual([])
  })

  it('refuses carets without a rule, and carets under nothing', () => {
    expect(() => readExpectations('a()\n// ^^')).toThrow(
      'Line 2: after the carets, write a rule id and a colon.',
    )
    expect(() => readExpectations('// ^^ some-rule: x')).toThrow(
      'Line 1: the carets stand under no code.',
    )
  })
})

describe('readHead', () => {
  it('reads settings, filename and options from the first comments only', () => {
    const source = [
      '// filename: src/api/orders.tsx',
      '// Why this scenario is here.',
      '// settings: {"tables":{}}',
      '// options: {"no-scan":[{"a":1}]}',
      'a()',
      '// filename: not/this.ts',
    ].join('\n')
    expect(readHead(source)).toEqual({
      filename: 'src/api/orders.tsx',
      settings: { tables: {} },
      options: { 'no-scan': [{ a: 1 }] },
    })
    expect(readHead('a()')).toEqual({ filename: undefined, settings: undefined, options: {} })
  })

  it('says which comment is not JSON', () => {
    expect(() => readHead('// settings: {a}')).toThrow('// settings: must be JSON')
  })
})

describe('compare', () => {
  const source = 'const a = scan(\n  b)'
  const [report] = locate(source, [
    { ruleId: 'no-scan', line: 1, column: 11, endLine: 2, endColumn: 5, message: 'Scan of A.' },
  ])
  const wanted = { rule: 'no-scan', line: 1, column: 11, endColumn: 16, message: 'Scan of' }

  it('ends a report of several lines with its first line', () => {
    expect(report).toEqual({ ...wanted, message: 'Scan of A.' })
  })

  it('takes the beginning of a message', () => {
    const { expected, actual } = compare([wanted], report === undefined ? [] : [report])
    expect(actual).toEqual(expected)
  })

  it('shows another message, another column, a second report and a missing one', () => {
    const reports = report === undefined ? [] : [report]
    for (const changed of [
      [{ ...wanted, message: 'Query' }],
      [{ ...wanted, column: 12 }],
      [],
      [wanted, wanted],
    ]) {
      const { expected, actual } = compare(changed, reports)
      expect(actual).not.toEqual(expected)
    }
  })
})
