import type { Analysis } from '../operations/analysis.ts'
import { tableOfRequest } from '../operations/describe.ts'
import { plainValue } from '../operations/plain-value.ts'
import { expressionOf } from '../operations/request.ts'
import type { Request } from '../operations/request.ts'
import type { Table } from '../operations/table.ts'
import { tableOf } from '../operations/table.ts'
import { writesOf } from '../operations/writes.ts'
import type { Write } from '../operations/writes.ts'
import type { Module } from '../project/module.ts'
import type { Field } from '../project/view.ts'
import { viewOf } from '../project/view.ts'
import { inferKeys } from '../tables/inferred.ts'
import type { KeyAttribute } from '../tables/schema.ts'
import { lowestOf } from './lowest.ts'
import type { Lowest } from './lowest.ts'
import type { Occurrence } from './occurrences.ts'
import { sequenceOf } from './sequence.ts'
import type { Sequence } from './sequence.ts'

/** A partition key that is given a running number. */
export interface SequentialKey {
  readonly attribute: string
  /** The index that it is the partition key of; null for the table's own. */
  readonly index: string | null
  readonly type: KeyAttribute['type']
  readonly table: Table
  readonly field: Field
  /** A whole item is written, not a part of one. */
  readonly isPut: boolean
  readonly sequence: Sequence
}

/**
 * The partition keys of a file's writes that are made by counting, each where the number is given to the write. A number
 * that several writes use as the same key is told once: at the first Put, or else at the first Update.
 */
export function sequentialKeysOf(analysis: Analysis): readonly Lowest<SequentialKey>[] {
  const all = lowestOf(analysis.module, (occurrence) => {
    const keys = keysWritten(occurrence, analysis)
    return keys.length === 0 ? null : keys
  }).flatMap(({ occurrence, found }) => found.map((key) => ({ occurrence, found: key })))
  const told = new Set<string>()
  const puts = all.filter(({ found }) => found.isPut)
  return [...puts, ...all.filter(({ found }) => !found.isPut)].filter(({ found }) => {
    const { at } = found.sequence
    if (at === null) return true
    const number = `${at.module.facts.file}:${String(at.start)}:${found.attribute}`
    return !told.has(number) && told.add(number)
  })
}

function keysWritten(occurrence: Occurrence, analysis: Analysis): readonly SequentialKey[] {
  return writesOf(occurrence.spelling).flatMap((write) => {
    if (write.kind === 'Delete' || write.item === null || mustExist(write.request)) return []
    const view = viewOf(write.item)
    if (view === null) return []
    const table = tableOfWrite(write, analysis)
    if (table.schema?.runningNumbers === true) return []
    const modules = [analysis.module, ...occurrence.trail.map(({ frame }) => frame.module)]
    return partitionKeys(table, modules).flatMap((key) => {
      const field = view.fields.get(key.attribute)
      if (!field) return []
      const sequence = sequenceOf(plainValue(field.term(), occurrence.spelling))
      return sequence === null
        ? []
        : [{ ...key, table, field, isPut: write.kind === 'Put', sequence }]
    })
  })
}

function tableOfWrite(write: Write, analysis: Analysis): Table {
  if (!write.inBatch) return tableOfRequest(write.request, analysis)
  return tableOf(write.table, analysis.schemas, analysis.module)
}

/** An update of what is there already makes no key. */
function mustExist(request: Request): boolean {
  const condition = expressionOf(request, 'Condition')
  return (
    condition.state === 'known' &&
    condition.texts.some(({ text }) => /\battribute_exists\s*\(/.test(text))
  )
}

type PartitionKey = Pick<SequentialKey, 'attribute' | 'index' | 'type'>

/** The partition keys of a table and its indexes that are known: told, or shown by how the file uses them. */
function partitionKeys(table: Table, modules: readonly Module[]): readonly PartitionKey[] {
  const { schema, term } = table
  if (schema !== null) {
    return [
      { attribute: schema.partitionKey.name, index: null, type: schema.partitionKey.type },
      ...schema.indexes.map(({ name, partitionKey }) => ({
        attribute: partitionKey.name,
        index: name,
        type: partitionKey.type,
      })),
    ]
  }
  if (term === null) return []
  const inferred = inferKeys(term, modules)
  const keys: PartitionKey[] = []
  if (inferred.partitionKey !== null)
    keys.push({ attribute: inferred.partitionKey, index: null, type: null })
  for (const [index, { partitionKey }] of inferred.indexes) {
    if (partitionKey === null) continue
    keys.push({ attribute: partitionKey, index, type: null })
  }
  return keys
}
