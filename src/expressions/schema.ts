/** An attribute of a key, with its type where that is known. */
export interface KeyAttribute {
  readonly name: string
  readonly type?: 'S' | 'N' | 'B' | undefined
}

/**
 * The key of a table or an index. A table has one partition attribute and at most one sort attribute;
 * a global index may have up to four of each.
 *
 * @see GSI.DesignPattern.MultiAttributeKeys.html
 */
export interface KeySchema {
  readonly partition: readonly KeyAttribute[]
  readonly sort: readonly KeyAttribute[]
}

export interface IndexSchema extends KeySchema {
  readonly kind: 'global' | 'local'
}

export interface TableSchema {
  readonly key: KeySchema
  readonly indexes: ReadonlyMap<string, IndexSchema>
  /** Whether the table may have indexes beyond these. */
  readonly open?: boolean
}

/** The attributes of a key, partition first. */
export function keyAttributes(schema: KeySchema): readonly KeyAttribute[] {
  return [...schema.partition, ...schema.sort]
}
