import type { ValueFormat } from '../clients/client-library.ts'
import { expressionMembers, queriedAttributes, unknownPlaceholders } from '../expressions/index.ts'
import type {
  AttributeNames,
  AttributeValues,
  ExpressionMember,
  ExpressionRequest,
} from '../expressions/index.ts'
import { alternatives } from '../project/term.ts'
import type { Place, Term } from '../project/term.ts'
import { isClosed, viewOf } from '../project/view.ts'
import type { Field } from '../project/view.ts'
import type { IndexSchema, KeyAttribute, TableSchema } from '../tables/schema.ts'
import { attributeValueOf } from './attribute-value.ts'
import { tableOfRequest, tableOfTerm } from './describe.ts'
import type { Quoted } from './describe.ts'
import { entriesIn } from './entries.ts'
import type { Entry } from './entries.ts'
import { itemsOf } from './known-item.ts'
import type { RequestedItem } from './known-item.ts'
import type { Spelling } from './recognise.ts'
import { memberOfRequest, requestOf, termOfMember } from './request.ts'
import type { Request } from './request.ts'
import { isSettled, isSharedRead } from './settled.ts'
import { widerTextsOf } from './source-text.ts'
import type { SourceText } from './source-text.ts'
import type { Table } from './table.ts'
import { expressionText } from './text.ts'

/** One of the expressions of a request: what it may say, on each way through the code. */
export interface MemberTexts {
  readonly texts: readonly SourceText[]
  /** On some way it is not there. */
  readonly isOptional: boolean
  readonly at: Place
}

/** ExpressionAttributeNames or ExpressionAttributeValues of a request. */
export interface MapMember {
  readonly fields: ReadonlyMap<string, Field>
  /** It is there on every way through the code, and nothing says that it may be left out. */
  readonly isCertain: boolean
  /** It may have more entries than these. */
  readonly isOpen: boolean
  readonly at: Place
}

/** A request, or one entry of a batch or transaction, as `checkRequest` of `src/expressions` takes it. */
export interface CheckedRequest {
  readonly request: Request
  readonly table: Table
  readonly items: readonly RequestedItem[]
  readonly expressions: ReadonlyMap<ExpressionMember, MemberTexts>
  readonly names: MapMember | null
  readonly values: MapMember | null
  /** Everything but the expressions. */
  readonly rest: Omit<ExpressionRequest, 'expressions'>
}

interface Known {
  readonly quoted: Quoted
  readonly requests: readonly CheckedRequest[]
}

const known = new WeakMap<Spelling, Known>()

/** What DynamoDB is asked for by one call; nothing where that is not known. */
export function checkedRequests(spelling: Spelling, quoted: Quoted): readonly CheckedRequest[] {
  const seen = known.get(spelling)
  if (seen?.quoted === quoted) return seen.requests
  const requests = entriesIn(spelling).flatMap(
    (entry) => checkedRequest(entry, spelling, quoted) ?? [],
  )
  known.set(spelling, { quoted, requests })
  return requests
}

function checkedRequest(
  { operation, term, table: named }: Entry,
  { values: format, library }: Spelling,
  quoted: Quoted,
): CheckedRequest | null {
  const request = requestOf(term)
  if (request.view === null || !isSettled(term)) return null
  const table = named === null ? tableOfRequest(request, quoted) : tableOfTerm(named, quoted)
  // Only the library tells the two formats apart.
  const values: ValueFormat | null = library === null ? null : format
  const names = mapOf(request, 'ExpressionAttributeNames')
  const given = mapOf(request, 'ExpressionAttributeValues')
  const expressions = new Map(
    expressionMembers.flatMap(([member]) => {
      const texts = textsOfMember(request, member)
      return texts === null ? [] : [[member, texts] as const]
    }),
  )
  const namesKnown = names.isAbsent ? undefined : namesIn(names.member)
  return {
    request,
    table,
    items: itemsOf(operation, request, values),
    expressions,
    names: names.member,
    values: given.member,
    rest: {
      operation,
      names: namesKnown,
      values: given.isAbsent ? undefined : valuesIn(given.member, values),
      open: !isClosed(request.view),
      table: table.certain === null ? undefined : tableOf(table.certain),
      index: indexOf(request),
      keyAttributes: keyOf(request),
      queriedAttributes: queriedAttributes(
        expressions.get('KeyConditionExpression')?.texts.map(expressionText) ?? [],
        namesKnown,
      ),
    },
  }
}

