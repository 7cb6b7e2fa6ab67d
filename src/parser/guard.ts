import { scanToken } from './guard-code.ts'
import { createCursor, type Elements } from './guard-cursor.ts'
import { scanChildren, scanTag } from './guard-elements.ts'
import { brackets, createNesting, exceeded } from './nesting.ts'
import { endOfLineComment, isLineBreak, skipTrivia } from './scan.ts'

/** The largest source text that is parsed, in UTF-16 units. */
export const maxSourceLength = 2_000_000

/** What the guard says of a text: fit for the native parser, or where and why it is not. */
export type GuardResult =
  | {
      readonly ok: true
      /** An upper bound of the height of the syntax tree. */
      readonly height: number
    }
  | { readonly ok: false; readonly reason: string; readonly line: number }

export interface GuardOptions {
  /** Whether the text will be parsed with JSX, where `<a>` in front of an operand opens an element. */
  readonly jsx: boolean
}

/**
 * Decides in one linear scan whether a text may be handed to the native parser. The parser works
 * by recursion and takes the whole process down when the nesting is too deep for the machine's
 * stack, so nothing may be parsed that this function has not passed. It errs on the safe side: the
 * counts are upper bounds, and the limits are far above what people write.
 *
 * @returns `ok: false` with a reason in words and the 1-based line where a limit was passed.
 */
export function guard(text: string, options: GuardOptions): GuardResult {
  if (text.length > maxSourceLength) {
    return {
      ok: false,
      reason: `the file is larger than ${String(maxSourceLength / 1_000_000)} million characters`,
      line: 1,
    }
  }
  const first = scan(text, options.jsx ? 'jsx' : 'none')
  if (!first.result.ok || !first.doubt) return first.result
  const second = scan(text, 'always').result
  return second.ok ? first.result : second
}

/** The 1-based number of the line that holds the offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = 0; at < offset && at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 13 && text.charCodeAt(at + 1) === 10) continue
    if (isLineBreak(code)) line += 1
  }
  return line
}

/**
 * One scan of the text, to its end or to the first offset where a limit is passed. `doubt` says
 * that `<a>` was not taken for an element although the parser may do so.
 */
function scan(text: string, elements: Elements): { result: GuardResult; doubt: boolean } {
  const nesting = createNesting()
  const cursor = createCursor(elements)
  let at = text.startsWith('#!') ? endOfLineComment(text, 0) : 0
  while (at < text.length) {
    const top = nesting.top.kind
    if (top === brackets.element) {
      at = scanChildren(text, at, nesting, cursor)
    } else {
      const trivia = skipTrivia(text, at)
      cursor.lineBreak = trivia.lineBreak
      at = trivia.end
      if (at >= text.length) break
      at =
        top === brackets.tag
          ? scanTag(text, at, nesting, cursor)
          : scanToken(text, at, nesting, cursor)
    }
    const reason = exceeded(nesting)
    if (reason !== undefined) {
      return { result: { ok: false, reason, line: lineAt(text, at) }, doubt: cursor.doubt }
    }
  }
  return { result: { ok: true, height: nesting.tallest }, doubt: cursor.doubt }
}
