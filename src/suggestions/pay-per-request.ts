import type { ObjectEntry, Range } from '../facts/model.ts'
import type { Operation } from '../operations/operation.ts'
import { memberOfRequest, requestOf } from '../operations/request.ts'
import { valueOf } from '../project/module.ts'
import type { Term } from '../project/term.ts'
import { hasThroughput } from '../tables/discovery/made.ts'
import type { MadeTable } from '../tables/discovery/made.ts'
import type { Edit, Proposal } from './edit.ts'
import { freeName } from './free-name.ts'
import { insertAfter, quoteOf, quoted, replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

type Entries = readonly Extract<ObjectEntry, { readonly kind: 'property' }>[]

/** A table of the CDK paid per request; null where its indexes have throughput of their own, or it is not written there. */
export function madeOnDemand(table: MadeTable, file: SourceFile): Proposal<'payPerRequest'> | null {
  const { properties, calls, at } = table
  const entries = entriesOf(properties, file)
  const isIndexed = calls.some(
    ({ method, data }) => method === 'addGlobalSecondaryIndex' && hasThroughput(data) !== false,
  )
  const mode = table.className === 'Table' ? billingModeOf(file, at) : null
  if (entries === null || mode === null || isIndexed) return null
  const edits = inPlaceOf(
    file,
    entries,
    ['readCapacity', 'writeCapacity', 'billingMode'],
    [`billingMode: ${mode.name}.PAY_PER_REQUEST`],
  )
  return edits && { messageId: 'payPerRequest', data: {}, edits: [...edits, ...mode.edits] }
}

/** A table that is created paid per request; null where an index has throughput of its own, or it is not written there. */
export function createdOnDemand(
  { request }: Operation,
  file: SourceFile,
): Proposal<'payPerRequest'> | null {
  const entries = entriesOf(request.term, file)
  if (entries === null || hasIndexThroughput(request.term)) return null
  const mode = quoted('PAY_PER_REQUEST', quoteOf(file))
  const edits = inPlaceOf(
    file,
    entries,
    ['ProvisionedThroughput', 'BillingMode'],
    [`BillingMode: ${mode}`],
  )
  return edits && { messageId: 'payPerRequest', data: {}, edits }
}

function hasIndexThroughput(term: Term): boolean {
  const list = memberOfRequest(requestOf(term), 'GlobalSecondaryIndexes')
  return list.state !== 'absent'
}

/** The properties of an object that this file writes out, each by its name. */
function entriesOf(term: Term | null, { module }: SourceFile): Entries | null {
  if (term?.kind !== 'object' || term.ref.frame.module !== module) return null
  const node = valueOf(module, term.ref.value)
  if (node.kind !== 'object') return null
  const entries = node.entries.flatMap((entry) => (entry.kind === 'property' ? [entry] : []))
  return entries.length === node.entries.length && entries.length > 0 ? entries : null
}

/** A member in place of some that stand side by side, or behind the last where there are none; null where they do not. */
function inPlaceOf(
  file: SourceFile,
  entries: Entries,
  keys: readonly string[],
  members: readonly string[],
): readonly Edit[] | null {
  const found = entries.flatMap(({ key }, index) => (keys.includes(key) ? [index] : []))
  const [first] = found
  const [start, end] = [first, found.at(-1)].map((index) =>
    index === undefined ? undefined : entries[index],
  )
  const last = entries.at(-1)
  if (first === undefined || !start || !end)
    return last ? insertAfter(file, last.at, members) : null
  const isTogether = found.every((index, position) => index === first + position)
  const range: Range = { start: start.at.start, end: end.at.end }
  const hasComment = /\/[/*]/.test(textAt(file, range))
  return isTogether && !hasComment ? [replace(file, range, members.join(', '))] : null
}

/** How a file can name the CDK's BillingMode: beside the class, by what both come from, or by an import that is added. */
function billingModeOf(
  file: SourceFile,
  use: Range,
): { readonly name: string; readonly edits: readonly Edit[] } | null {
  const name = 'BillingMode'
  const local = textAt(file, use)
  const [, whole] = /^((?:[\w$]+\.)+)[\w$]+$/.exec(local) ?? []
  if (whole !== undefined) return { name: `${whole}${name}`, edits: [] }
  const { imports } = file.module.facts
  const own = imports.find(({ names }) => names?.some((each) => each.local === local))
  const there = own?.names?.find((each) => each.local === local)
  if (!own || !there || own.typeOnly) return null
  const known = imports
    .filter(({ source, typeOnly }) => source === own.source && !typeOnly)
    .flatMap(({ names }) => names ?? [])
    .find(({ imported }) => imported === name)
  if (known) return { name: known.local, edits: [] }
  if (there.imported === '*' || there.imported === 'default') return null
  return freeName(file, [name]) === null
    ? null
    : { name, edits: insertAfter(file, there.at, [name]) }
}
