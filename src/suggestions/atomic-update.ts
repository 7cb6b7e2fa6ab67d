import { assignments, placeholdersIn, print, topAttribute } from '../expressions/index.ts'
import type { SetAction } from '../expressions/index.ts'
import type { CallFacts, Range, VariableFacts } from '../facts/model.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import type { ReadModifyWrite } from '../flow/writes/read-modify-write.ts'
import { isSameItem } from '../flow/values/same-item.ts'
import { expressionOf, namesOf } from '../operations/request.ts'
import { callOf } from '../project/module.ts'
import { evaluate } from '../project/evaluate.ts'
import { failureOf } from './add-condition.ts'
import { boundsOf } from './bounds.ts'
import { deltaOf, derivesFrom } from './delta.ts'
import type { Delta } from './delta.ts'
import type { Edit, Proposal } from './edit.ts'
import { quoteOf, quoted, replace } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { isPartOf, removeUnused } from './unused.ts'
import {
  allOf,
  extendRequest,
  memberNamed,
  newPlaceholders,
  placeholderFor,
  valueEntry,
  writtenRequest,
  writtenText,
} from './written-request.ts'
import type { Placeholders, Property, WrittenRequest, WrittenText } from './written-request.ts'

type MessageIds = 'updateAtomically' | 'updateAtomicallyIf'

const VERBS: Readonly<Record<Delta['operator'], string>> = {
  '+': 'add',
  '-': 'subtract',
  append: 'append',
  prepend: 'prepend',
}

/** A SET action whose value the code computes from what it read. */
interface Derived {
  readonly action: SetAction
  readonly entry: Property
  readonly delta: Delta
}

/**
 * Lets DynamoDB compute what the code computes from the value it read: `SET stock = stock - :quantity`, with the code's
 * own bound as condition and the code's own default as `if_not_exists`. Null where the update would not come to the same.
 *
 * @see Expressions.UpdateExpressions.html
 */
export function atomicUpdate(race: ReadModifyWrite, file: SourceFile): Proposal<MessageIds> | null {
  const { write, occurrence, read } = race
  if (race.kind !== 'derived' || write.kind !== 'Update' || write.inBatch) return null
  const written = writtenRequest(file, write.request, occurrence)
  if (!written || !isSameItem(read, write) || !isSameRound(read, written)) return null
  const member = memberNamed(written, 'UpdateExpression')
  const text = member && writtenText(file, member)
  if (!text) return null
  const found = derivedActions(file, race, written)
  if (found === null || found.length === 0) return null
  return proposalOf(file, race, { written, text, found })
}

/** The read belongs to the same round of the same loops, and to the same attempt. */
function isSameRound(read: Occurrence, { step }: WrittenRequest): boolean {
  const reading = read.trail.find(({ frame }) => frame === step.frame)
  if (!reading) return false
  const [a, b] = [reading, step].map(({ frame, call }) => callOf(frame.module, call))
  return (
    a?.loops.join() === b?.loops.join() &&
    a?.tries.join() === b?.tries.join() &&
    a?.handlers.join() === b?.handlers.join()
  )
}

/** Every action that derives from the read; null where one of them is no plain step. */
function derivedActions(
  file: SourceFile,
  race: ReadModifyWrite,
  written: WrittenRequest,
): readonly Derived[] | null {
  const { read, occurrence } = race
  const update = expressionOf(written.request, 'Update')
  if (update.state !== 'known' || update.texts.length !== 1 || update.optional) return null
  const [parsed] = update.texts
  if (!parsed?.complete) return null
  const names = namesOf(written.request)
  const { frame, call } = written.step
  const found: Derived[] = []
  for (const action of assignments(parsed.tree)) {
    if (action.type !== 'SetAction' || action.value.type !== 'ValuePlaceholder') continue
    const { name } = action.value
    const entry = valueEntry(file, written, name)
    if (entry === null) return null
    if (!derivesFrom(evaluate({ frame, value: entry.value }), read)) continue
    const attribute = topAttribute(action.path, names)
    const use = {
      frame,
      entry,
      at: callOf(file.module, call).at.start,
      function: frame.function,
      isDescribed: occurrence.spelling.values !== 'document',
    }
    const delta = deltaOf(file, use, read)
    // Another attribute of the item, carried over as it was read, is no part of this.
    if (delta === null && attribute !== undefined && !race.attributes.includes(attribute)) continue
    const isOwn = delta !== null && delta.attribute === attribute && isTop(action)
    if (!isOwn || usesOf(written, name) !== 1) return null
    found.push({ action, entry, delta })
  }
  const covered = new Set(found.map(({ delta }) => delta.attribute))
  return race.attributes.every((attribute) => covered.has(attribute)) ? found : null
}

function isTop({ path }: SetAction): boolean {
  return path.type === 'Path' && path.segments.length === 1
}

