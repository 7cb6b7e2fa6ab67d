/** What one rule says of one text, on every version of ESLint and with every parser. */
import { expect } from 'vitest'
import { lint, setups } from './linters.ts'

export interface Reported {
  readonly filename?: string
  readonly options?: readonly unknown[]
  readonly settings?: unknown
}

/**
 * Lints one text with one rule on every setup, which must all say the same.
 *
 * @returns each report as `line:column-endLine:endColumn the text there: the message`
 */
export function reportsOf(rule: string, code: string, request: Reported = {}): string[] {
  const { filename = 'src/orders.ts', options = [], settings } = request
  const [first = [], ...others] = setups.map((setup) =>
    lint(setup, { code, filename, rules: { [rule]: options }, settings }).map((message) => {
      const { line, column, endLine = line, endColumn = column } = message
      const place = `${String(line)}:${String(column)}-${String(endLine)}:${String(endColumn)}`
      return `${place} ${textAt(code, line, column, endLine, endColumn)}: ${message.message}`
    }),
  )
  for (const other of others) expect(other).toEqual(first)
  return [...first]
}

function textAt(
  code: string,
  line: number,
  column: number,
  endLine: number,
  endColumn: number,
): string {
  const lines = code.split('\n').slice(line - 1, endLine)
  const last = lines.length - 1
  lines[last] = lines[last]?.slice(0, endColumn - 1) ?? ''
  return [lines[0]?.slice(column - 1) ?? '', ...lines.slice(1)].join('\n')
}

/** A program in a template: without the first line break and the indent that all its lines share. */
export function program(strings: TemplateStringsArray, ...values: readonly string[]): string {
  const text = String.raw({ raw: strings.raw }, ...values)
  const lines = text.split('\n').slice(1)
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length)
  const indent = Math.min(...indents)
  return `${lines
    .map((line) => line.slice(indent))
    .join('\n')
    .trimEnd()}\n`
}
