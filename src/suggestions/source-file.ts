import type { Range } from '../facts/model.ts'
import type { Module } from '../project/module.ts'
import type { Edit } from './edit.ts'

/** A file that suggestions edit: its facts, and the text that their ranges count. */
export interface SourceFile {
  readonly module: Module
  readonly text: string
}

export function textAt({ text }: SourceFile, at: Range): string {
  return text.slice(at.start, at.end)
}

export function replace({ module }: SourceFile, at: Range, text: string): Edit {
  return { at: { module, start: at.start, end: at.end }, text }
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** The quote that the file's strings are written in. */
export function quoteOf({ text }: SourceFile): '"' | "'" {
  return text.split("'").length >= text.split('"').length ? "'" : '"'
}

/** One level of indentation, as the file writes it. */
export function indentOf({ text }: SourceFile): string {
  if ((text.match(/^\t/gm)?.length ?? 0) > (text.match(/^ {2}/gm)?.length ?? 0)) return '\t'
  return /^ {2}\S/m.test(text) || !/^ {4}\S/m.test(text) ? '  ' : '    '
}

/** Lines that are indented by two spaces a level, as the file would have them. */
export function indentedAs(file: SourceFile, lines: readonly string[]): readonly string[] {
  const unit = indentOf(file)
  return lines.map((line) => line.replace(/^(?: {2})+/, (by) => unit.repeat(by.length / 2)))
}

/** Code on several lines as it would stand in the line of another place, where less is around it. */
export function movedTo(file: SourceFile, at: Range, to: number): string {
  const [inner, outer] = [at.start, to].map((offset) => indentAt(file.text, offset))
  const text = textAt(file, at)
  if (inner === undefined || outer === undefined || !inner.startsWith(outer)) return text
  return hasLongTemplate(text) ? text : text.replaceAll(`\n${inner}`, `\n${outer}`)
}

/** The lines of some code, as far to the left as the line that it begins in allows. */
export function withoutIndent(file: SourceFile, at: Range): readonly string[] {
  const indent = indentAt(file.text, at.start)
  return textAt(file, at)
    .split(/\r?\n/)
    .map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
}

/** A template that goes on in the next line, where spaces count. */
export function hasLongTemplate(text: string): boolean {
  return text.split('\n').some((line) => line.split('`').length % 2 === 0)
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? ''
}

/** A text as a string literal of the file. */
export function quoted(text: string, quote: '"' | "'" | '`'): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
  return `${quote}${quote === '`' ? escaped.replaceAll('${', '\\${') : escaped}${quote}`
}

/** Something that stands alone in its lines, with its indentation and line end; null where something else does, too. */
export function wholeLines({ text }: SourceFile, at: Range): Range | null {
  const start = text.lastIndexOf('\n', at.start - 1) + 1
  const rest = /^[ \t]*;?[ \t]*(\r?\n|$)/.exec(text.slice(at.end, at.end + 200))
  const isAlone = text.slice(start, at.start).trim() === '' && rest !== null
  return isAlone ? { start, end: at.end + rest[0].length } : null
}

/** Takes whole lines out; of two empty lines that would meet, or one at the head of a block, one goes along. */
export function removeLines(file: SourceFile, lines: readonly Range[]): readonly Edit[] {
  const runs: { start: number; end: number }[] = []
  for (const { start, end } of [...lines].sort((a, b) => a.start - b.start)) {
    const last = runs.at(-1)
    if (last?.end === start) last.end = end
    else runs.push({ start, end })
  }
  return runs.map(({ start, end }) => {
    const blank = /^[ \t]*\r?\n/.exec(file.text.slice(end, end + 200))
    const isSpaced = /(?:\n[ \t]*|[{([,][ \t]*|^)\r?\n$|^$/.test(file.text.slice(0, start))
    return replace(file, { start, end: end + (isSpaced && blank ? blank[0].length : 0) }, '')
  })
}

/** What parts an entry from the next: a new line where it stands at the beginning of one. */
export function separatorBehind({ text }: SourceFile, entry: Range): string {
  const indent = text.slice(text.lastIndexOf('\n', entry.start - 1) + 1, entry.start)
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  return indent.trim() === '' ? `,${lineEnd}${indent}` : ', '
}

/** More properties or elements behind one that is there, laid out as that one is. */
export function insertAfter(
  file: SourceFile,
  entry: Range,
  members: readonly string[],
): readonly Edit[] {
  if (members.length === 0) return []
  const separator = separatorBehind(file, entry)
  return [
    replace(file, { start: entry.end, end: entry.end }, members.map((m) => separator + m).join('')),
  ]
}
