/** Suggestions as a user takes them: one at a time, on the text they were made for. */
import type { Linter } from 'eslint'
import { lint, setups } from '../support/linters.ts'
import type { LintSetup } from '../support/linters.ts'

export interface Applied {
  readonly title: string
  readonly output: string
  /** Reports of the same rule in the changed text, by line and message. */
  readonly left: readonly string[]
}

export interface Fixture {
  readonly code: string
  readonly rule: string
  readonly filename?: string
  readonly settings?: unknown
  readonly options?: readonly unknown[]
}

const own = setups.find(({ name }) => name === 'ESLint 10, our parser') as LintSetup

export function reportsOf(fixture: Fixture): Linter.LintMessage[] {
  const { code, rule, filename = 'src/handlers/fixture.ts', settings, options = [] } = fixture
  return lint(own, { code, filename, settings, rules: { [rule]: options } })
}

/** Each suggestion of each report, applied alone. */
export function applied(fixture: Fixture): Applied[] {
  return reportsOf(fixture).flatMap(({ suggestions = [] }) =>
    suggestions.map(({ desc, fix }) => {
      const output = withFix(fixture.code, fix)
      const left = reportsOf({ ...fixture, code: output })
      return { title: desc, output, left: left.map((m) => `${String(m.line)}: ${m.message}`) }
    }),
  )
}

export function withFix(
  code: string,
  { range: [start, end], text }: { range: [number, number]; text: string },
): string {
  return code.slice(0, start) + text + code.slice(end)
}