/** A member whose name is known to be there, and whose text is not, is one hole. */
function textsOfMember(request: Request, name: ExpressionMember): MemberTexts | null {
  const member = memberOfRequest(request, name)
  if (member.state !== 'known') return null
  const options = alternatives(member.term)
  const present = options.filter((option) => !isLeftOut(option))
  if (present.length === 0) return null
  // A text that began as something given, and that callbacks add to.
  const isShared = isSharedRead(member.at.module, member.at.start)
  const texts = isShared ? [null] : present.map(widerTextsOf)
  const told = texts.every((found) => found !== null)
    ? texts.flat()
    : [[{ text: null, at: member.at, term: member.term }]]
  return {
    texts: told,
    isOptional: !member.certain || present.length < options.length,
    at: member.at,
  }
}

/** A member without a value is as good as none. */
function isLeftOut(term: Term): boolean {
  return term.kind === 'literal' && term.value === undefined
}

function mapOf(
  request: Request,
  name: 'ExpressionAttributeNames' | 'ExpressionAttributeValues',
): { readonly isAbsent: boolean; readonly member: MapMember | null } {
  const member = memberOfRequest(request, name)
  if (member.state !== 'known') return { isAbsent: member.state === 'absent', member: null }
  const options = alternatives(member.term)
  if (options.every(isLeftOut)) return { isAbsent: true, member: null }
  const view = isSettled(member.term) ? viewOf(member.term) : null
  if (view === null) return { isAbsent: false, member: null }
  const isCertain = member.certain && !options.some(isLeftOut)
  const sign = name === 'ExpressionAttributeNames' ? '#' : ':'
  // What is no placeholder, and may not be there, comes of a function that takes other objects, too.
  const fields = [...view.fields].filter(([key, { certain }]) => certain || key.startsWith(sign))
  const isOpen = !isClosed(view) || fields.length < view.fields.size
  const map: MapMember = { fields: new Map(fields), isCertain, isOpen, at: member.at }
  return { isAbsent: false, member: map }
}

function namesIn(member: MapMember | null): AttributeNames {
  if (member === null) return unknownPlaceholders
  const entries = [...member.fields].map(([placeholder, field]) => {
    const term = field.term()
    const isKnown = term.kind === 'literal' && typeof term.value === 'string'
    return [placeholder, isKnown ? term.value : undefined] as const
  })
  return { entries: new Map(entries), open: member.isOpen }
}

function valuesIn(member: MapMember | null, format: Spelling['values'] | null): AttributeValues {
  if (member === null) return unknownPlaceholders
  const entries = [...member.fields].map(
    ([placeholder, field]) => [placeholder, attributeValueOf(field.term(), format)] as const,
  )
  return { entries: new Map(entries), open: member.isOpen }
}

function tableOf(schema: TableSchema): NonNullable<ExpressionRequest['table']> {
  const indexes = schema.indexes.map((index) => {
    const kind = index.partitionKey.name === schema.partitionKey.name ? 'local' : 'global'
    return [index.name, { kind, ...keySchema(index, index) }] as const
  })
  const open = schema.hasMoreIndexes === true
  return { key: keySchema(schema), indexes: new Map(indexes), open }
}

function keySchema(
  { partitionKey, sortKey }: Pick<TableSchema, 'partitionKey' | 'sortKey'>,
  { morePartitionKeys = [], moreSortKeys = [] }: SeveralKeys = {},
): NonNullable<ExpressionRequest['table']>['key'] {
  const typed = ({ name, type }: KeyAttribute) => ({ name, type: type ?? undefined })
  return {
    partition: [partitionKey, ...morePartitionKeys].map(typed),
    sort: sortKey === null ? [] : [sortKey, ...moreSortKeys].map(typed),
  }
}

type SeveralKeys = Pick<IndexSchema, 'morePartitionKeys' | 'moreSortKeys'>

function indexOf(request: Request): ExpressionRequest['index'] {
  const member = memberOfRequest(request, 'IndexName')
  if (member.state !== 'known') return undefined
  const { term, certain } = member
  const name = certain && term.kind === 'literal' ? term.value : undefined
  return typeof name === 'string' ? { name } : {}
}

/** The attributes of Key, where they are plain to see. */
function keyOf(request: Request): readonly string[] | undefined {
  const key = termOfMember(request, 'Key')
  const view = key === null || !isSettled(key) ? null : viewOf(key)
  if (view === null || !isClosed(view)) return undefined
  const fields = [...view.fields.values()]
  return fields.every(({ certain }) => certain) ? fields.map((field) => field.key) : undefined
}
