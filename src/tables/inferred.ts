import { occurrencesIn } from '../flow/paths/occurrences.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import { conjuncts, pathOf, topAttribute } from '../expressions/index.ts'
import { keyConditionOf } from '../operations/key-condition.ts'
import type { Request } from '../operations/request.ts'
import {
  expressionOf,
  memberOfRequest,
  namesOf,
  requestOf,
  termOfMember,
} from '../operations/request.ts'
import { entriesOf, writesOf } from '../operations/writes.ts'
import type { Write } from '../operations/writes.ts'
import { canonical } from '../project/canonical.ts'
import { freeFrame } from '../project/frame.ts'
import type { Module } from '../project/module.ts'
import type { Term } from '../project/term.ts'
import { isClosed, viewOf } from '../project/view.ts'
import { keyElements } from './create-table.ts'
import type { KeyElement } from './create-table.ts'

/** The key attributes of a table or index; null where the code does not show one. */
export interface Keys {
  readonly partitionKey: string | null
  readonly sortKey: string | null
}

/** What the code itself shows of a table's keys: every Key object and key condition of it agrees. */
export interface InferredKeys extends Keys {
  /** All attributes of the primary key, in any order, where every Key object names the same; empty where none is seen. */
  readonly whole: readonly string[]
  /** By the name of the index. */
  readonly indexes: ReadonlyMap<string, Keys>
}

/** What is seen of one table: the attributes of Key objects in their order, and of key conditions. */
interface Uses {
  readonly keys: readonly (readonly string[])[]
  readonly conditions: readonly Keys[]
  readonly indexes: readonly { readonly name: string; readonly keys: Keys }[]
  /** Attributes that a Put's condition wants not to be there. */
  readonly absent: readonly string[]
  readonly definitions: readonly Keys[]
}

/**
 * The keys of a table, from how the code of some files uses it: all Key objects name the same attributes; the key
 * conditions of Queries, or a Put that must not overwrite, say which of two is the partition key; a table that is
 * created there says everything. What uses disagree about stays open.
 */
export function inferKeys(table: Term, modules: readonly Module[]): InferredKeys {
  const id = canonical(table)
  const seen = [...new Set(modules)].flatMap((module) => usesIn(module).get(id) ?? [])
  return agreed({
    keys: seen.flatMap(({ keys }) => keys),
    conditions: seen.flatMap(({ conditions }) => conditions),
    indexes: seen.flatMap(({ indexes }) => indexes),
    absent: seen.flatMap(({ absent }) => absent),
    definitions: seen.flatMap(({ definitions }) => definitions),
  })
}

/** A use of a table, by the canonical spelling of the table. */
interface Use extends Partial<Uses> {
  readonly table: Term | null
}

const known = new WeakMap<Module, ReadonlyMap<string, readonly Uses[]>>()

function usesIn(module: Module): ReadonlyMap<string, readonly Uses[]> {
  const seen = known.get(module)
  if (seen) return seen
  const tables = new Map<string, Uses[]>()
  for (const { table, ...use } of module.facts.functions.flatMap((_, id) =>
    occurrencesIn(freeFrame(module, id)).flatMap(usesOf),
  )) {
    if (table === null) continue
    const uses = { keys: [], conditions: [], indexes: [], absent: [], definitions: [], ...use }
    const spelling = canonical(table)
    tables.set(spelling, [...(tables.get(spelling) ?? []), uses])
  }
  known.set(module, tables)
  return tables
}

function usesOf({ spelling }: Occurrence): readonly Use[] {
  const request = requestOf(spelling.request)
  const table = termOfMember(request, 'TableName')
  switch (spelling.kind) {
    case 'GetItem':
      return [{ table, keys: keyNames(termOfMember(request, 'Key')) }]
    case 'Query':
      return [{ table, ...conditionOf(request) }]
    case 'CreateTable':
      return [{ table, ...definitionOf(request) }]
    default:
      return writesOf(spelling).map((write) =>
        write.kind === 'Put'
          ? { table: write.table, absent: absentAttributes(write) }
          : { table: write.table, keys: keyNames(write.item) },
      )
  }
}

function keyNames(key: Term | null): readonly (readonly string[])[] {
  const view = key === null ? null : viewOf(key)
  return view !== null && isClosed(view) && view.fields.size > 0 ? [[...view.fields.keys()]] : []
}

function conditionOf(request: Request): Partial<Uses> {
  const condition = keyConditionOf(request)
  if (!condition?.partition) return {}
  const keys = {
    partitionKey: condition.partition.attribute,
    sortKey: condition.sort?.attribute ?? null,
  }
  const index = memberOfRequest(request, 'IndexName')
  if (index.state === 'absent') return { conditions: [keys] }
  return index.state === 'known' ? { indexes: [{ name: nameOf(index.term), keys }] } : {}
}

