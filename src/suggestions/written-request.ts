import { conjuncts, isReservedWord, parseExpression, print } from '../expressions/index.ts'
import type { ObjectEntry, Range, ValueId } from '../facts/model.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import type { Step } from '../flow/paths/steps.ts'
import { expressionOf, memberOfRequest, namesOf } from '../operations/request.ts'
import type { Request } from '../operations/request.ts'
import { placeOf, valueOf } from '../project/module.ts'
import type { Edit } from './edit.ts'
import { placeOfRequest } from './request-place.ts'
import { contains, insertAfter, quoteOf, quoted, replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

export type Property = Extract<ObjectEntry, { kind: 'property' }>

/** A request that is written as an object literal, used by one operation and open to nobody else. */
export interface WrittenRequest {
  readonly request: Request
  readonly id: ValueId
  readonly at: Range
  readonly members: readonly Property[]
  /** The call that sends it, or hands it to a wrapper that does; in the function in which it is written. */
  readonly step: Step
}

/** A request as it is written in this file; null where it is put together elsewhere, or where others use it, too. */
export function writtenRequest(
  file: SourceFile,
  request: Request,
  occurrence: Occurrence,
): WrittenRequest | null {
  const place = placeOfRequest(file, request, occurrence)
  if (place === null) return null
  const { ref, step } = place
  const members = propertiesOf(file, ref.value)
  if (members === null || new Set(members.map(({ key }) => key)).size < members.length) return null
  return { request, id: ref.value, at: placeOf(file.module, ref.value), members, step }
}

/** The properties of an object literal that has nothing else in it. */
export function propertiesOf({ module }: SourceFile, id: ValueId): readonly Property[] | null {
  const node = valueOf(module, id)
  if (node.kind !== 'object') return null
  const properties = node.entries.filter((entry) => entry.kind === 'property')
  return properties.length === node.entries.length ? properties : null
}

export function memberNamed({ members }: WrittenRequest, name: string): Property | null {
  return members.find(({ key }) => key === name) ?? null
}

/** An expression whose text stands in the request itself, letter for letter. */
export interface WrittenText {
  /** Between the quotes. */
  readonly at: Range
  readonly text: string
  readonly quote: '"' | "'" | '`'
}

export function writtenText(file: SourceFile, member: Property): WrittenText | null {
  const value = valueOf(file.module, member.value)
  if (value.kind !== 'literal' || typeof value.value !== 'string') return null
  const at = { start: member.valueAt.start + 1, end: member.valueAt.end - 1 }
  const quote = file.text[member.valueAt.start]
  if (quote !== '"' && quote !== "'" && quote !== '`') return null
  return textAt(file, at) === value.value ? { at, text: value.value, quote } : null
}

/** The name and value placeholders that a change adds to a request. */
export interface Placeholders {
  readonly names: Map<string, string>
  readonly values: Map<string, string>
}

export function newPlaceholders(): Placeholders {
  return { names: new Map(), values: new Map() }
}

/** An attribute's name as an expression of the request may write it: itself, or an alias, which is added where there is none. */
export function nameOf(
  { request }: WrittenRequest,
  attribute: string,
  added: Placeholders,
): string {
  const { entries } = namesOf(request)
  for (const [alias, name] of [...entries, ...added.names]) if (name === attribute) return alias
  if (/^[A-Za-z]\w*$/.test(attribute) && !isReservedWord(attribute)) return attribute
  const word = attribute.replaceAll(/\W/g, '')
  const alias = free(
    `#${word === '' ? 'attribute' : word}`,
    (name) => entries.has(name) || added.names.has(name),
  )
  added.names.set(alias, attribute)
  return alias
}

/** A placeholder for a value, named by a hint; one that stands for the same already is used again. */
export function placeholderFor(
  file: SourceFile,
  written: WrittenRequest,
  value: { readonly text: string; readonly hint: string },
  added: Placeholders,
): string {
  const map = memberNamed(written, 'ExpressionAttributeValues')
  const entries = map === null ? [] : (propertiesOf(file, map.value) ?? [])
  const same = entries.find(
    (entry) => isPlain(value.text) && textAt(file, entry.valueAt) === value.text,
  )
  if (same) return same.key
  for (const [name, text] of added.values) if (text === value.text) return name
  const placeholder = free(
    `:${value.hint.replaceAll(/\W/g, '') || 'value'}`,
    (name) => entries.some(({ key }) => key === name) || added.values.has(name),
  )
  added.values.set(placeholder, value.text)
  return placeholder
}

/** A constant or a name, which is the same each time it is read. */
function isPlain(text: string): boolean {
  return /^('[^'\\]*'|"[^"\\]*"|-?\d[\w.]*|[A-Za-z_$][\w$]*)$/.test(text)
}

function free(wanted: string, isTaken: (name: string) => boolean): string {
  let name = wanted
  for (let n = 2; isTaken(name); n += 1) name = `${wanted}${String(n)}`
  return name
}

/**
 * The edits that give a request more placeholders, and a condition that is joined to the one it has. Null where one of
 * them is not written in the request.
 *
 * @param anchor the member behind which new ones stand
 * @param replaced entries of ExpressionAttributeValues that get another name and value
 */
export function extendRequest(
  file: SourceFile,
  written: WrittenRequest,
  change: {
    readonly anchor: string
    /** What has to hold, all of it; none where nothing has to. */
    readonly conditions: readonly string[]
    readonly added: Placeholders
    readonly replaced?: ReadonlyMap<Property, string>
  },
): readonly Edit[] | null {
  const anchor = memberNamed(written, change.anchor)
  if (anchor === null || !isKnownWhole(written)) return null
  const quote = quoteOf(file)
  const maps = extendMaps(file, written, change.added, change.replaced)
  if (maps === null) return null
  const edits = [...maps.edits]
  const members: string[] = []
  const conditions = change.conditions.filter((condition) => !isSaid(written, condition))
  if (conditions.length > 0) {
    const joined = joinedCondition(file, written, conditions)
    if (joined === null) return null
    edits.push(...joined)
    if (joined.length === 0)
      members.push(`ConditionExpression: ${quoted(allOf(conditions), quote)}`)
  }
  return [...edits, ...insertAfter(file, anchor.at, [...members, ...maps.members])]
}

/**
 * The edits that give the maps of a request more placeholders, and the maps that it has not got yet, as members to be
 * added. Null where a map is not written in the request.
 */
export function extendMaps(
  file: SourceFile,
  written: WrittenRequest,
  added: Placeholders,
  replaced: ReadonlyMap<Property, string> = new Map(),
): { readonly edits: readonly Edit[]; readonly members: readonly string[] } | null {
  const quote = quoteOf(file)
  const edits: Edit[] = []
  const members: string[] = []
  const entry = (name: string, text: string): string => `${quoted(name, quote)}: ${text}`
  const maps = [
    [
      'ExpressionAttributeNames',
      [...added.names].map(([name, attribute]) => entry(name, quoted(attribute, quote))),
      new Map<Property, string>(),
    ],
    [
      'ExpressionAttributeValues',
      [...added.values].map(([name, text]) => entry(name, text)),
      replaced,
    ],
  ] as const
  for (const [name, entries, changed] of maps) {
    const map = memberNamed(written, name)
    if (map === null) {
      if (entries.length > 0) members.push(`${name}: { ${entries.join(', ')} }`)
      continue
    }
    if (entries.length === 0 && changed.size === 0) continue
    const inner = mapEdits(file, map, entries, changed)
    if (inner === null) return null
    edits.push(...inner)
  }
  return { edits, members }
}

function isKnownWhole({ request }: WrittenRequest): boolean {
  return !namesOf(request).open && memberOfRequest(request, 'Expected').state === 'absent'
}

function mapEdits(
  file: SourceFile,
  map: Property,
  entries: readonly string[],
  replaced: ReadonlyMap<Property, string>,
): readonly Edit[] | null {
  const properties = propertiesOf(file, map.value)
  const at = placeOf(file.module, map.value)
  if (properties === null || !contains(map.valueAt, at)) return null
  const last = properties.at(-1)
  if (!last) return [replace(file, at, `{ ${entries.join(', ')} }`)]
  const changed = [...replaced].map(([property, text]) => replace(file, property.at, text))
  return [...changed, ...insertAfter(file, last.at, entries)]
}

/** Several conditions as one. */
export function allOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? (conditions[0] ?? '') : conditions.map(bracketed).join(' AND ')
}

