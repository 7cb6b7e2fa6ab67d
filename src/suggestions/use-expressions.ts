import type { Range, ValueId } from '../facts/model.ts'
import type { LocatedLegacyRequest } from '../operations/legacy.ts'
import { memberOfRequest } from '../operations/request.ts'
import { placeOf, valueOf } from '../project/module.ts'
import { LEGACY_PARAMETERS, conditionOf, updateOf } from '../requests/legacy.ts'
import type { Edit, Proposal } from './edit.ts'
import { legacyLiteral } from './legacy-literal.ts'
import { contains, insertAfter, quoteOf, quoted, replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import {
  extendMaps,
  nameOf,
  newPlaceholders,
  placeholderFor,
  propertiesOf,
} from './written-request.ts'
import type { Placeholders, Property, WrittenRequest } from './written-request.ts'
import { inWords } from '../operations/words.ts'

/**
 * Writes the legacy parameters of a request as expressions that say the same. Null where a parameter, or what it holds, is
 * written elsewhere, used by others or known only in part, and where the request has such an expression already.
 *
 * @see LegacyConditionalParameters.html
 */
export function useExpressions(
  located: LocatedLegacyRequest,
  file: SourceFile,
): Proposal<'useExpressions'> | null {
  const { request } = located
  const written = legacyLiteral(file, located)
  if (written === null) return null
  const legacy = written.members.filter(({ key }) => key in LEGACY_PARAMETERS)
  const added = newPlaceholders()
  const rewriting: Rewriting = { file, written, added }
  const expressions: { readonly member: Property; readonly name: string; readonly text: string }[] =
    []
  for (const member of legacy) {
    const name = LEGACY_PARAMETERS[member.key as keyof typeof LEGACY_PARAMETERS]
    if (name === null) continue
    const text = expressionFor(member, rewriting)
    const isNew = memberOfRequest(request, name).state === 'absent'
    if (text === null || !isNew || hasComment(textAt(file, member.at))) return null
    expressions.push({ member, name, text })
  }
  const maps = extendMaps(file, written, added)
  const last = expressions.at(-1)
  if (maps === null || !last) return null
  const operator = legacy.find(({ key }) => key === 'ConditionalOperator')
  const removed = operator ? removedMember(file, written, operator) : []
  if (removed === null) return null
  return {
    messageId: 'useExpressions',
    data: { expressions: inWords(expressions.map(({ name }) => name)) },
    edits: [
      ...expressions.map(({ member, name, text }) =>
        replace(file, member.at, `${name}: ${quoted(text, quoteOf(file))}`),
      ),
      ...insertAfter(file, last.member.at, maps.members),
      ...maps.edits,
      ...removed,
    ],
  }
}

interface Rewriting {
  readonly file: SourceFile
  readonly written: WrittenRequest
  readonly added: Placeholders
}

function expressionFor(member: Property, rewriting: Rewriting): string | null {
  switch (member.key) {
    case 'AttributesToGet':
      return projection(member, rewriting)
    case 'AttributeUpdates':
      return update(member, rewriting)
    case 'KeyConditions':
      return conditions(member, 'AND', rewriting)
    default: {
      const joiner = joinerIn(rewriting)
      return joiner === null ? null : conditions(member, joiner, rewriting)
    }
  }
}

function joinerIn({ written, file }: Rewriting): 'AND' | 'OR' | null {
  const operator = written.members.find(({ key }) => key === 'ConditionalOperator')
  if (!operator) return 'AND'
  const text = literalText(operator.value, file)
  return text === 'AND' || text === 'OR' ? text : null
}

function projection(member: Property, { file, written, added }: Rewriting): string | null {
  const elements = elementsOf(member.value, member.valueAt, file)
  const names = elements?.map(({ value }) => literalText(value, file)) ?? []
  const known = names.filter((name) => name !== null && name !== '')
  if (known.length === 0 || known.length < names.length) return null
  if (new Set(known).size < known.length) return null
  return known.map((name) => nameOf(written, name ?? '', added)).join(', ')
}

function conditions(member: Property, joiner: 'AND' | 'OR', rewriting: Rewriting): string | null {
  const attributes = writtenProperties(member, rewriting.file)
  const found = attributes?.map((attribute) => condition(attribute, rewriting)) ?? []
  const known = found.filter((text) => text !== null)
  return known.length === 0 || known.length < found.length ? null : known.join(` ${joiner} `)
}

/** `{ ComparisonOperator: 'EQ', AttributeValueList: [value] }`, or an expectation: `{ Exists: false }`, `{ Value: value }`. */
function condition(attribute: Property, rewriting: Rewriting): string | null {
  const { file, written, added } = rewriting
  const parts = partsOf(attribute, file)
  if (parts === null) return null
  const name = nameOf(written, attribute.key, added)
  const operator = parts.get('ComparisonOperator')
  const list = parts.get('AttributeValueList')
  const value = parts.get('Value')
  const exists = parts.get('Exists')
  if (operator && !value && !exists) {
    const elements = list ? elementsOf(list.value, list.valueAt, file) : []
    const text = literalText(operator.value, file)
    if (elements === null || text === null) return null
    const placeholders = elements.map(({ at }) => placeholder(attribute.key, at, rewriting))
    return conditionOf(text, name, placeholders)
  }
  if (operator || list) return null
  const isThere = exists ? literalBoolean(exists.value, file) : true
  if (isThere === null) return null
  if (!isThere) return value ? null : `attribute_not_exists(${name})`
  return value ? `${name} = ${placeholder(attribute.key, value.valueAt, rewriting)}` : null
}

/** @see LegacyConditionalParameters.AttributeUpdates.html */
function update(member: Property, rewriting: Rewriting): string | null {
  const { file, written, added } = rewriting
  const sections = new Map<string, string[]>()
  for (const attribute of writtenProperties(member, file) ?? []) {
    const parts = partsOf(attribute, file)
    if (parts === null) return null
    const action = parts.get('Action')
    const value = parts.get('Value')
    const verb = action ? literalText(action.value, file) : 'PUT'
    const name = nameOf(written, attribute.key, added)
    const given = value ? placeholder(attribute.key, value.valueAt, rewriting) : null
    const clause = verb === null ? null : updateOf(verb, name, given)
    if (clause === null) return null
    sections.set(clause.section, [...(sections.get(clause.section) ?? []), clause.text])
  }
  const parts = ['SET', 'REMOVE', 'ADD', 'DELETE'].flatMap((section) => {
    const clauses = sections.get(section)
    return clauses ? [`${section} ${clauses.join(', ')}`] : []
  })
  return parts.length === 0 ? null : parts.join(' ')
}

function placeholder(hint: string, at: Range, { file, written, added }: Rewriting): string {
  return placeholderFor(file, written, { text: textAt(file, at), hint }, added)
}

/** The properties of a literal that stands in its place, one at least. */
function writtenProperties(member: Property, file: SourceFile): readonly Property[] | null {
  const properties = propertiesOf(file, member.value)
  const isHere = contains(member.valueAt, placeOf(file.module, member.value))
  const isPlain = new Set(properties?.map(({ key }) => key)).size === properties?.length
  return isHere && isPlain && properties.length > 0 ? properties : null
}

const PARTS = ['ComparisonOperator', 'AttributeValueList', 'Value', 'Exists', 'Action']

function partsOf(attribute: Property, file: SourceFile): ReadonlyMap<string, Property> | null {
  const properties = writtenProperties(attribute, file)
  return properties?.every(({ key }) => PARTS.includes(key)) === true
    ? new Map(properties.map((property) => [property.key, property]))
    : null
}

function elementsOf(
  id: ValueId,
  within: Range,
  file: SourceFile,
): readonly { readonly value: ValueId; readonly at: Range }[] | null {
  const node = valueOf(file.module, id)
  const isHere = contains(within, placeOf(file.module, id))
  return node.kind === 'array' && isHere && node.elements.every(({ spread }) => !spread)
    ? node.elements
    : null
}

function literalText(id: ValueId, file: SourceFile): string | null {
  const node = valueOf(file.module, id)
  return node.kind === 'literal' && typeof node.value === 'string' ? node.value : null
}

function literalBoolean(id: ValueId, file: SourceFile): boolean | null {
  const node = valueOf(file.module, id)
  return node.kind === 'literal' && typeof node.value === 'boolean' ? node.value : null
}

/** What is written over would be lost. */
function hasComment(text: string): boolean {
  return /\/\/|\/\*/.test(text)
}

/** A member taken out, with the comma behind it or, for the last one, before it. */
function removedMember(
  file: SourceFile,
  { members }: WrittenRequest,
  member: Property,
): readonly Edit[] | null {
  const index = members.indexOf(member)
  const next = members[index + 1]
  const before = members[index - 1]
  const gap = next
    ? { start: member.at.start, end: next.at.start }
    : { start: before?.at.end ?? member.at.start, end: member.at.end }
  const around = textAt(file, gap).replace(textAt(file, member.at), '')
  return /^\s*,?\s*$/.test(around) ? [replace(file, gap, '')] : null
}
