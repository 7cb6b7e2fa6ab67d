import type { HandlerPlace } from '../../infrastructure/deployed.ts'
import type { TableSchema } from '../schema.ts'

/** Which images a table's stream carries. */
export type StreamView = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES'

/** Where something is defined. */
export interface DefinitionPlace {
  /** Absolute. */
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** How a table pays for its reads and writes; `isWritten`: the definition says so itself. */
export interface CapacityMode {
  readonly mode: 'on-demand' | 'provisioned'
  readonly isWritten: boolean
}

/** A table that an infrastructure file, or code that deploys one, defines; see `TableSchema` for its keys. */
export interface TableDefinition extends TableSchema {
  readonly certainty: 'defined'
  /** Its logical name, or the id of its construct. */
  readonly id: string
  /** As its users write it: `AWS CDK`, `Serverless Framework`. */
  readonly framework: string
  readonly at: DefinitionPlace
  /** What it may be called in DynamoDB, as far as that is written: with holes where a part is not known. */
  readonly names: readonly string[]
  /** null where it is not known; a table without a stream has `none`. */
  readonly stream: StreamView | 'none' | null
  /** null where it is not known. */
  readonly capacity: CapacityMode | null
  readonly timeToLive: string | null
}

/** A table that is defined, and whose keys could not be read. */
export interface UnreadDefinition {
  readonly id: string
  readonly framework: string
  readonly at: DefinitionPlace
  readonly names: readonly string[]
  /** `its key is not known`. */
  readonly why: string
}

export type AnyDefinition = TableDefinition | UnreadDefinition

export function isRead(definition: AnyDefinition): definition is TableDefinition {
  return 'partitionKey' in definition
}

/** What a name in code, or a variable of a function, is said to stand for. */
export type Target =
  | { readonly kind: 'definition'; readonly definition: AnyDefinition }
  | { readonly kind: 'name'; readonly names: readonly string[] }
  /** It may be a table, and nobody can tell which. */
  | { readonly kind: 'unknown' }

/** One environment variable that infrastructure gives to functions. */
export interface Binding {
  readonly variable: string
  readonly target: Target
  readonly at: DefinitionPlace
  /** The files of the functions that get it; null where that is not known, or where all do. */
  readonly handlers: readonly string[] | null
}

/** A stream of the changes of a table, and a function that it sets off. */
export interface StreamSource {
  /** null where it is not known which table's. */
  readonly table: AnyDefinition | null
  readonly handler: HandlerPlace
  /** Only some of the changes come to the function. */
  readonly isFiltered: boolean
}

/** Something that watches the throttling or the capacity of tables. */
export interface Watch {
  /** Where the table is made; null where it may be any of the app. */
  readonly table: DefinitionPlace | null
  /** Where the watching is written. */
  readonly file: string
}

/** What one reader found. */
export interface Found {
  readonly definitions: readonly AnyDefinition[]
  readonly bindings: readonly Binding[]
  readonly streams: readonly StreamSource[]
  readonly watches: readonly Watch[]
  /** What a stack gives out to others, by the name it gives it. */
  readonly outputs: ReadonlyMap<string, Target>
}

export const NOTHING_FOUND: Found = {
  definitions: [],
  bindings: [],
  streams: [],
  watches: [],
  outputs: new Map(),
}

/** Whether two definitions say the same of keys and indexes. */
export function isSameSchema(a: TableSchema, b: TableSchema): boolean {
  return keysOf(a) === keysOf(b)
}

function keysOf({ partitionKey, sortKey, indexes, hasMoreIndexes }: TableSchema): string {
  const sorted = [...indexes].sort((a, b) => (a.name < b.name ? -1 : 1))
  return JSON.stringify([
    partitionKey,
    sortKey,
    hasMoreIndexes ?? false,
    sorted.map((index) => [
      index.name,
      index.partitionKey,
      index.morePartitionKeys ?? [],
      index.sortKey,
      index.moreSortKeys ?? [],
      index.projection,
    ]),
  ])
}
