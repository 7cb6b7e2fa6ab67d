/** Scenario files: whole programs whose comments say what must be reported, and where. */

/** A report that a scenario expects, or one that came out, in the same words. */
export interface Located {
  readonly rule: string
  readonly line: number
  /** First column, counted from 1. */
  readonly column: number
  /** Column after the last one; the end of the line where the report goes on below. */
  readonly endColumn: number
  readonly message: string
}

/** What the comments at the head of a scenario set. */
export interface ScenarioHead {
  readonly filename: string | undefined
  readonly settings: unknown
  /** Options by rule id; other rules run with their defaults. */
  readonly options: Readonly<Record<string, readonly unknown[]>>
}

const expectation = /^\s*(?:\/\/|\{?\/\*)\s*(\^+)\s+([a-z][a-z0-9-]*)(?::\s*(.*?))?\s*(?:\*\/\}?)?$/
const directive = /^\/\/ (settings|filename|options): (.*)$/

/**
 * Reads the expectations of a scenario: a comment with carets under the code, then the rule's id,
 * and after a colon how its message begins. Several may stand under one line; carets that reach the
 * end of the line stand for a report that goes on below.
 *
 * @throws where carets stand under no line of code
 */
export function readExpectations(source: string): Located[] {
  const expected: Located[] = []
  let code = 0
  source.split(/\r?\n/).forEach((text, index) => {
    const match = expectation.exec(text)
    if (match === null) {
      if (/^\s*(?:\/\/|\{?\/\*)\s*\^/.test(text)) {
        throw new Error(`Line ${String(index + 1)}: after the carets, write a rule id and a colon.`)
      }
      code = index + 1
      return
    }
    if (code === 0) throw new Error(`Line ${String(index + 1)}: the carets stand under no code.`)
    const [, carets = '', rule = '', message = ''] = match
    const column = text.indexOf(carets) + 1
    expected.push({ rule, line: code, column, endColumn: column + carets.length, message })
  })
  return expected
}

/**
 * Reads the comments at the head of a scenario: `// settings: {…}`, `// filename: src/a.ts`,
 * `// options: {"rule-id": [{…}]}`.
 *
 * @throws where settings or options are not JSON
 */
export function readHead(source: string): ScenarioHead {
  const found = new Map<string, string>()
  for (const line of source.split(/\r?\n/)) {
    if (!line.startsWith('//')) break
    const match = directive.exec(line)
    if (match?.[1] !== undefined && match[2] !== undefined) found.set(match[1], match[2])
  }
  return {
    filename: found.get('filename'),
    settings: parse('settings', found.get('settings')),
    options: (parse('options', found.get('options')) ?? {}) as ScenarioHead['options'],
  }
}

function parse(name: string, text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`// ${name}: must be JSON: ${String(error)}`, { cause: error })
  }
}

/** What ESLint reported; ends and rule ids are missing only in ESLint's own messages. */
interface Message {
  readonly ruleId: string | null
  readonly line: number
  readonly column: number
  readonly endLine?: number | undefined
  readonly endColumn?: number | undefined
  readonly message: string
}

/** Brings ESLint's messages into the words of the expectations. */
export function locate(source: string, messages: readonly Message[]): Located[] {
  const lines = source.split(/\r?\n/)
  return messages.map(({ ruleId, line, column, endLine, endColumn, message }) => ({
    rule: ruleId ?? 'eslint',
    line,
    column,
    endColumn:
      endColumn === undefined || endLine !== line ? (lines[line - 1]?.length ?? 0) + 1 : endColumn,
    message,
  }))
}

/**
 * Both sides as sorted lines of text, for one comparison. A message that begins as expected is cut
 * to what was expected, so that equal lines mean a kept promise.
 */
export function compare(
  expected: readonly Located[],
  actual: readonly Located[],
): { expected: string[]; actual: string[] } {
  const place = ({ rule, line, column, endColumn }: Located): string =>
    `${String(line)}:${String(column)}-${String(endColumn)} ${rule}`
  const unused = [...expected]
  const shown = actual.map((report) => {
    const index = unused.findIndex(
      (wanted) => place(wanted) === place(report) && report.message.startsWith(wanted.message),
    )
    const [wanted = report] = index === -1 ? [] : unused.splice(index, 1)
    return `${place(report)}: ${wanted.message}`
  })
  return {
    expected: expected.map((wanted) => `${place(wanted)}: ${wanted.message}`).sort(byPlace),
    actual: shown.sort(byPlace),
  }
}

function byPlace(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true })
}
