import type { Analysis } from '../../operations/analysis.ts'
import { tableOfRequest } from '../../operations/describe.ts'
import { plainValue } from '../../operations/plain-value.ts'
import { placeOfPlaceholder } from '../../operations/request.ts'
import type { Table } from '../../operations/table.ts'
import { tableOf } from '../../operations/table.ts'
import { writesOf } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import type { Module } from '../../project/module.ts'
import type { Place, Term } from '../../project/term.ts'
import type { Field } from '../../project/view.ts'
import { viewOf } from '../../project/view.ts'
import { inferKeys } from '../../tables/inferred.ts'
import type { KeyAttribute } from '../../tables/schema.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { writtenBy } from './written.ts'

/** An attribute that is a key of a table, or of one of its indexes. */
export interface KnownKey {
  readonly role: 'partition' | 'sort'
  readonly attribute: string
  /** The index that it is a key of; null for the table's own. */
  readonly index: string | null
  readonly type: KeyAttribute['type']
}

/** A value that a write gives a key attribute. */
export interface WrittenKey extends KnownKey {
  readonly table: Table
  readonly write: Write
  /** Without the `{ S: … }` of a low-level client. */
  readonly value: Term
  /** Where it is written. */
  readonly at: Place
  /** The property of Item or Key that it is; null where an update sets the attribute. */
  readonly field: Field | null
  /** The item has it on every path. */
  readonly certain: boolean
  /** All known key attributes of the table. */
  readonly keys: readonly KnownKey[]
}

/**
 * The key attributes that the writes of an operation give a value, in Item, in Key, or by a SET of an index's key. Which
 * attributes are keys is told by a schema, or shown by how the files on the way there use the table.
 */
export function keysWrittenBy(
  { spelling, trail }: Occurrence,
  analysis: Analysis,
): readonly WrittenKey[] {
  return writesOf(spelling).flatMap((write) => {
    if (write.kind === 'Delete' || write.item === null) return []
    const view = viewOf(write.item)
    if (view === null) return []
    const table = tableOfWrite(write, analysis)
    const keys = keysOfTable(table, [analysis.module, ...trail.map(({ frame }) => frame.module)])
    if (keys.length === 0) return []
    const set = write.kind === 'Update' && keys.some(({ index }) => index !== null)
    const values = set ? writtenBy(write).values : []
    return keys.flatMap((key): readonly WrittenKey[] => {
      const field = view.fields.get(key.attribute)
      const known = { ...key, table, write, keys }
      if (field) {
        const value = plainValue(field.term(), spelling)
        return [{ ...known, value, at: field.valueAt, field, certain: field.certain }]
      }
      if (key.index === null) return []
      return values.flatMap(({ attribute, term, placeholder }) => {
        const at = placeholder === null ? null : placeOfPlaceholder(write.request, placeholder)
        if (attribute !== key.attribute || at === null) return []
        return [{ ...known, value: plainValue(term, spelling), at, field: null, certain: true }]
      })
    })
  })
}

/** The table of a write, be it a request of its own or an entry of a batch. */
export function tableOfWrite(write: Write, analysis: Analysis): Table {
  if (!write.inBatch) return tableOfRequest(write.request, analysis)
  return tableOf(write.table, analysis.schemas, analysis.module)
}

/** The keys of a table and its indexes that are known: told, or shown by how some files use them. */
function keysOfTable(table: Table, modules: readonly Module[]): readonly KnownKey[] {
  const { schema, term } = table
  if (schema !== null) {
    return [
      ...both(null, schema.partitionKey, schema.sortKey),
      ...schema.indexes.flatMap(({ name, partitionKey, sortKey }) =>
        both(name, partitionKey, sortKey),
      ),
    ]
  }
  if (term === null) return []
  const inferred = inferKeys(term, modules)
  const named = (name: string | null): KeyAttribute | null =>
    name === null ? null : { name, type: null }
  return [
    ...both(null, named(inferred.partitionKey), named(inferred.sortKey)),
    ...[...inferred.indexes].flatMap(([index, { partitionKey, sortKey }]) =>
      both(index, named(partitionKey), named(sortKey)),
    ),
  ]
}

function both(
  index: string | null,
  partition: KeyAttribute | null,
  sort: KeyAttribute | null,
): readonly KnownKey[] {
  const key = (role: KnownKey['role'], known: KeyAttribute | null): readonly KnownKey[] =>
    known === null ? [] : [{ role, attribute: known.name, index, type: known.type }]
  return [...key('partition', partition), ...key('sort', sort)]
}
