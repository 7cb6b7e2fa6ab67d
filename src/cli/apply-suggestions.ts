import type { Linter } from 'eslint'
import type { FileResult, LintText } from './lint.ts'

/** A suggestion that was applied, with the place of its finding before it was. */
export interface AppliedSuggestion {
  readonly line: number
  readonly column: number
  readonly ruleId: string
  /** The suggestion's title. */
  readonly title: string
}

export interface SuggestionsResult {
  /** The last lint of the text with all suggestions applied. */
  readonly result: FileResult
  readonly applied: readonly AppliedSuggestion[]
  /** Set where a suggestion was taken back because it left code that does not parse. */
  readonly undone: string | undefined
}

const mostPasses = 10

/**
 * Applies the first suggestion of each finding to the text, not to the file, and lints again, until
 * none is left, the text is one that it was before, or ten passes are over. Of suggestions that
 * overlap or touch, the first in the text is applied and the others wait for the next pass.
 */
export async function applySuggestions(
  lint: LintText,
  first: FileResult,
): Promise<SuggestionsResult> {
  const applied: AppliedSuggestion[] = []
  const seen = new Set([first.text])
  let result = first
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const chosen = chooseSuggestions(result.messages)
    if (chosen.length === 0) break
    const text = replaceRanges(result.text, chosen)
    if (seen.has(text)) break
    seen.add(text)
    const next = await lint(result.file, text)
    if (next.fatal !== undefined) {
      return { result, applied, undone: next.fatal.message }
    }
    applied.push(...chosen.map(({ description }) => description))
    result = next
  }
  return { result, applied, undone: undefined }
}

interface Chosen {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly description: AppliedSuggestion
}

function chooseSuggestions(messages: readonly Linter.LintMessage[]): Chosen[] {
  const offered = messages.flatMap((message): Chosen[] => {
    const suggestion = message.suggestions?.[0]
    if (suggestion === undefined) return []
    const [start, end] = suggestion.fix.range
    const { line, column, ruleId } = message
    const description = { line, column, ruleId: ruleId ?? '', title: suggestion.desc }
    return [{ start, end, text: suggestion.fix.text, description }]
  })
  const chosen: Chosen[] = []
  for (const each of offered.sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = chosen.at(-1)
    if (last === undefined || each.start > last.end) chosen.push(each)
  }
  return chosen
}

/** ESLint counts without the byte-order mark; an edit that begins before it takes it away. */
function replaceRanges(text: string, edits: readonly Chosen[]): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const body = text.slice(mark.length)
  let result = ''
  let at = 0
  for (const { start, end, text: replacement } of edits) {
    result += body.slice(at, Math.max(at, start)) + replacement
    at = end
  }
  return (edits[0] !== undefined && edits[0].start < 0 ? '' : mark) + result + body.slice(at)
}
