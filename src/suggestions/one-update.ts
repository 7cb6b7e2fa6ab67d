import { placeholdersIn, print } from '../expressions/index.ts'
import type { UpdateExpression, UpdateKeyword } from '../expressions/index.ts'
import type { Range, VariableFacts } from '../facts/model.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import type { SplitUpdate } from '../flow/writes/split-update.ts'
import { expressionOf, memberOfRequest, namesOf, requestOf } from '../operations/request.ts'
import { callOf } from '../project/module.ts'
import { droppedAnswer } from './bound-answer.ts'
import type { Proposal } from './edit.ts'
import { movable } from './names-in-scope.ts'
import { contains, insertAfter, removeLines, replace, textAt, wholeLines } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { removeUnused } from './unused.ts'
import {
  extendMaps,
  memberNamed,
  newPlaceholders,
  valueEntry,
  writtenRequest,
  writtenText,
} from './written-request.ts'
import type { Placeholders, WrittenRequest } from './written-request.ts'

/** Members of the first update that the one which stays has as well, or takes over. */
const TAKEN_OVER = new Set([
  'TableName',
  'Key',
  'UpdateExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValues',
])

/**
 * Two updates of one item as the second of them. None where the two are not both written here, where either has a
 * condition, where somebody takes what the first gives, or where its values cannot be read at the second.
 */
export function oneUpdate(
  { first, second }: SplitUpdate,
  file: SourceFile,
): readonly Proposal<'updateOnce'>[] {
  const [from, to] = [first, second].map((one) => alone(one, file))
  if (!from || !to || !from.written.members.every(({ key }) => TAKEN_OVER.has(key))) return []
  const dropped = droppedAnswer(file, from.call)
  const lines = dropped && wholeLines(file, dropped.statement)
  const member = memberNamed(to.written, 'UpdateExpression')
  const text = member && writtenText(file, member)
  const taken = takenOver(file, from, to)
  if (!lines || !text || taken === null || !givesAll(to.written)) return []
  const maps = extendMaps(file, to.written, taken.added)
  const unused = removeUnused(file, {
    replaced: [lines],
    kept: taken.reads,
    assignments: [],
    mayDrop: (call) => contains(lines, call.at),
  })
  if (maps === null || unused === null) return []
  const edits = [
    ...removeLines(file, [lines]),
    ...unused.filter((edit) => !contains(lines, edit.at)),
    replace(file, text.at, joined(from.update, to.update, taken.renamed)),
    ...maps.edits,
    ...insertAfter(file, member.at, maps.members),
  ]
  return [{ messageId: 'updateOnce', data: {}, edits }]
}

interface Alone {
  readonly call: ReturnType<typeof callOf>
  readonly written: WrittenRequest
  readonly update: UpdateExpression
}

/** An update that is written in one piece, without a condition. */
function alone(occurrence: Occurrence, file: SourceFile): Alone | null {
  const { trail, spelling } = occurrence
  const [step, ...below] = trail
  if (!step || below.length > 0 || step.frame.module !== file.module) return null
  const request = requestOf(spelling.request)
  const written = writtenRequest(file, request, occurrence)
  const update = expressionOf(request, 'Update')
  const [only, ...more] = update.state === 'known' && !update.optional ? update.texts : []
  const isFree = memberOfRequest(request, 'ConditionExpression').state === 'absent'
  if (written === null || !only || more.length > 0 || !only.complete || !isFree) return null
  if (namesOf(request).open) return null
  return { call: callOf(file.module, step.call), written, update: only.tree }
}

/** The answer of the one that stays means the same as before, or more of it. */
function givesAll(written: WrittenRequest): boolean {
  const member = memberOfRequest(written.request, 'ReturnValues')
  if (member.state !== 'known') return member.state === 'absent'
  return member.term.kind === 'literal' && /^(?:NONE|ALL_NEW)$/.test(String(member.term.value))
}

/** Placeholders of the first update, as they are called in the second. */
type Renamed = ReadonlyMap<string, string>

interface TakenOver {
  readonly renamed: Renamed
  readonly added: Placeholders
  readonly reads: readonly VariableFacts[]
}

/** What the first update does, with placeholders that the second has not. */
function takenOver(file: SourceFile, from: Alone, to: Alone): TakenOver | null {
  const added = newPlaceholders()
  const reads: VariableFacts[] = []
  const renamed = new Map<string, string>()
  const used = placeholdersIn(from.update)
  const [ours, theirs] = [namesOf(from.written.request), namesOf(to.written.request)]
  for (const name of new Set(used.names.map(({ name }) => name))) {
    const attribute = ours.entries.get(name)
    const there = theirs.entries.get(name)
    if (attribute === undefined || (theirs.entries.has(name) && there !== attribute)) return null
    if (there === undefined) added.names.set(name, attribute)
  }
  for (const name of new Set(used.values.map(({ name }) => name))) {
    const entry = valueEntry(file, from.written, name)
    if (entry === null) return null
    const value = textAt(file, entry.valueAt)
    const inner = describedAt(file, entry.valueAt)
    const moved = isLiteral(textAt(file, inner))
      ? []
      : movable(file, inner, { at: to.written.at.start, function: to.call.function })
    if (moved === null) return null
    reads.push(...moved)
    const there = valueEntry(file, to.written, name)
    if (there && textAt(file, there.valueAt) === value && isPlain(value)) continue
    const own = there === null ? name : freeValue(file, to.written, name)
    renamed.set(name, own)
    added.values.set(own, value)
  }
  return { renamed, added, reads }
}

/** What stands in a `{ S: … }`, or the value itself. */
function describedAt(file: SourceFile, at: Range): Range {
  const found = /^(\{\s*(?:S|N|B|BOOL)\s*:\s*)(.*?)\s*\}$/s.exec(textAt(file, at))
  const start = at.start + (found?.[1]?.length ?? 0)
  return found ? { start, end: start + (found[2]?.length ?? 0) } : at
}

function isLiteral(text: string): boolean {
  return /^(?:'[^'\\]*'|"[^"\\]*"|-?\d[\w.]*|true|false|null)$/.test(text)
}

/** The same each time it is read. */
function isPlain(text: string): boolean {
  return isLiteral(text) || /^[A-Za-z_$][\w$.]*$/.test(text)
}

function freeValue(file: SourceFile, written: WrittenRequest, name: string): string {
  let own = name
  for (let n = 2; valueEntry(file, written, own) !== null; n += 1) own = `${name}${String(n)}`
  return own
}

const KEYWORDS: readonly UpdateKeyword[] = ['SET', 'REMOVE', 'ADD', 'DELETE']

/** Two update expressions as one: DynamoDB takes each section once. */
function joined(first: UpdateExpression, second: UpdateExpression, renamed: Renamed): string {
  const actionsOf = ({ sections }: UpdateExpression, keyword: UpdateKeyword): string[] =>
    sections.flatMap((section) =>
      section.type === 'UpdateSection' && section.keyword === keyword
        ? section.actions.map(print)
        : [],
    )
  return KEYWORDS.flatMap((keyword) => {
    const own = actionsOf(first, keyword).map((action) =>
      action.replaceAll(/:\w+/g, (name) => renamed.get(name) ?? name),
    )
    const actions = [...own, ...actionsOf(second, keyword)]
    return actions.length === 0 ? [] : [`${keyword} ${actions.join(', ')}`]
  }).join(' ')
}