/** How often the request's expressions name a value. */
function usesOf({ request }: WrittenRequest, placeholder: string): number {
  let uses = 0
  for (const kind of ['Update', 'Condition'] as const) {
    const expression = expressionOf(request, kind)
    if (expression.state === 'absent') continue
    if (expression.state === 'unknown') return Infinity
    for (const { tree } of expression.texts)
      uses += placeholdersIn(tree).values.filter(({ name }) => name === placeholder).length
  }
  return uses
}

function proposalOf(
  file: SourceFile,
  race: ReadModifyWrite,
  change: {
    readonly written: WrittenRequest
    readonly text: WrittenText
    readonly found: readonly Derived[]
  },
): Proposal<MessageIds> | null {
  const { written, text, found } = change
  const added = newPlaceholders()
  const describe = (value: string): string =>
    race.occurrence.spelling.values === 'document' ? value : described(file, value)
  const edits: Edit[] = []
  const replaced = new Map<Property, string>()
  const shown: string[] = []
  const conditions: string[] = []
  const removed: Range[] = []
  const kept: VariableFacts[] = []
  const assigned: Range[] = []
  for (const derived of found) {
    const { action, entry, delta } = derived
    const placeholder = renamed(file, written, derived, added)
    const value = atomicValue(file, written, { action, delta, placeholder, describe }, added)
    edits.push(valueEdit(text, action, value, file))
    shown.push(`SET ${print(action.path)} = ${value}`)
    const bounds = boundsOf(file, race, {
      delta,
      placeholder,
      path: print(action.path),
      written,
      added,
      describe,
    })
    if (bounds === null) return null
    conditions.push(...bounds.conditions)
    kept.push(...delta.names, ...bounds.names)
    if (delta.cut !== null) {
      edits.push(replace(file, delta.cut, ''))
      removed.push(delta.cut)
      if (delta.variable) kept.push(delta.variable)
      continue
    }
    replaced.set(entry, `${quoted(placeholder, quoteOf(file))}: ${describe(delta.text)}`)
    removed.push(entry.valueAt)
    if (delta.assignment) assigned.push(delta.assignment)
  }
  const condition = conditions.length === 0 ? null : allOf(conditions)
  const extended = extendRequest(file, written, {
    anchor: 'UpdateExpression',
    conditions,
    added,
    replaced,
  })
  const cleaned = removeUnused(file, {
    replaced: removed,
    kept,
    assignments: assigned,
    mayDrop: (call) => isPartOfRead(file, race, call),
  })
  if (extended === null || cleaned === null) return null
  const data = {
    verb: VERBS[found[0]?.delta.operator ?? '+'],
    update: shown.join(', ').replaceAll(', SET ', ', '),
    condition: condition ?? '',
    error: failureOf(race.write),
  }
  const messageId = condition === null ? 'updateAtomically' : 'updateAtomicallyIf'
  return { messageId, data, edits: [...edits, ...extended, ...cleaned] }
}

/** A number as an attribute value. */
function described(file: SourceFile, value: string): string {
  const text = /^-?\d[\w.]*$/.test(value) ? quoted(value, quoteOf(file)) : `String(${value})`
  return `{ N: ${text} }`
}

/** The read may go once nothing needs it: its call, the command it sends, v2's `promise()`. */
function isPartOfRead(file: SourceFile, { read }: ReadModifyWrite, call: CallFacts): boolean {
  return read.frame.module === file.module && isPartOf(file, read.call, call)
}

/** The placeholder of what is added: called after it, where that is one name. */
function renamed(
  file: SourceFile,
  written: WrittenRequest,
  { entry, delta }: Derived,
  added: Placeholders,
): string {
  const name = /^(?:[\w$]+\??\.)*([A-Za-z]\w*)$/.exec(delta.text)?.[1]
  const wanted = delta.text === '1' ? ':one' : name === undefined ? entry.key : `:${name}`
  const map = memberNamed(written, 'ExpressionAttributeValues')
  const isTaken =
    added.values.has(wanted) || (map !== null && valueEntry(file, written, wanted) !== null)
  return delta.cut !== null || isTaken ? entry.key : wanted
}

/** `stock - :quantity`, `if_not_exists(points, :zero) + :points`, `list_append(notes, :note)`. */
function atomicValue(
  file: SourceFile,
  written: WrittenRequest,
  {
    action,
    delta,
    placeholder,
    describe,
  }: Pick<Derived, 'action' | 'delta'> & {
    placeholder: string
    describe: (text: string) => string
  },
  added: Placeholders,
): string {
  const path = print(action.path)
  const { fallback } = delta
  const hint = fallback === '0' ? 'zero' : fallback === '[]' ? 'empty' : 'default'
  const base =
    fallback === null
      ? path
      : `if_not_exists(${path}, ${placeholderFor(file, written, { text: describe(fallback), hint }, added)})`
  if (delta.operator === 'append') return `list_append(${base}, ${placeholder})`
  if (delta.operator === 'prepend') return `list_append(${placeholder}, ${base})`
  return `${base} ${delta.operator} ${placeholder}`
}

function valueEdit(text: WrittenText, { value }: SetAction, by: string, file: SourceFile): Edit {
  const [start, end] = value.range
  return replace(file, { start: text.at.start + start, end: text.at.start + end }, by)
}
