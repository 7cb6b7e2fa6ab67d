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

/** The request of an operation, and what holds the command that takes it, where that has a name of its own. */
export interface GivenRequest {
  readonly request: SentCall['request']
  /** `const command = new GetCommand(…)`, which is sent once and read by nobody else. */
  readonly command: { readonly declaration: Range } | null
  /** What is around the request, as for `SentCall`. */
  readonly before: string
  readonly after: string
}

/** The request where it is given: in the call that sends it, or to a command with a name. */
export function givenRequest(file: SourceFile, occurrence: Occurrence): GivenRequest | null {
  const direct = sentCall(file, occurrence)
  return direct ? { ...direct, command: null } : heldCommand(file, occurrence)
}

function heldCommand(
  { module, text }: SourceFile,
  { spelling, call: id }: Occurrence,
): GivenRequest | null {
  const { at, function: owner, arguments: given } = callOf(module, id)
  const [argument, ...others] = given
  const made = spelling.command?.kind === 'made' ? spelling.command.ref : null
  const node = made?.frame.module === module ? valueOf(module, made.value) : null
  if (spelling.form !== 'command' || node?.kind !== 'call' || !argument || others.length > 0)
    return null
  const { at: madeAt, arguments: taken } = callOf(module, node.call)
  const variable = module.facts.variables.find(
    (v) => v.reads.includes(argument.at.start) && v.function === owner,
  )
  const [request, ...more] = taken
  const declaration = variable?.declaration
  if (!request || more.length > 0 || !declaration || !contains(declaration, madeAt)) return null
  const head = text.slice(declaration.start, madeAt.start)
  const isPlain =
    /^const\s+[\w$]+\s*=\s*$/.test(head) && /^;?$/.test(text.slice(madeAt.end, declaration.end))
  if (!isPlain || variable.reads.length > 1 || variable.foreign.length > 0) return null
  const send = { start: at.start, end: argument.at.start }
  return {
    request,
    command: { declaration },
    before: textAt({ module, text }, send) + text.slice(madeAt.start, request.at.start),
    after: text.slice(request.at.end, madeAt.end) + text.slice(argument.at.end, at.end),
  }
}
