/** Whatever the code looks like: what parses before a suggestion parses after it. */
import { describe, expect, it } from 'vitest'
import { lintAny, setups } from '../support/linters.ts'
import { mutations, truncations } from '../support/mutations.ts'
import { withFix } from './applied.ts'
import { fixtures } from './read-modify-write-fixtures.ts'
import { offered, settings } from './scan-fixtures.ts'

const [setup] = setups.filter(({ name }) => name === 'ESLint 10, our parser')
const filename = 'src/handlers/fixture.ts'

function brokenBy(code: string): string[] {
  if (!setup) throw new Error('no such set-up')
  const messages = lintAny(setup, { code, filename, settings })
  return messages.flatMap(({ suggestions = [] }) =>
    suggestions.flatMap(({ desc, fix }) => {
      const output = withFix(code, fix)
      const fatal = lintAny(setup, { code: output, filename, settings }).find((m) => m.fatal)
      return fatal ? [`${desc}: ${fatal.message}\n${output}`] : []
    }),
  )
}

describe.each(Object.entries({ ...fixtures, ...offered }))('%s', (_, code) => {
  it('stays a program when it is damaged and then mended', () => {
    const damaged = [...mutations(code, 40), ...truncations(code, 4)]
    expect(damaged.flatMap((mutation) => brokenBy(mutation.code))).toEqual([])
  })
})
