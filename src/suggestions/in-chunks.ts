import type { Range } from '../facts/model.ts'
import type { UnchunkedList } from '../flow/loops/unchunked.ts'
import { callOf, placeOf } from '../project/module.ts'
import { isSettled } from '../operations/settled.ts'
import { droppedAnswer } from './bound-answer.ts'
import type { Proposal } from './edit.ts'
import { freeName } from './free-name.ts'
import { contains, hasLongTemplate, indentOf, replace, textAt } from './source-file.ts'
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
  if (step.frame.module !== module || !contains(call.at, at)) return []
  const written = spelling.request.kind === 'object' ? spelling.request.ref : null
  if (written?.frame.module !== module || !contains(call.at, placeOf(module, written.value)))
    return []
  const list = listIn(file, at)
  if (list === null || !isSettled(term)) return []
  const dropped = droppedAnswer(file, call)
  if (dropped === null || hasLongTemplate(textAt(file, dropped.statement))) return []
  const { start, end } = dropped.statement
  const name = freeName(file, ['start', 'offset', 'from', 'first']) ?? 'chunkStart'
  const source = textAt(file, list)
  const piece = `${source}.slice(${name}, ${name} + ${String(most)})`
  const body = `${text.slice(start, list.start)}${piece}${text.slice(list.end, end)}`
  const { indent, lineEnd, statement } = dropped
  const inner = body.split(/\r?\n/).map((line) => (line === '' ? line : `${indentOf(file)}${line}`))
  const code = [
    `for (let ${name} = 0; ${name} < ${source}.length; ${name} += ${String(most)}) {`,
    `${indent}${inner.join(lineEnd)}`,
    `${indent}}`,
  ].join(lineEnd)
  const data = { most: String(most), list: source }
  return [{ messageId: 'sendChunks', data, edits: [replace(file, statement, code)] }]
}

/** The name or path that a list is read from: all of it, or what `map` is called on. */
function listIn(file: SourceFile, at: Range): Range | null {
  const found = /^([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*?)(?=\.map\(|$)/.exec(textAt(file, at))
  return found ? { start: at.start, end: at.start + found[0].length } : null
}
