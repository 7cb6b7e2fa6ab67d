import { keyConditionOf } from '../operations/key-condition.ts'
import type { Operation } from '../operations/operation.ts'
import { memberOfRequest } from '../operations/request.ts'
import { writesOf } from '../operations/writes.ts'
import { canonical } from '../project/canonical.ts'
import type { Term } from '../project/term.ts'
import { isClosed, viewOf } from '../project/view.ts'

/** What the code itself shows of a table's keys: every Key object and key condition of it agrees. */
export interface InferredKeys {
  readonly partitionKey: string
  readonly sortKey: string | null
}

/**
 * The keys of the tables that operations speak to, from how they are used: all Key objects of one table name the same
 * attributes, and the key conditions of its Queries say which of two is the partition key. By the canonical spelling of
 * the table; a table whose uses disagree, or leave the partition key open, is left out.
 */
export function inferKeys(operations: readonly Operation[]): ReadonlyMap<string, InferredKeys> {
  const uses = new Map<string, { keys: string[][]; conditions: string[][] }>()
  const useOf = (table: Term): { keys: string[][]; conditions: string[][] } => {
    const id = canonical(table)
    const use = uses.get(id) ?? { keys: [], conditions: [] }
    uses.set(id, use)
    return use
  }
  for (const operation of operations) {
    for (const { table, key } of keysOf(operation)) {
      const view = viewOf(key)
      if (view !== null && isClosed(view) && view.fields.size > 0) useOf(table).keys.push([...view.fields.keys()].sort())
    }
    const { term } = operation.table
    if (operation.kind !== 'Query' || term === null || memberOfRequest(operation.request, 'IndexName').state !== 'absent') continue
    const condition = keyConditionOf(operation.request)
    if (condition?.partition) useOf(term).conditions.push([condition.partition.attribute, ...(condition.sort ? [condition.sort.attribute] : [])])
  }
  const inferred = new Map<string, InferredKeys>()
  for (const [table, use] of uses) {
    const keys = agree(use.keys, use.conditions)
    if (keys !== null) inferred.set(table, keys)
  }
  return inferred
}

function keysOf(operation: Operation): readonly { table: Term; key: Term }[] {
  const found = writesOf(operation.spelling).flatMap(({ kind, table, item }) =>
    kind !== 'Put' && table !== null && item !== null ? [{ table, key: item }] : [],
  )
  const key = operation.kind === 'GetItem' ? memberOfRequest(operation.request, 'Key') : null
  if (key?.state === 'known' && operation.table.term !== null) found.push({ table: operation.table.term, key: key.term })
  return found
}

function agree(keys: readonly string[][], conditions: readonly string[][]): InferredKeys | null {
  const [first] = keys
  if (first && keys.some((names) => names.join() !== first.join())) return null
  const partitions = new Set(conditions.map(([partition]) => partition))
  const [asked] = partitions
  if (partitions.size > 1) return null
  if (first) {
    if (first.length === 1) return asked === undefined || asked === first[0] ? { partitionKey: first[0] as string, sortKey: null } : null
    if (first.length !== 2 || asked === undefined || !first.includes(asked)) return null
    return { partitionKey: asked, sortKey: first.find((name) => name !== asked) ?? null }
  }
  if (asked === undefined) return null
  const sorts = new Set(conditions.flatMap(([, sort]) => sort ?? []))
  const [sort] = sorts
  return sorts.size > 1 ? null : { partitionKey: asked, sortKey: sort ?? null }
}
