import type { Range } from '../facts/model.ts'
import type { UnchunkedList } from '../flow/unchunked.ts'
import { callOf, placeOf } from '../project/module.ts'
import { isSettled } from '../operations/settled.ts'
import type { Proposal } from './edit.ts'
import { freeName } from './free-name.ts'
import { contains, replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** Operations whose chunks mean the same as the whole: nothing that belongs together is taken apart. */
const TAKERS = new Set(['BatchWriteItem', 'BatchExecuteStatement'])

/**
 * A loop that sends a list piece by piece. None where the result of the call is used, where it is no statement of its
 * own, or where the list is not read from a plain name or path in the request itself.
 */
export function inChunks(
  { occurrence, term, at, taker, most }: UnchunkedList,
  file: SourceFile,
): readonly Proposal<'sendChunks'>[] {
  const { module, text } = file
  const { trail, spelling } = occurrence
  const [step, ...others] = trail
  if (!step || others.length > 0 || !TAKERS.has(taker) || at.module !== module) return []
  const call = callOf(module, step.call)
  if (step.frame.module !== module || !call.discarded || !contains(call.at, at)) return []
  const written = spelling.request.kind === 'object' ? spelling.request.ref : null
  if (written?.frame.module !== module || !contains(call.at, placeOf(module, written.value)))
    return []
  const list = listIn(file, at)
  if (list === null || !isSettled(term)) return []
  const statement = statementAt(file, call.at)
  if (statement === null || /`[^`]*\n/.test(textAt(file, statement.at))) return []
  const { start, end } = statement.at
  const name = freeName(file, ['start', 'offset', 'from', 'first']) ?? 'chunkStart'
  const source = textAt(file, list)
  const piece = `${source}.slice(${name}, ${name} + ${String(most)})`
  const body = `${text.slice(start, list.start)}${piece}${text.slice(list.end, end)}`
  const { indent, lineEnd } = statement
  const inner = body.split(/\r?\n/).map((line) => (line === '' ? line : `  ${line}`))
  const code = [
    `for (let ${name} = 0; ${name} < ${source}.length; ${name} += ${String(most)}) {`,
    `${indent}${inner.join(lineEnd)}`,
    `${indent}}`,
  ].join(lineEnd)
  const data = { most: String(most), list: source }
  return [{ messageId: 'sendChunks', data, edits: [replace(file, statement.at, code)] }]
}

/** The name or path that a list is read from: all of it, or what `map` is called on. */
function listIn(file: SourceFile, at: Range): Range | null {
  const found = /^([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*?)(?=\.map\(|$)/.exec(textAt(file, at))
  return found ? { start: at.start, end: at.start + found[0].length } : null
}

/** An expression statement that begins its line and ends it. */
function statementAt(
  { text }: SourceFile,
  { start, end }: Range,
): { readonly at: Range; readonly indent: string; readonly lineEnd: string } | null {
  const before = /(?:^|\n)([ \t]*)await\s+$/.exec(text.slice(0, start))
  const after = /^;?(?=[ \t]*(?:\r?\n|$))/.exec(text.slice(end, end + 200))
  if (!before || !after) return null
  const [, indent = ''] = before
  const first = text.lastIndexOf('await', start)
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  return { at: { start: first, end: end + after[0].length }, indent, lineEnd }
}
