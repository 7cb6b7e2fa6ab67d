import type { Range } from '../facts/model.ts'
import type { Module } from '../project/module.ts'
import type { Place } from '../project/term.ts'
import type { Piece, SourceText } from './source-text.ts'

/** A file and the text that its ranges count. */
export interface MappedFile {
  readonly module: Module
  readonly text: string
}

/** Where a part of an expression is written. */
export interface Mapped {
  readonly at: Place
  /** It stands there letter for letter, in one piece of text, and nothing else does. */
  readonly isExact: boolean
}

/**
 * The place in a file of a range of an expression's text, offsets as `concatenate` of `src/expressions` counts them (a
 * hole is one long). An empty range is taken for the character before it. Null where it is not written in this file, or
 * not in one place.
 */
export function placeOfRange(
  text: SourceText,
  [start, end]: readonly [number, number],
  file: MappedFile,
): Mapped | null {
  const from = start === end ? Math.max(0, start - 1) : start
  const spans = spansOf(text).filter((span) => span.start < end && from < span.end)
  const places = spans.map((span) => placeInPiece(span, { start: from, end }, file))
  const [first] = places
  const last = places.at(-1)
  if (!first || !last || places.includes(null)) return null
  if (places.length === 1) return first
  const at = { ...first.at, end: last.at.end }
  const isInOrder = places.every((place, index) => {
    const before = index === 0 ? null : places[index - 1]
    return !before || (place !== null && before.at.end <= place.at.start)
  })
  // Pieces from one end of a file to the other are no place.
  return isInOrder && !file.text.slice(at.start, at.end).includes(';')
    ? { at, isExact: false }
    : null
}

/** The piece that holds a range whole; null where it reaches into others, or there is nothing in it. */
export function pieceAt(text: SourceText, [start, end]: readonly [number, number]): Piece | null {
  const from = start === end ? Math.max(0, start - 1) : start
  const span = spansOf(text).find((found) => found.start <= from && end <= found.end)
  return span && span.start < span.end ? span.piece : null
}

/** The hole that begins at an offset. */
export function holeAt(text: SourceText, offset: number): Piece | null {
  const span = spansOf(text).find(({ piece, start }) => start === offset && piece.text === null)
  return span?.piece ?? null
}

interface Span extends Range {
  readonly piece: Piece
}

function spansOf(text: SourceText): readonly Span[] {
  let offset = 0
  return text.map((piece) => {
    const start = offset
    offset += piece.text?.length ?? 1
    return { piece, start, end: offset }
  })
}

function placeInPiece({ piece, start, end }: Span, range: Range, file: MappedFile): Mapped | null {
  const { at, text } = piece
  if (at?.module !== file.module) return null
  if (text === null) return { at, isExact: false }
  const offsets = offsetsIn(text, file.text, at)
  if (offsets === null) return { at, isExact: false }
  const inner = {
    module: at.module,
    start: offsets[Math.max(range.start, start) - start] ?? at.start,
    end: offsets[Math.min(range.end, end) - start] ?? at.end,
  }
  return { at: inner, isExact: true }
}

/** For each offset of a text, and its end, the offset in the source where it is written; null where it is not written there. */
function offsetsIn(text: string, source: string, at: Range): readonly number[] | null {
  const quote = source[at.start]
  const isQuoted = quote === "'" || quote === '"' || quote === '`'
  if (isQuoted && source[at.end - 1] === quote && at.end - at.start >= 2) {
    const inside = decode(text, source, at.start + 1, at.end - 1)
    if (inside) return inside
  }
  return decode(text, source, at.start, at.end)
}

const ESCAPE = /\\(?:u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r\n|[^]))/y

const SHORT: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
  '\n': '',
  '\r\n': '',
  '\r': '',
  '\u2028': '',
  '\u2029': '',
}

function decode(text: string, source: string, start: number, end: number): number[] | null {
  const offsets: number[] = []
  let at = start
  const take = (read: string, length: number): boolean => {
    if (!text.startsWith(read, offsets.length)) return false
    offsets.push(...Array.from({ length: read.length }, () => at))
    at += length
    return true
  }
  while (at < end) {
    ESCAPE.lastIndex = at
    const escape = source[at] === '\\' ? ESCAPE.exec(source) : null
    if (escape) {
      const [whole, long, four, two, one = ''] = escape
      const code = long ?? four ?? two
      const read =
        code === undefined
          ? Object.hasOwn(SHORT, one)
            ? (SHORT[one] ?? '')
            : one
          : fromCode(Number.parseInt(code, 16))
      if (read === null || !take(read, whole.length)) return null
    } else if (source.startsWith('\r\n', at)) {
      // In a template, a line break reads as one character, however the file is saved.
      if (!take('\n', 2) && !take('\r\n', 2)) return null
    } else if (!take(source[at] ?? '', 1)) return null
  }
  if (offsets.length !== text.length) return null
  offsets.push(end)
  return offsets
}

function fromCode(code: number): string | null {
  return code <= 0x10ffff ? String.fromCodePoint(code) : null
}
