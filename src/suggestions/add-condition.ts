import { isWhatNeverRepeats } from './fresh.ts'
import type { Primitive, Range, ValueId } from '../facts/model.ts'
import type { ReadModifyWrite } from '../flow/writes/read-modify-write.ts'
import { isSameItem } from '../flow/values/same-item.ts'
import type { Step } from '../flow/paths/steps.ts'
import { testsBetween } from '../flow/guards/tests.ts'
import { evaluate } from '../project/evaluate.ts'
import { callOf, placeOf, valueOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import type { Proposal } from './edit.ts'
import {
  attributeRead,
  comparisonsIn,
  heldBefore,
  isItem,
  isSurelyThere,
  plainAttribute,
} from './held.ts'
import { movable } from './names-in-scope.ts'
import { contains, quoteOf, quoted, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import {
  extendRequest,
  nameOf,
  newPlaceholders,
  placeholderFor,
  writtenRequest,
} from './written-request.ts'
import type { Placeholders, WrittenRequest } from './written-request.ts'
import { inWords } from '../operations/words.ts'

type MessageIds = 'conditionOnRead' | 'conditionOnState'

const ANCHORS = { Put: 'Item', Update: 'UpdateExpression', Delete: 'Key' } as const

/** One thing that must still hold of an attribute, as a value of the code. */
interface Clause {
  readonly attribute: string
  readonly comparator: '=' | '<>'
  readonly text: string
  readonly hint: string
  /** The item may have had no such attribute when it was read. */
  readonly mayBeMissing: boolean
  /** How a title shows the value; null: as what was read. */
  readonly shown: string | null
}

/**
 * Lets a write happen only while the item still has what was read of it. Null where that cannot be said at the write: the
 * request is not written there, or nothing that was read can be named there.
 *
 * @see Expressions.ConditionExpressions.html
 */
export function addCondition(race: ReadModifyWrite, file: SourceFile): Proposal<MessageIds> | null {
  const { write, occurrence, read } = race
  if (write.inBatch || !isSameItem(read, write)) return null
  const written = writtenRequest(file, write.request, occurrence)
  if (written === null) return null
  const clauses = clausesFor(file, race, written)
  if (clauses === null || clauses.length === 0) return null
  const added = newPlaceholders()
  const conditions = clauses.map((clause) => conditionOf(file, written, clause, added))
  const edits = extendRequest(file, written, { anchor: ANCHORS[write.kind], conditions, added })
  if (edits === null) return null
  const isState = clauses.every(({ shown }) => shown !== null)
  return {
    messageId: isState ? 'conditionOnState' : 'conditionOnRead',
    data: {
      attributes: inWords(clauses.map(({ attribute }) => attribute)),
      condition: clauses
        .map((c) => `${c.attribute} ${c.comparator} ${c.shown ?? ''}`)
        .join(' AND '),
      is: clauses.length === 1 ? 'is' : 'are',
      error: failureOf(write),
    },
    edits,
  }
}

/** What the write throws where its condition does not hold. */
export function failureOf({ inTransaction }: ReadModifyWrite['write']): string {
  return inTransaction ? 'TransactionCanceledException' : 'ConditionalCheckFailedException'
}

function conditionOf(
  file: SourceFile,
  written: WrittenRequest,
  clause: Clause,
  added: Placeholders,
): string {
  const name = nameOf(written, clause.attribute, added)
  const value = placeholderFor(file, written, { text: clause.text, hint: clause.hint }, added)
  const condition = `${name} ${clause.comparator} ${value}`
  return clause.mayBeMissing ? `attribute_not_exists(${name}) OR ${condition}` : condition
}

function clausesFor(
  file: SourceFile,
  race: ReadModifyWrite,
  written: WrittenRequest,
): readonly Clause[] | null {
  if (race.kind === 'copied') {
    const version = versionClause(file, race, written)
    return version === null ? null : [version]
  }
  const clauses = race.attributes.map((attribute) =>
    race.kind === 'tested'
      ? (stateClause(file, race, attribute) ?? readClause(file, race, attribute, written))
      : readClause(file, race, attribute, written),
  )
  const known = clauses.filter((clause) => clause !== null)
  return known.length < clauses.length ? null : known
}

/** `if (order.status !== 'pending') throw`: the literal says what the state has to be. */
function stateClause(file: SourceFile, race: ReadModifyWrite, attribute: string): Clause | null {
  const { read, occurrence } = race
  const tests = testsBetween(read, occurrence).filter((test) => test.attribute === attribute)
  if (tests.length !== 1) return null
  for (const held of heldBefore(occurrence, read)) {
    for (const { frame, left, comparator, right } of comparisonsIn(held)) {
      if (comparator !== '=' && comparator !== '<>') continue
      const base = attributeRead({ frame, value: left }, read)
      if (base?.attribute !== attribute || base.fallback !== null) continue
      const literal = evaluate({ frame, value: right })
      if (literal.kind !== 'literal' || literal.value === undefined || literal.value === null)
        return null
      const text = literalText(file, race, literal.value, evaluate({ frame, value: left }))
      if (text === null) return null
      const word = String(literal.value)
      return {
        attribute,
        comparator,
        text,
        hint: /^[A-Za-z]\w*$/.test(word) ? word : `read${capitalised(attribute)}`,
        mayBeMissing: false,
        shown: typeof literal.value === 'string' ? `'${word}'` : word,
      }
    }
  }
  return null
}

/** A literal in the format of the request. */
function literalText(
  file: SourceFile,
  { occurrence }: ReadModifyWrite,
  value: NonNullable<Primitive>,
  read: Term,
): string | null {
  const plain = typeof value === 'string' ? quoted(value, quoteOf(file)) : String(value)
  if (occurrence.spelling.values === 'document') return plain
  const descriptor = read.kind === 'part' ? read.key : ''
  if (typeof value === 'boolean') return `{ BOOL: ${plain} }`
  if (typeof value === 'number') return `{ N: ${quoted(String(value), quoteOf(file))} }`
  return descriptor === 'N' ? `{ N: ${plain} }` : `{ S: ${plain} }`
}

/** `status = :readStatus`, where the code that reads the status can stand at the write, too. */
function readClause(
  file: SourceFile,
  race: ReadModifyWrite,
  attribute: string,
  { step }: WrittenRequest,
): Clause | null {
  const text = readingText(file, race, attribute, step)
  if (text === null) return null
  const mayBeMissing = text.includes('?.') || isDefaulted(race, attribute, step)
  const nothing = race.occurrence.spelling.values === 'document' ? 'null' : '{ NULL: true }'
  return {
    attribute,
    comparator: '=',
    text: mayBeMissing ? `${text} ?? ${nothing}` : text,
    hint: `read${capitalised(attribute)}`,
    mayBeMissing,
    shown: null,
  }
}

/** The code reckons with an item that has no such attribute. */
function isDefaulted(
  { read, occurrence }: ReadModifyWrite,
  attribute: string,
  { frame }: Step,
): boolean {
  const isDefault = frame.module.facts.values.some(
    (value) =>
      value.kind === 'logical' &&
      value.operator !== '&&' &&
      plainAttribute(evaluate({ frame, value: value.left }), read) === attribute,
  )
  return (
    isDefault ||
    testsBetween(read, occurrence).some((t) => t.attribute === attribute && t.kind === 'falsy')
  )
}

/** Code that reads an attribute of the item and means the same at the write: `order.status`, `status`. */
function readingText(
  file: SourceFile,
  { read, occurrence }: ReadModifyWrite,
  attribute: string,
  { frame, call }: Step,
): string | null {
  const { facts } = file.module
  const { at: callAt } = callOf(file.module, call)
  const to = { at: callAt.start, function: frame.function }
  const owner = facts.functions[frame.function]?.at ?? { start: 0, end: 0 }
  const isDescribed = occurrence.spelling.values !== 'document'
  const found: string[] = []
  const onTheWay: string[] = []
  facts.values.forEach((value, id) => {
    const at = placeOf(file.module, id)
    if (value.kind !== 'member' || value.key !== attribute || at.end > callAt.end) return
    if (!contains(owner, at) || (isDescribed && !isTypedValue(file, id))) return
    const text = textAt(file, at)
    if (!/^[\w$]+(?:!?\??\.[\w$]+)+$/.test(text) || movable(file, at, to) === null) return
    if (plainAttribute(evaluate({ frame, value: id }), read) !== attribute) return
    found.push(text)
    if (!text.includes('?.') && isOnTheWay(file, at, callAt)) onTheWay.push(text)
  })
  // With types in the values, a variable may hold what stands in one of them.
  for (const v of isDescribed ? [] : facts.variables) {
    if (v.function !== frame.function || v.final === null || v.at.start > to.at) continue
    if (valueOf(file.module, v.final).kind === 'logical') continue
    if (plainAttribute(evaluate({ frame, value: v.final }), read) !== attribute) continue
    if (movable(file, v.at, to) !== null) found.push(v.name)
  }
  const [text] = found.sort((a, b) => Number(a.includes('?.')) - Number(b.includes('?.')))
  if (text === undefined || !text.includes('.') || text.includes('!.')) return text ?? null
  // Where the code has read it plainly on its way, there is something to read it from.
  if (onTheWay.length > 0 || isSurelyThere(occurrence, read)) return text
  return text.replace(/\??\.([\w$]+)$/, '?.$1')
}

/** Who comes to the one place has come by the other: it stands in no branch and no function that the first does not. */
function isOnTheWay({ module }: SourceFile, at: Range, to: Range): boolean {
  const { branches, functions } = module.facts
  const isInBranch = branches.some(
    (branch) =>
      contains(branch.at, at) &&
      !contains(branch.at, to) &&
      !(branch.condition !== null && contains(placeOf(module, branch.condition), at)),
  )
  return !isInBranch && !functions.some((own) => contains(own.at, at) && !contains(own.at, to))
}

/** The code takes something like `.N` of it. */
function isTypedValue({ module }: SourceFile, id: ValueId): boolean {
  return module.facts.values.some(
    (value) =>
      value.kind === 'member' &&
      value.of === id &&
      /^(?:[SNBLM]|[SNB]S|BOOL|NULL)$/.test(value.key),
  )
}

/** An attribute that the write gives a new value each time: `version: item.version + 1`, `updatedAt: new Date()…`. */
function versionClause(
  file: SourceFile,
  race: ReadModifyWrite,
  written: WrittenRequest,
): Clause | null {
  const { write, read, occurrence } = race
  const item = write.item === null ? null : viewOf(write.item)
  if (item === null || occurrence.spelling.values !== 'document') return null
  const fields = [...item.fields.values()].filter(({ certain }) => certain)
  const counted = fields.find((field) => isCounted(field.key, field.term(), read))
  if (counted)
    return (
      readClause(file, race, counted.key, written) ?? itemClause(file, race, counted.key, written)
    )
  const fresh = fields.find((field) => isWhatNeverRepeats(field.term()))
  return fresh ? itemClause(file, race, fresh.key, written) : null
}

function isCounted(attribute: string, term: Term, read: ReadModifyWrite['read']): boolean {
  return alternatives(term).every((option) => {
    if (option.kind !== 'derived' || option.operator !== '+') return false
    const [left, right] = option.from
    const base = left === undefined ? null : alternatives(left).find((o) => o.kind !== 'literal')
    return (
      base !== undefined &&
      base !== null &&
      right?.kind === 'literal' &&
      plainAttribute(base, read) === attribute
    )
  })
}

/** As `readClause`, for an attribute that the code only has as a part of the whole item. */
function itemClause(
  file: SourceFile,
  race: ReadModifyWrite,
  attribute: string,
  { step }: WrittenRequest,
): Clause | null {
  const item = itemText(file, race, step)
  if (item === null || !/^[A-Za-z_$][\w$]*$/.test(attribute)) return null
  const isThere = item.endsWith('!') || isSurelyThere(race.occurrence, race.read)
  return {
    attribute,
    comparator: '=',
    text: `${item}${isThere ? '.' : '?.'}${attribute} ?? null`,
    hint: `read${capitalised(attribute)}`,
    mayBeMissing: true,
    shown: null,
  }
}

/** The name or path that holds the item read, where it can stand at the write. */
function itemText(
  file: SourceFile,
  { read, write }: ReadModifyWrite,
  { frame, call }: Step,
): string | null {
  if (write.item?.kind !== 'object') return null
  const to = { at: callOf(file.module, call).at.start, function: frame.function }
  const node = valueOf(file.module, write.item.ref.value)
  if (node.kind !== 'object' || write.item.ref.frame !== frame) return null
  for (const entry of node.entries) {
    if (entry.kind !== 'spread') continue
    const at = { start: entry.at.start + 3, end: entry.at.end }
    const text = textAt(file, at).trim()
    const isPlain = /^[\w$]+(?:!?\.[\w$]+)*!?$/.test(text) && movable(file, at, to) !== null
    if (isPlain && isItem(evaluate({ frame, value: entry.value }), read)) return text
  }
  return null
}

function capitalised(attribute: string): string {
  const word = attribute.replaceAll(/\W/g, '')
  return word.charAt(0).toUpperCase() + word.slice(1)
}
