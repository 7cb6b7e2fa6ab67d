/** A key attribute of a table or an index. */
export interface KeyAttribute {
  readonly name: string
  readonly type: 'S' | 'N' | 'B' | null
}

/** How an index is keyed, and what of the item it carries. */
export interface IndexSchema {
  readonly name: string
  readonly partitionKey: KeyAttribute
  readonly sortKey: KeyAttribute | null
  /** null where it is not known. */
  readonly projection: 'ALL' | 'KEYS_ONLY' | readonly string[] | null
}

/** How a table is keyed, and what is known of its size and use. */
export interface TableSchema {
  readonly name: string
  readonly partitionKey: KeyAttribute
  readonly sortKey: KeyAttribute | null
  readonly indexes: readonly IndexSchema[]
  /** Whether it may have indexes that are not listed. */
  readonly hasMoreIndexes?: boolean
  readonly items: number | null
  readonly averageItemBytes: number | null
  readonly small: boolean
  readonly runningNumbers: boolean
  /** Told by the user or by a definition; an inferred schema is good enough to word a suggestion, not to report an error. */
  readonly certainty: 'defined' | 'inferred'
}

/** The names of the attributes that make up an item's primary key. */
export function keyNames(schema: Pick<TableSchema, 'partitionKey' | 'sortKey'>): readonly string[] {
  return schema.sortKey === null
    ? [schema.partitionKey.name]
    : [schema.partitionKey.name, schema.sortKey.name]
}
