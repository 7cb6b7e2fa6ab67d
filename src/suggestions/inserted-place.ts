import type { Range } from '../facts/model.ts'
import type { InsertedText } from '../flow/values/inserted-text.ts'
import { placeOfRange } from '../operations/source-map.ts'
import type { Piece, SourceText } from '../operations/source-text.ts'
import { textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** A piece of a text to be replaced, with what it takes to put the text on from there. */
export interface InsertedPlace {
  readonly at: Range
  /** What closes the text behind it, where nothing follows. */
  readonly close: string
  /** The code that gives what was put in. */
  readonly code: string
}

/**
 * Where a text was put in, with everything that puts it there: `${status}` of a template, `' + status + '` of texts added
 * together, the quotes around it. Null where it is not written so.
 */
export function insertedPlace(
  { text, piece, quoted, offset }: InsertedText,
  file: SourceFile,
): InsertedPlace | null {
  if (piece.at?.module !== file.module) return null
  const index = text.indexOf(piece)
  const [before, after] = [text[index - 1], text[index + 1]]
  const gap = gapOf(before, piece.at, after, file)
  if (gap === null) return null
  const code = textAt(file, piece.at)
  if (quoted === null) return { ...gap, code }
  const outer = quotedRange(text, quoted, file)
  if (outer === null || !contains(outer, gap.at)) return null
  // Alone between its quotes, it is the value; else the value is all that they hold.
  if (quoted[0] === offset - 1 && quoted[1] === offset + 2)
    return gap.close === '' ? { at: outer, close: '', code } : null
  const inner = file.text.slice(outer.start + 1, outer.end - 1)
  const isTemplate = textAt(file, { start: gap.at.start, end: gap.at.start + 2 }) === '${'
  return isTemplate && !inner.includes('`') ? { at: outer, close: '', code: `\`${inner}\`` } : null
}

function gapOf(
  before: Piece | undefined,
  at: Range,
  after: Piece | undefined,
  file: SourceFile,
): { readonly at: Range; readonly close: string } | null {
  if (before?.at?.module !== file.module || before.text === null) return null
  const { end: start } = before.at
  const opening = file.text.slice(start, at.start)
  if (/^\$\{\s*$/.test(opening)) {
    const closing = /^\s*\}/.exec(file.text.slice(at.end, at.end + 200))
    return closing ? { at: { start, end: at.end + closing[0].length }, close: '' } : null
  }
  const quote = /^(['"`])\s*\+\s*$/.exec(opening)?.[1]
  if (quote === undefined) return null
  if (!after) return { at: { start, end: at.end }, close: quote }
  const behind = after.at
  if (behind?.module !== file.module || after.text === null || behind.start < at.end) return null
  const closing = /^\s*\+\s*(['"`])$/.exec(file.text.slice(at.end, behind.start))?.[1]
  return closing === quote ? { at: { start, end: behind.start }, close: '' } : null
}

/** Where a quoted part of a text is written, quotes and all. */
function quotedRange(
  text: SourceText,
  [start, end]: readonly [number, number],
  file: SourceFile,
): Range | null {
  const first = placeOfRange(text, [start, start + 1], file)
  const last = placeOfRange(text, [end - 1, end], file)
  if (!first?.isExact || !last?.isExact || last.at.end <= first.at.start) return null
  const isOne = [first, last].every(({ at }) => /^['"]$/.test(textAt(file, at)))
  return isOne ? { start: first.at.start, end: last.at.end } : null
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
