import { at, textOf } from '../../../infrastructure/data.ts'
import type { Data } from '../../../infrastructure/data.ts'
import type { IndexSchema, KeyAttribute } from '../../schema.ts'
import { capacityOf, indexKeysOf, projectionOf, streamOf, tableKeysOf, typesOf } from '../keys.ts'
import type { IndexKeys } from '../keys.ts'
import { isWhole } from '../names.ts'
import { indexesIn, property } from './construct.ts'
import type { TableConstruct } from './construct.ts'

/** https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/table/ */
export const PULUMI: TableConstruct = {
  framework: 'Pulumi',
  id: 0,
  properties: 1,
  nameKey: 'name',
  read(properties) {
    const types = typesOf(at(properties, 'attributes'), 'name', 'type')
    const named = (data: Data | undefined, key: string): readonly KeyAttribute[] | null => {
      const written = property(data, key)
      if (written === undefined) return []
      const name = textOf(written)
      return name === null || !isWhole(name) ? null : [{ name, type: types(name) }]
    }
    const keysIn = (
      data: Data | undefined,
      partition = named(data, 'hashKey'),
    ): IndexKeys | null => {
      const sort = named(data, 'rangeKey')
      return partition && sort ? indexKeysOf(partition, sort) : null
    }
    const keys = tableKeysOf(keysIn(properties))
    const index = (data: Data, own: IndexKeys | null): IndexSchema | null => {
      const name = textOf(at(data, 'name'))
      if (name === null || !isWhole(name) || own === null) return null
      const projection = projectionOf(at(data, 'projectionType'), at(data, 'nonKeyAttributes'))
      return { name, ...own, projection }
    }
    return {
      keys,
      ...indexesIn(properties, {
        globalSecondaryIndexes: (data) => index(data, keysIn(data)),
        localSecondaryIndexes: (data) => index(data, keys && keysIn(data, [keys.partitionKey])),
      }),
      timeToLive: textOf(at(properties, 'ttl', 'attributeName')),
      stream:
        property(properties, 'streamEnabled') === undefined
          ? 'none'
          : streamOf(at(properties, 'streamViewType')),
      capacity: capacityOf(property(properties, 'billingMode')),
    }
  },
}
