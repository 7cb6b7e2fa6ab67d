import { keyNames } from '../tables/schema.ts'
import type { TableSchema } from '../tables/schema.ts'
import type { CheckedRequest } from './checked-request.ts'
import { inWords } from './words.ts'

/** The key of the table or index that a Query reads. */
export interface QueriedKeys extends Pick<TableSchema, 'partitionKey' | 'sortKey'> {
  /** How a message calls it. */
  readonly label: string
}

/** The key of what a Query surely reads; null where that is not known. */
export function queriedKeys({ table, rest }: CheckedRequest): QueriedKeys | null {
  const { certain, label } = table
  const { index, open } = rest
  if (certain === null) return null
  if (index === undefined) return open ? null : { ...certain, label }
  const found = certain.indexes.find(({ name }) => name === index.name)
  return found ? { ...found, label: `index \`${found.name}\` of ${label}` } : null
}

/** The attributes of a key in words: `` `PK` and `SK` ``. */
export function keysOf(keys: Pick<TableSchema, 'partitionKey' | 'sortKey'>): string {
  return inWords(keyNames(keys))
}