/** The name of an index, or what stands for it. */
function nameOf(term: Term): string {
  return term.kind === 'literal' ? String(term.value) : canonical(term)
}

/** The attribute that a Put must not find: the one it writes first and says `attribute_not_exists` of. */
function absentAttributes(write: Write): readonly string[] {
  const condition = expressionOf(write.request, 'Condition')
  const [parsed, ...more] = condition.state === 'known' ? condition.texts : []
  if (!parsed?.complete || more.length > 0) return []
  const [first] = conjuncts(parsed.tree)
  if (first?.type !== 'FunctionCall' || first.name !== 'attribute_not_exists') return []
  const [path] = first.arguments
  const bare = path ? pathOf(path) : undefined
  const attribute = bare ? topAttribute(bare, namesOf(write.request)) : undefined
  const view = write.item === null ? null : viewOf(write.item)
  const [written] = view?.fields.keys() ?? []
  return attribute !== undefined && attribute === written ? [attribute] : []
}

function definitionOf(request: Request): Partial<Uses> {
  const own = schemaKeys(termOfMember(request, 'KeySchema'))
  const indexes = ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'].flatMap((member) =>
    entriesOf(termOfMember(request, member)).flatMap((entry) => {
      const index = requestOf(entry)
      const name = termOfMember(index, 'IndexName')
      const keys = schemaKeys(termOfMember(index, 'KeySchema'))
      return name === null || keys === null ? [] : [{ name: nameOf(name), keys }]
    }),
  )
  return { definitions: own === null ? [] : [own], indexes }
}

function schemaKeys(term: Term | null): Keys | null {
  const elements = keyElements(term) ?? []
  const named = (role: KeyElement['role']): string | null =>
    elements.find((element) => element.role === role)?.name ?? null
  const partitionKey = named('HASH')
  return partitionKey === null ? null : { partitionKey, sortKey: named('RANGE') }
}

function agreed(uses: Uses): InferredKeys {
  const names = new Set(uses.indexes.map(({ name }) => name))
  const indexes = [...names].map((name) => {
    const seen = uses.indexes.filter((index) => index.name === name)
    return [name, inCommon(seen.map(({ keys }) => keys))] as const
  })
  return { ...tableKeys(uses), whole: wholeKey(uses), indexes: new Map(indexes) }
}

const NOTHING: Keys = { partitionKey: null, sortKey: null }

/** What several key conditions of one table or index agree on. */
function inCommon(conditions: readonly Keys[]): Keys {
  const partitions = new Set(conditions.map(({ partitionKey }) => partitionKey))
  if (partitions.size !== 1) return NOTHING
  const sorts = new Set(conditions.flatMap(({ sortKey }) => sortKey ?? []))
  const [partitionKey = null] = partitions
  const [sortKey = null] = sorts
  return sorts.size > 1 ? { partitionKey, sortKey: null } : { partitionKey, sortKey }
}

function wholeKey({ keys, definitions }: Uses): readonly string[] {
  const [definition] = definitions
  if (definition)
    return [definition.partitionKey, definition.sortKey].filter((name) => name !== null)
  const [first = [], ...others] = keys
  const spelling = [...first].sort().join()
  return others.every((names) => [...names].sort().join() === spelling) ? first : []
}

function tableKeys({ keys, conditions, absent, definitions }: Uses): Keys {
  const [definition] = definitions
  if (definition) return definition
  const asked = inCommon(conditions)
  if (conditions.length > 0 && asked.partitionKey === null) return NOTHING
  const [first, ...others] = keys
  const [created, ...more] = new Set(absent)
  const isOneCreated = created !== undefined && more.length === 0
  if (!first) {
    return conditions.length === 0 && isOneCreated
      ? { partitionKey: created, sortKey: null }
      : asked
  }
  const spelling = [...first].sort().join()
  if (first.length > 2 || others.some((names) => [...names].sort().join() !== spelling))
    return NOTHING
  if (first.length === 1) {
    const [only = null] = first
    return asked.partitionKey === null || asked.partitionKey === only
      ? { partitionKey: only, sortKey: null }
      : NOTHING
  }
  const isWrittenFirst = keys.every(([head]) => head === created)
  const partitionKey = asked.partitionKey ?? (isOneCreated && isWrittenFirst ? created : null)
  if (partitionKey === null || !first.includes(partitionKey)) return NOTHING
  return { partitionKey, sortKey: first.find((name) => name !== partitionKey) ?? null }
}
