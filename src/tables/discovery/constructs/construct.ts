import { listOf } from '../../../infrastructure/data.ts'
import type { Data } from '../../../infrastructure/data.ts'
import type { IndexSchema } from '../../schema.ts'
import type { StreamView } from '../definition.ts'
import { property, streamOf } from '../keys.ts'
import type { ReadTable } from '../keys.ts'

/** What the arguments of a construct say of a table; `tableName` is told apart, for it may have holes. */
export type ReadConstruct = Omit<ReadTable, 'id' | 'at' | 'names' | 'framework'>

/** How a library spells a table. */
export interface TableConstruct {
  readonly framework: string
  /** Which argument is the id, and which the properties. */
  readonly id: number
  readonly properties: number
  /** The property that holds the physical name. */
  readonly nameKey: string
  readonly read: (properties: Data | undefined) => ReadConstruct
}

/** The images that a property names; a table without it has no stream. */
export function streamIn(properties: Data | undefined, name: string): StreamView | 'none' | null {
  const view = property(properties, name)
  return view === undefined ? 'none' : streamOf(view)
}

/** How one index of a list is spelled; null where it cannot be read. */
type ReadIndex = (index: Data) => IndexSchema | null

/** The indexes of some lists, each with how its own are spelled: global ones and local ones. */
export function indexesIn(
  properties: Data | undefined,
  lists: Readonly<Record<string, ReadIndex>>,
): Pick<ReadConstruct, 'indexes' | 'hasMoreIndexes'> {
  const told = Object.entries(lists).map(([name, read]) => {
    const written = property(properties, name)
    const list = listOf(written)
    return { isOpen: written !== undefined && list === null, indexes: (list ?? []).map(read) }
  })
  return {
    indexes: told.flatMap(({ indexes }) => indexes),
    hasMoreIndexes: told.some(({ isOpen }) => isOpen),
  }
}
