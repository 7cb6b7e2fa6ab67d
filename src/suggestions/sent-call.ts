import type { Range, ValueId } from '../facts/model.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import { callOf, placeOf, valueOf } from '../project/module.ts'
import { contains, insertAfter, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** A call that sends a request, as text around that request, so that it can be sent with another one. */
export interface SentCall {
  readonly before: string
  readonly request: { readonly value: ValueId; readonly at: Range }
  readonly after: string
}

/** The call of an operation with its command and v2's `promise()`; null where the request is not given in the call. */
export function sentCall(file: SourceFile, { spelling, call: id }: Occurrence): SentCall | null {
  const { module, text } = file
  const call = callOf(module, id)
  const made = spelling.command?.kind === 'made' ? spelling.command.ref : null
  const node = made?.frame.module === module ? valueOf(module, made.value) : null
  const { at, arguments: given } = node?.kind === 'call' ? callOf(module, node.call) : call
  const [request] = given
  if (!request || !contains(call.at, at) || (spelling.form === 'command' && node === null))
    return null
  const promise = /^\s*\.promise\(\)/.exec(text.slice(call.at.end, call.at.end + 40))?.[0] ?? ''
  return {
    before: text.slice(call.at.start, request.at.start),
    request,
    after: text.slice(request.at.end, call.at.end) + promise,
  }
}

/**
 * The text of a request with one more member; null where it is neither written there nor a plain name.
 *
 * @param member as it stands in an object literal: `Limit: 1`
 */
export function withMember(file: SourceFile, { request }: SentCall, member: string): string | null {
  const own = textAt(file, request.at)
  const literal = valueOf(file.module, request.value)
  if (literal.kind === 'object' && isWhole(file, request.value, request.at)) {
    const last = literal.entries.at(-1)
    const [edit] = last ? insertAfter(file, last.at, [member]) : []
    if (!edit) return null
    const behind = edit.at.start - request.at.start
    return `${own.slice(0, behind)}${edit.text}${own.slice(behind)}`
  }
  return /^[\w$.]+$/.test(own) ? `{ ...${own}, ${member} }` : null
}

function isWhole({ module }: SourceFile, id: ValueId, { start, end }: Range): boolean {
  const at = placeOf(module, id)
  return at.start === start && at.end === end
}