function bracketed(condition: string): string {
  return condition.includes(' OR ') ? `(${condition})` : condition
}

/** The condition that is there says so already, as one of the things that have to hold. */
function isSaid({ request }: WrittenRequest, condition: string): boolean {
  const present = expressionOf(request, 'Condition')
  const [parsed, ...others] = present.state === 'known' ? present.texts : []
  return others.length === 0 && conjuncts(parsed?.tree).some((one) => print(one) === condition)
}

/** The condition joined by AND to the one that is there; no edit where there is none. */
function joinedCondition(
  file: SourceFile,
  written: WrittenRequest,
  conditions: readonly string[],
): readonly Edit[] | null {
  const member = memberNamed(written, 'ConditionExpression')
  if (member === null) return []
  const present = writtenText(file, member)
  if (present === null) return null
  const { tree, complete } = parseExpression('Condition', { parts: [present.text] })
  if (!complete || !tree.condition) return null
  const { at } = present
  const more = conditions.map(bracketed).join(' AND ')
  if (tree.condition.type === 'Or') return [replace(file, at, `(${present.text}) AND ${more}`)]
  return [replace(file, { start: at.end, end: at.end }, ` AND ${more}`)]
}

/** The values of a request's map, each with its entry; null where the map is not written in the request. */
export function valueEntry(
  file: SourceFile,
  written: WrittenRequest,
  placeholder: string,
): Property | null {
  const map = memberNamed(written, 'ExpressionAttributeValues')
  if (map === null || !contains(map.valueAt, placeOf(file.module, map.value))) return null
  return (propertiesOf(file, map.value) ?? []).find(({ key }) => key === placeholder) ?? null
}
