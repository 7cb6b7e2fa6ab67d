import type { Linter } from 'eslint'
import pc from 'picocolors'
import { codeFrame, printable } from './code-frame.ts'
import { displayPath, type NotChecked } from './files.ts'
import type { FileResult } from './lint.ts'
import { tally, type Outcome } from './outcome.ts'

export interface ReportOptions {
  readonly cwd: string
  readonly color: boolean
}

/**
 * The report for people: each finding with its code, its message and its suggestions, then what
 * could not be checked, the findings by rule, and how much was understood. Ends with a line break.
 */
export function report(outcome: Outcome, options: ReportOptions): string {
  const colors = pc.createColors(options.color)
  const sections = [
    ...outcome.results.flatMap((result) =>
      result.messages.map((message) => finding(result, message, options, colors)),
    ),
    notCheckedLines(outcome.notChecked, colors),
    summaryLines(outcome, colors),
  ]
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n')
}

type Colors = ReturnType<typeof pc.createColors>

function finding(
  { file, text }: FileResult,
  message: Linter.LintMessage,
  { cwd, color }: ReportOptions,
  colors: Colors,
): string[] {
  const { line, column, severity, ruleId, suggestions = [] } = message
  const place = `${displayPath(file, cwd)}:${String(line)}:${String(column)}`
  const level = severity === 2 ? colors.red('error') : colors.yellow('warning')
  const frame = codeFrame(text, message, color)
  return [
    `${colors.bold(place)}  ${level}  ${colors.dim(ruleId ?? '')}`,
    ...indent(printable(message.message), '  '),
    ...(frame === undefined ? [] : ['', ...indent(frame, '  ')]),
    ...suggestions.map(({ desc }) => `  ${colors.green('→')} ${printable(desc)}`),
  ]
}

function indent(text: string, by: string): string[] {
  return text.split('\n').map((line) => (by + line).trimEnd())
}

function notCheckedLines(notChecked: readonly NotChecked[], colors: Colors): string[] {
  return notChecked.map((each) => `${colors.yellow('not checked')}  ${notCheckedText(each)}`)
}

/** One line that says what could not be checked, and why. */
export function notCheckedText({ path, line, column, reason }: NotChecked): string {
  const place = [path, line, column].filter((part) => part !== undefined).join(':')
  return printable(`${place}: ${reason}`)
}

function summaryLines(outcome: Outcome, colors: Colors): string[] {
  const { errors, warnings, fixable, withSuggestion, byRule } = tally(outcome)
  const { results, counts } = outcome
  const findings = errors + warnings
  const files = results.filter(({ messages }) => messages.length > 0).length
  const width = Math.max(0, ...byRule.map(([, count]) => String(count).length))
  const headline =
    findings === 0
      ? colors.green(`No findings in ${plural(results.length, 'file')}.`)
      : colors.bold(
          `${plural(findings, 'finding')} in ${String(files)} of ${plural(results.length, 'file')}: ` +
            `${plural(errors, 'error')}, ${plural(warnings, 'warning')}.`,
        )
  return [
    headline,
    ...byRule.map(([ruleId, count]) => `  ${String(count).padStart(width)}  ${ruleId}`),
    ...(fixable === 0 ? [] : [`${plural(fixable, 'finding')} can be mended with --fix.`]),
    ...(withSuggestion === 0
      ? []
      : [`${plural(withSuggestion, 'finding')} can be mended with --fix-suggestions.`]),
    ...(counts === undefined ? [] : [countsText(counts)]),
  ]
}

/** How much was understood, so that silence is not taken for health. */
function countsText({ found, understood }: NonNullable<Outcome['counts']>): string {
  if (found === 0) return 'No DynamoDB operations found.'
  const not = found - understood
  const advice = not === 0 ? '.' : ': run `npx eslint-plugin-dynamodb explain <file>`.'
  return `${plural(found, 'operation')} found, ${String(understood)} understood, ${String(not)} not${advice}`
}

function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`
}
