/** What code becomes when a suggestion is taken. */
import { expect } from 'vitest'
import { lint, setups } from './linters.ts'
import type { Reported } from './reports.ts'

/** A suggestion of one report: its title, and the code after it. */
export interface Mended {
  readonly title: string
  readonly code: string
}

/**
 * The suggestions of the only report that a rule makes of a text; every setup must offer the same, and the rule must
 * have nothing more to say of the code that one of them leaves.
 *
 * @throws where there is no report, or more than one
 */
export function mended(rule: string, code: string, request: Reported = {}): readonly Mended[] {
  const { filename = 'src/orders.ts', options = [], settings } = request
  const [first = [], ...others] = setups.map((setup) => {
    const run = (text: string) =>
      lint(setup, { code: text, filename, rules: { [rule]: options }, settings })
    const [message, ...more] = run(code)
    if (message === undefined || more.length > 0) throw new Error('there must be one report')
    return (message.suggestions ?? []).map(({ desc, fix }): Mended => {
      const after = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1])
      expect(run(after), after).toEqual([])
      return { title: desc, code: after }
    })
  })
  for (const other of others) expect(other).toEqual(first)
  return first
}

/** The lines that a suggestion leaves and that were not there before. */
export function newLines(before: string, { code }: Mended): readonly string[] {
  const old = new Set(before.split('\n'))
  return code.split('\n').filter((line) => !old.has(line))
}
