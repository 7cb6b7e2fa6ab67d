import type { ReadBack } from '../flow/reads/read-back.ts'
import { memberOfRequest, requestOf } from '../operations/request.ts'
import { callOf } from '../project/module.ts'
import { boundAnswer, droppedAnswer, readsOf } from './bound-answer.ts'
import type { Edit, Proposal } from './edit.ts'
import { contains, insertAfter, removeLines, replace, textAt, wholeLines } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { removeUnused } from './unused.ts'
import { memberNamed, writtenRequest } from './written-request.ts'

/**
 * An Update that gives the item as it then is, in place of a Get behind it. Null where the two are no statements side by
 * side in one block, where the Get asks for less than the item, or its answer is read in another way than `answer.Item`.
 *
 * @see API_UpdateItem.html
 */
export function returnNewValues(
  { read, occurrence, write }: ReadBack,
  file: SourceFile,
): Proposal<'returnNewValues'> | null {
  const [get, update] = [read.trail[0], occurrence.trail[0]]
  if (write.kind !== 'Update' || write.inTransaction || !get || !update) return null
  if (read.trail.length > 1 || occurrence.trail.length > 1) return null
  if (get.frame !== update.frame || get.frame.module !== file.module) return null
  const [getCall, updateCall] = [get, update].map(({ call }) => callOf(file.module, call))
  if (!getCall || !updateCall) return null
  if (read.spelling.values !== occurrence.spelling.values) return null
  const isSide = JSON.stringify(getCall.guards) === JSON.stringify(updateCall.guards)
  const isTried = JSON.stringify(getCall.tries) === JSON.stringify(updateCall.tries)
  const isWhole = memberOfRequest(requestOf(read.spelling.request), 'ProjectionExpression')
  if (!isSide || !isTried || isWhole.state !== 'absent') return null
  const written = writtenRequest(file, write.request, occurrence)
  const anchor = written && memberNamed(written, 'UpdateExpression')
  const bound = boundAnswer(file, getCall.at)
  const dropped = droppedAnswer(file, updateCall)
  if (!written || !anchor || !bound || !dropped || memberNamed(written, 'ReturnValues')) return null
  const target = renamed(file, bound)
  const lines = wholeLines(file, bound.statement)
  if (target === null || lines === null) return null
  const { start } = dropped.statement
  const unused = removeUnused(file, {
    replaced: [lines],
    kept: [],
    assignments: [],
    mayDrop: (call) => contains(lines, call.at),
  })
  if (unused === null) return null
  return {
    messageId: 'returnNewValues',
    data: {},
    edits: [
      replace(file, { start, end: start }, `const ${target.name} = `),
      ...insertAfter(file, anchor.at, ["ReturnValues: 'ALL_NEW'"]),
      ...removeLines(file, [lines]),
      ...target.edits,
      ...unused.filter((edit) => !contains(lines, edit.at)),
    ],
  }
}

/** The name of the answer, and the edits that read `Attributes` where `Item` was read. */
function renamed(
  file: SourceFile,
  bound: NonNullable<ReturnType<typeof boundAnswer>>,
): { readonly name: string; readonly edits: readonly Edit[] } | null {
  const only = /^\{\s*Item(?:\s*:\s*([\w$]+))?\s*,?\s*\}$/.exec(bound.target)
  if (only) return { name: `{ Attributes: ${only[1] ?? 'Item'} }`, edits: [] }
  const reads = readsOf(file, bound)
  if (reads === null || reads.length === 0) return null
  const edits: Edit[] = []
  for (const { end } of reads) {
    const found = /^[?!]?\.Item\b/.exec(textAt(file, { start: end, end: end + 20 }))
    if (!found) return null
    const last = end + found[0].length
    edits.push(replace(file, { start: last - 'Item'.length, end: last }, 'Attributes'))
  }
  return { name: bound.target, edits }
}
