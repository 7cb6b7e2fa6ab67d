import { at, listOf, mapOf, textOf } from '../../../infrastructure/data.ts'
import type { Data } from '../../../infrastructure/data.ts'
import type { IndexSchema, KeyAttribute } from '../../schema.ts'
import { indexKeysOf, mayHave, projectionOf, propertiesOf, tableKeysOf, typeFrom } from '../keys.ts'
import type { IndexKeys } from '../keys.ts'
import { isWhole } from '../names.ts'
import { streamIn } from './construct.ts'
import type { ReadConstruct, TableConstruct } from './construct.ts'

/** What a version of SST calls the attributes of a key. */
interface Words {
  readonly partition: string
  readonly sort: string
}

/** `fields` says the types, `primaryIndex` and `globalIndexes` name them: both versions of SST. */
function tableOf(
  properties: Data | undefined,
  words: Words,
): Pick<ReadConstruct, 'keys' | 'indexes' | 'hasMoreIndexes'> {
  const fields = at(properties, 'fields')
  const named = (data: Data | undefined): readonly KeyAttribute[] | null => {
    const names = (listOf(data) ?? [data ?? null]).map((name) => textOf(name))
    return names.every((name) => name !== null && isWhole(name))
      ? (names as string[]).map((name) => ({ name, type: typeFrom(at(fields, name)) }))
      : null
  }
  const keysIn = (
    data: Data | undefined,
    partition: readonly KeyAttribute[] | null,
  ): IndexKeys | null => {
    const partitions = partition ?? named(at(data, words.partition))
    const sorts = mayHave(data, words.sort) ? named(at(data, words.sort)) : []
    return partitions && sorts ? indexKeysOf(partitions, sorts) : null
  }
  const keys = tableKeysOf(keysIn(at(properties, 'primaryIndex'), null))
  const indexesIn = (name: string, isLocal: boolean): readonly (IndexSchema | null)[] =>
    propertiesOf(at(properties, name)).map(([indexName, data]) => {
      const own = isLocal ? (keys === null ? [] : [keys.partitionKey]) : null
      const found = keysIn(data, own)
      return found && { name: indexName, ...found, projection: projectionIn(data) }
    })
  const isOpen = (name: string): boolean =>
    mayHave(properties, name) && mayHave(at(properties, name) ?? {}, '...')
  return {
    keys,
    indexes: [...indexesIn('globalIndexes', false), ...indexesIn('localIndexes', true)],
    hasMoreIndexes:
      isOpen('globalIndexes') ||
      isOpen('localIndexes') ||
      mapOf(at(properties, 'globalIndexes') ?? {}) === null,
  }
}

/** `all`, `keys-only`, or a list of what the index holds. */
function projectionIn(index: Data): IndexSchema['projection'] {
  if (!mayHave(index, 'projection')) return 'ALL'
  const projection = at(index, 'projection')
  return listOf(projection)
    ? projectionOf('INCLUDE', projection)
    : projectionOf(projection, undefined)
}

/** https://v2.sst.dev/constructs/Table */
export const SST_2: TableConstruct = {
  framework: 'SST',
  id: 1,
  properties: 2,
  nameKey: '',
  read: (properties) => ({
    ...tableOf(properties, { partition: 'partitionKey', sort: 'sortKey' }),
    timeToLive: textOf(at(properties, 'timeToLiveAttribute')),
    stream:
      at(properties, 'stream') === true ? 'NEW_AND_OLD_IMAGES' : streamIn(properties, 'stream'),
    capacity: { mode: 'on-demand', isWritten: false },
  }),
}

/** https://sst.dev/docs/component/aws/dynamo/ */
export const SST_3: TableConstruct = {
  framework: 'SST',
  id: 0,
  properties: 1,
  nameKey: '',
  read: (properties) => ({
    ...tableOf(properties, { partition: 'hashKey', sort: 'rangeKey' }),
    timeToLive: textOf(at(properties, 'ttl')),
    stream: streamIn(properties, 'stream'),
    capacity: { mode: 'on-demand', isWritten: false },
  }),
}
