import { codeFrameColumns } from '@babel/code-frame'
import type { Linter } from 'eslint'

const longestLine = 300
const mostLines = 8

/**
 * The lines around a finding with its place marked; undefined where a line is too long to read
 * (generated code). Of a finding that spans many lines, the first is marked.
 *
 * @param text the file's text.
 * @param color whether to colour, and to highlight the code.
 */
export function codeFrame(
  text: string,
  message: Linter.LintMessage,
  color: boolean,
): string | undefined {
  const { line, column, endLine = line, endColumn } = message
  const shown = text.split(/\r\n|[\n\r\u2028\u2029]/).slice(Math.max(0, line - 3), endLine + 2)
  if (shown.some((each) => each.length > longestLine)) return undefined
  const start = { line, column }
  const whole = endColumn !== undefined && endLine - line < mostLines
  return codeFrameColumns(
    printable(text.replace(/^\uFEFF/, '')),
    whole ? { start, end: { line: endLine, column: endColumn } } : { start },
    { highlightCode: color, forceColor: color, linesAbove: 2, linesBelow: 2 },
  )
}

/** The text without what a terminal would take for a command. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g, '\uFFFD')
}
