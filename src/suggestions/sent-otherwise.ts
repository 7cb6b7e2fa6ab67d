import type { ValueFormat } from '../clients/client-library.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import { placeOfTrail } from '../operations/operation.ts'
import { callOf } from '../project/module.ts'
import type { Edit } from './edit.ts'
import { importedInstead } from './imported-instead.ts'
import { givenRequest } from './sent-call.ts'
import { textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

/** Operations that several others are put into. */
type Target = 'TransactWrite' | 'BatchGet' | 'BatchWrite'

/** The code around a request that the same client sends as another operation. */
export interface SentOtherwise {
  /** `documents.send(new BatchGetCommand(`. */
  readonly before: string
  /** `))`, with v2's `promise()`. */
  readonly after: string
  readonly edits: readonly Edit[]
}

/** How another operation is spelled: by the document client and by the others. */
const NAMES: Readonly<Record<Target, Readonly<Record<ValueFormat, string>>>> = {
  TransactWrite: { document: 'TransactWrite', 'attribute-value': 'TransactWriteItems' },
  BatchGet: { document: 'BatchGet', 'attribute-value': 'BatchGetItem' },
  BatchWrite: { document: 'BatchWrite', 'attribute-value': 'BatchWriteItem' },
}

/**
 * How the client that sends some operations sends another one instead of them, with the imports that takes. Null where they
 * are not sent in one way, or not by a client that is known.
 *
 * @param occurrences operations whose own calls stand in this file, and will be gone
 */
export function sentOtherwise(
  file: SourceFile,
  occurrences: readonly Occurrence[],
  target: Target,
): SentOtherwise | null {
  const [first] = occurrences
  if (!first || occurrences.some(({ spelling }) => !isPlain(spelling))) return null
  const { values, form } = first.spelling
  const operation = NAMES[target][values]
  const ways = occurrences.map((one) => wayOf(file, one))
  const [way] = ways
  const isOne = ways.every((other) => other?.client === way?.client && other?.after === way?.after)
  const isAlike = occurrences.every(({ spelling: s }) => s.values === values && s.form === form)
  if (!way || !isOne || !isAlike) return null
  const { client, after } = way
  if (form === 'method') {
    const method = operation.charAt(0).toLowerCase() + operation.slice(1)
    return { before: `${client}${method}(`, after, edits: [] }
  }
  const uses = occurrences.map((one) => placeOfTrail(one, one.trail.length - 1))
  const command = importedInstead(file, uses, `${operation}Command`)
  if (command === null) return null
  return { before: `${client}new ${command.name}(`, after, edits: command.edits }
}

function isPlain({ library, callback, form }: Occurrence['spelling']): boolean {
  return library !== null && callback === null && form !== 'paginator'
}

/** What stands before a command or the name of a method, and behind the request; null where more than the request is given. */
function wayOf(
  file: SourceFile,
  occurrence: Occurrence,
): { readonly client: string; readonly after: string } | null {
  const call = givenRequest(file, occurrence)
  if (call === null || /\/[/*]|`/.test(call.before + call.after)) return null
  const after = call.after.replaceAll(/\s+/g, '').replaceAll(',)', ')').replace(/^,/, '')
  const isMethod = occurrence.spelling.form === 'method'
  if (!(isMethod ? /^\)(?:\.promise\(\))?$/ : /^\)\)$/).test(after)) return null
  const { at, calleeAt } = callOf(file.module, occurrence.call)
  const client = isMethod
    ? textAt(file, { start: at.start, end: calleeAt.start })
    : /^(.*\()\s*new\s+[\w$.]+\s*\(\s*$/s.exec(call.before)?.[1]
  const path = client?.replaceAll(/\s*\n\s*/g, '').trim() ?? ''
  return (isMethod ? /^[\w$.!()]+\.$/ : /^[\w$.!()]+\($/).test(path)
    ? { client: path, after }
    : null
}
