/** What code becomes under `--fix`. */
import { expect } from 'vitest'
import { lint, setups } from './linters.ts'
import type { Reported } from './reports.ts'

/**
 * Applies the first fix that a rule makes, as every report of one request carries all of it; every setup must make the
 * same, and the rule must have no fix left in what it leaves.
 *
 * @returns the code after the fix, or as it was where there is none
 */
export function fixed(rule: string, code: string, request: Reported = {}): string {
  const { filename = 'src/orders.ts', options = [], settings } = request
  const [first = code, ...others] = setups.map((setup) => {
    const run = (text: string) =>
      lint(setup, { code: text, filename, rules: { [rule]: options }, settings })
    const fix = run(code).find((message) => message.fix)?.fix
    if (!fix) return code
    const after = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1])
    expect(run(after).filter((message) => message.fix)).toEqual([])
    return after
  })
  for (const other of others) expect(other).toEqual(first)
  return first
}
