import type { Occurrence } from '../flow/paths/occurrences.ts'
import { callOf, valueOf } from '../project/module.ts'
import type { Proposal } from './edit.ts'
import { contains, insertAfter, replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/**
 * Each round of a loop with the cursor that the one before gave. None where the cursor has no plain name, or the request
 * is not given in the loop as an object or by a name.
 *
 * @see Query.Pagination.html
 */
export function loopHead(
  occurrence: Occurrence,
  file: SourceFile,
): readonly Proposal<'feedCursor'>[] {
  const { module } = file
  const { frame, call, spelling } = occurrence
  if (frame.module !== module || occurrence.trail.length > 1) return []
  const sent = callOf(module, call)
  const loop = module.facts.loops[sent.loops.at(-1) ?? -1]
  const made = spelling.command?.kind === 'made' ? spelling.command.ref : null
  const node = made?.frame.module === module ? valueOf(module, made.value) : null
  const { arguments: given, at } = node?.kind === 'call' ? callOf(module, node.call) : sent
  const [request] = given
  if (!loop || !request || !contains(loop.at, at)) return []
  const test = /\bwhile\s*\(\s*([A-Za-z_$][\w$]*)\s*\)\s*;?\s*$/.exec(textAt(file, loop.at))
  const cursor = loop.kind === 'do-while' ? test?.[1] : undefined
  if (cursor === undefined) return []
  const own = textAt(file, request.at)
  const literal = valueOf(module, request.value)
  const last = literal.kind === 'object' ? literal.entries.at(-1) : undefined
  const member = `ExclusiveStartKey: ${cursor}`
  const isWritten = last !== undefined && contains(request.at, last.at)
  if (!isWritten && !/^[\w$.]+$/.test(own)) return []
  const edits = isWritten
    ? insertAfter(file, last.at, [member])
    : [replace(file, request.at, `{ ...${own}, ${member} }`)]
  return [{ messageId: 'feedCursor', data: { cursor }, edits }]
}
