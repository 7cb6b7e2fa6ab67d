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
  /** Those after the first, where several attributes make up the partition key of a global index; so with the sort key. */
  readonly morePartitionKeys?: readonly KeyAttribute[]
  readonly moreSortKeys?: readonly KeyAttribute[]
  /** null where it is not known; a list names what it carries beside the keys. */
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
  /** The attribute that says when an item expires, in seconds since 1970; null or not there where none is known. */
  readonly timeToLive?: string | null
}

/** All attributes of an index's key: of the partition key first, then of the sort key. */
export function indexKeyNames(index: IndexSchema): readonly string[] {
  const { partitionKey, morePartitionKeys = [], sortKey, moreSortKeys = [] } = index
  return [partitionKey, ...morePartitionKeys, ...(sortKey ? [sortKey] : []), ...moreSortKeys].map(
    ({ name }) => name,
  )
}

/** Whether several attributes make up the partition key, or the sort key, of an index. */
export function hasSeveralKeys({ morePartitionKeys, moreSortKeys }: IndexSchema): boolean {
  return (morePartitionKeys ?? []).length > 0 || (moreSortKeys ?? []).length > 0
}

/** The names of the attributes that make up an item's primary key. */
export function keyNames(schema: Pick<TableSchema, 'partitionKey' | 'sortKey'>): readonly string[] {
  return schema.sortKey === null
    ? [schema.partitionKey.name]
    : [schema.partitionKey.name, schema.sortKey.name]
}
