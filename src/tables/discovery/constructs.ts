import { at, listOf, mapOf, textOf } from '../../infrastructure/data.ts'
import type { Data } from '../../infrastructure/data.ts'
import { SST_IMPORT } from '../../infrastructure/sst.ts'
import type { ExternalTerm } from '../../project/term.ts'
import type { IndexSchema, KeyAttribute } from '../schema.ts'
import type { CapacityMode, StreamView } from './definition.ts'
import {
  indexKeysOf,
  keySchemaOf,
  mayHave,
  projectionOf,
  propertiesOf,
  streamOf,
  tableKeysOf,
  typeFrom,
  typesOf,
} from './keys.ts'
import type { ReadTable, TypeOf } from './keys.ts'
import { isWhole } from './names.ts'

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

/** How a class of a library spells a table; null where it is none. */
export function constructOf({ source, path }: ExternalTerm): TableConstruct | null {
  const name = path.at(-1) ?? ''
  if (/^(?:aws-cdk-lib|@aws-cdk\/|monocdk)/.test(source)) {
    if (!/dynamodb/i.test([source, ...path.slice(0, -1)].join('/'))) return null
    return Object.hasOwn(CDK, name) ? (CDK[name] ?? null) : null
  }
  if (SST_IMPORT.test(source)) return name === 'Table' ? SST_2 : null
  const full = [source, ...path].join('.')
  if (full === '.sst.aws.Dynamo') return SST_3
  return /^(?:@pulumi\/aws|\.aws)[./]dynamodb\.Table$/.test(full) ? PULUMI : null
}

function key(data: Data | undefined): KeyAttribute | null {
  const name = textOf(at(data, 'name'))
  return name !== null && isWhole(name) ? { name, type: typeFrom(at(data, 'type')) } : null
}

/** One key attribute, or none where there surely is none; undefined where that is not known. */
function optionalKey(data: Data | undefined, property: string): KeyAttribute | null | undefined {
  if (!mayHave(data, property)) return null
  return key(at(data, property)) ?? undefined
}

function keysFrom(properties: Data | undefined): ReadTable['keys'] {
  const partitionKey = key(at(properties, 'partitionKey'))
  const sortKey = optionalKey(properties, 'sortKey')
  return partitionKey === null || sortKey === undefined ? null : { partitionKey, sortKey }
}

function one(data: Data | undefined): string | undefined {
  return textOf(data) ?? undefined
}

/**
 * An index as the CDK spells it, global or local (`partition`: that of the table).
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_dynamodb.GlobalSecondaryIndexProps.html
 */
export function cdkIndex(
  data: Data | undefined,
  partition: KeyAttribute | null,
): IndexSchema | null {
  const name = textOf(at(data, 'indexName'))
  if (name === null || !isWhole(name)) return null
  const several = (single: string, many: string): readonly KeyAttribute[] | null => {
    const list = listOf(at(data, many))
    if (list !== null) {
      const keys = list.map(key)
      return keys.every((each) => each !== null) ? keys : null
    }
    if (mayHave(data, many) && !mayHave(data, single)) return null
    const found = optionalKey(data, single)
    return found === undefined ? null : found === null ? [] : [found]
  }
  const partitions = partition === null ? several('partitionKey', 'partitionKeys') : [partition]
  const sorts = several('sortKey', 'sortKeys')
  const keys = partitions && sorts ? indexKeysOf(partitions, sorts) : null
  if (keys === null) return null
  const type = mayHave(data, 'projectionType') ? at(data, 'projectionType') : 'ALL'
  return { name, ...keys, projection: projectionOf(type, at(data, 'nonKeyAttributes')) }
}

function cdkIndexes(
  properties: Data | undefined,
  partition: KeyAttribute | null,
): Pick<ReadConstruct, 'indexes' | 'hasMoreIndexes'> {
  const global = listOf(at(properties, 'globalSecondaryIndexes'))
  const local = listOf(at(properties, 'localSecondaryIndexes'))
  return {
    indexes: [
      ...(global ?? []).map((each) => cdkIndex(each, null)),
      ...(local ?? []).map((each) => (partition === null ? null : cdkIndex(each, partition))),
    ],
    hasMoreIndexes:
      (global === null && mayHave(properties, 'globalSecondaryIndexes')) ||
      (local === null && mayHave(properties, 'localSecondaryIndexes')),
  }
}

function streamIn(properties: Data | undefined, name: string): StreamView | 'none' | null {
  return mayHave(properties, name) ? streamOf(at(properties, name)) : 'none'
}

const CDK_TABLE: TableConstruct = {
  framework: 'AWS CDK',
  id: 1,
  properties: 2,
  nameKey: 'tableName',
  read(properties) {
    const mode = one(at(properties, 'billingMode'))
    const capacity: CapacityMode | null =
      mode === 'PAY_PER_REQUEST'
        ? { mode: 'on-demand', isWritten: true }
        : mode === 'PROVISIONED'
          ? { mode: 'provisioned', isWritten: true }
          : mayHave(properties, 'billingMode')
            ? null
            : { mode: 'provisioned', isWritten: false }
    return {
      keys: keysFrom(properties),
      indexes: [],
      hasMoreIndexes: false,
      timeToLive: textOf(at(properties, 'timeToLiveAttribute')),
      // A table that is replicated has a stream, whether it is written or not.
      stream: mayHave(properties, 'replicationRegions')
        ? 'NEW_AND_OLD_IMAGES'
        : streamIn(properties, 'stream'),
      capacity,
    }
  },
}

const CDK_TABLE_V2: TableConstruct = {
  ...CDK_TABLE,
  read(properties) {
    const keys = keysFrom(properties)
    const billing = at(properties, 'billing')
    const isOnDemand = at(billing, 'onDemand') !== undefined
    const isProvisioned = at(billing, 'provisioned') !== undefined
    return {
      keys,
      ...cdkIndexes(properties, keys?.partitionKey ?? null),
      timeToLive: textOf(at(properties, 'timeToLiveAttribute')),
      stream: mayHave(properties, 'replicas')
        ? 'NEW_AND_OLD_IMAGES'
        : streamIn(properties, 'dynamoStream'),
      capacity: isOnDemand
        ? { mode: 'on-demand', isWritten: true }
        : isProvisioned
          ? { mode: 'provisioned', isWritten: true }
          : mayHave(properties, 'billing')
            ? null
            : { mode: 'on-demand', isWritten: false },
    }
  },
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_dynamodb.CfnTable.html */
const CDK_CFN_TABLE: TableConstruct = {
  ...CDK_TABLE,
  read(properties) {
    const types = typesOf(at(properties, 'attributeDefinitions'), 'attributeName', 'attributeType')
    const indexes = (name: string): readonly (IndexSchema | null)[] =>
      (listOf(at(properties, name)) ?? []).map((each) => lowerIndex(each, types))
    const isOpen = (name: string): boolean =>
      mayHave(properties, name) && listOf(at(properties, name)) === null
    const mode = one(at(properties, 'billingMode'))
    return {
      keys: tableKeysOf(keySchemaOf(at(properties, 'keySchema'), types)),
      indexes: [...indexes('globalSecondaryIndexes'), ...indexes('localSecondaryIndexes')],
      hasMoreIndexes: isOpen('globalSecondaryIndexes') || isOpen('localSecondaryIndexes'),
      timeToLive: textOf(at(properties, 'timeToLiveSpecification', 'attributeName')),
      stream: mayHave(properties, 'streamSpecification')
        ? streamOf(at(properties, 'streamSpecification', 'streamViewType'))
        : 'none',
      capacity:
        mode === 'PAY_PER_REQUEST'
          ? { mode: 'on-demand', isWritten: true }
          : mode === undefined && mayHave(properties, 'billingMode')
            ? null
            : { mode: 'provisioned', isWritten: mode !== undefined },
    }
  },
}

function lowerIndex(data: Data, types: TypeOf): IndexSchema | null {
  const name = textOf(at(data, 'indexName'))
  const keys = keySchemaOf(at(data, 'keySchema'), types)
  if (name === null || !isWhole(name) || keys === null) return null
  const projection = at(data, 'projection')
  return {
    name,
    ...keys,
    projection: projectionOf(at(projection, 'projectionType'), at(projection, 'nonKeyAttributes')),
  }
}

const CDK: Readonly<Record<string, TableConstruct>> = {
  Table: CDK_TABLE,
  TableV2: CDK_TABLE_V2,
  CfnTable: CDK_CFN_TABLE,
  CfnGlobalTable: CDK_CFN_TABLE,
}

/** `fields` says the types, `primaryIndex` and `globalIndexes` name them: both versions of SST. */
function sstTable(
  properties: Data | undefined,
  words: { readonly partition: string; readonly sort: string },
): Pick<ReadConstruct, 'keys' | 'indexes' | 'hasMoreIndexes'> {
  const fields = at(properties, 'fields')
  const named = (data: Data | undefined): readonly KeyAttribute[] | null => {
    const names = (listOf(data) ?? [data ?? null]).map((name) => textOf(name))
    return names.every((name) => name !== null && isWhole(name))
      ? (names as string[]).map((name) => ({ name, type: typeFrom(at(fields, name)) }))
      : null
  }
  const index = (
    data: Data | undefined,
    partition: readonly KeyAttribute[] | null,
  ): ReturnType<typeof indexKeysOf> => {
    const partitions = partition ?? named(at(data, words.partition))
    const sorts = mayHave(data, words.sort) ? named(at(data, words.sort)) : []
    return partitions && sorts ? indexKeysOf(partitions, sorts) : null
  }
  const keys = tableKeysOf(index(at(properties, 'primaryIndex'), null))
  const listed = (name: string, isLocal: boolean): readonly (IndexSchema | null)[] =>
    propertiesOf(at(properties, name)).map(([indexName, data]) => {
      const own = isLocal ? (keys === null ? [] : [keys.partitionKey]) : null
      const found = index(data, own)
      if (found === null) return null
      const projection = at(data, 'projection')
      return {
        name: indexName,
        ...found,
        projection: !mayHave(data, 'projection')
          ? 'ALL'
          : listOf(projection)
            ? projectionOf('INCLUDE', projection)
            : projectionOf(projection, undefined),
      }
    })
  const isOpen = (name: string): boolean =>
    mayHave(properties, name) && mayHave(at(properties, name) ?? {}, '...')
  return {
    keys,
    indexes: [...listed('globalIndexes', false), ...listed('localIndexes', true)],
    hasMoreIndexes:
      isOpen('globalIndexes') ||
      isOpen('localIndexes') ||
      mapOf(at(properties, 'globalIndexes') ?? {}) === null,
  }
}

/** https://v2.sst.dev/constructs/Table */
const SST_2: TableConstruct = {
  framework: 'SST',
  id: 1,
  properties: 2,
  nameKey: '',
  read: (properties) => ({
    ...sstTable(properties, { partition: 'partitionKey', sort: 'sortKey' }),
    timeToLive: textOf(at(properties, 'timeToLiveAttribute')),
    stream:
      at(properties, 'stream') === true ? 'NEW_AND_OLD_IMAGES' : streamIn(properties, 'stream'),
    capacity: { mode: 'on-demand', isWritten: false },
  }),
}

/** https://sst.dev/docs/component/aws/dynamo/ */
const SST_3: TableConstruct = {
  framework: 'SST',
  id: 0,
  properties: 1,
  nameKey: '',
  read: (properties) => ({
    ...sstTable(properties, { partition: 'hashKey', sort: 'rangeKey' }),
    timeToLive: textOf(at(properties, 'ttl')),
    stream: streamIn(properties, 'stream'),
    capacity: { mode: 'on-demand', isWritten: false },
  }),
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/table/ */
const PULUMI: TableConstruct = {
  framework: 'Pulumi',
  id: 0,
  properties: 1,
  nameKey: 'name',
  read(properties) {
    const types = typesOf(at(properties, 'attributes'), 'name', 'type')
    const named = (data: Data | undefined, property: string): readonly KeyAttribute[] | null => {
      if (!mayHave(data, property)) return []
      const name = textOf(at(data, property))
      return name === null || !isWhole(name) ? null : [{ name, type: types(name) }]
    }
    const keysIn = (
      data: Data | undefined,
      partition = named(data, 'hashKey'),
    ): ReturnType<typeof indexKeysOf> => {
      const sort = named(data, 'rangeKey')
      return partition && sort ? indexKeysOf(partition, sort) : null
    }
    const keys = tableKeysOf(keysIn(properties))
    const listed = (name: string, isLocal: boolean): readonly (IndexSchema | null)[] =>
      (listOf(at(properties, name)) ?? []).map((data) => {
        const indexName = textOf(at(data, 'name'))
        const own = isLocal
          ? keysIn(data, keys === null ? null : [keys.partitionKey])
          : keysIn(data)
        if (indexName === null || !isWhole(indexName) || own === null) return null
        const projection = projectionOf(at(data, 'projectionType'), at(data, 'nonKeyAttributes'))
        return { name: indexName, ...own, projection }
      })
    const isOpen = (name: string): boolean =>
      mayHave(properties, name) && listOf(at(properties, name)) === null
    const mode = one(at(properties, 'billingMode'))
    return {
      keys,
      indexes: [
        ...listed('globalSecondaryIndexes', false),
        ...listed('localSecondaryIndexes', true),
      ],
      hasMoreIndexes: isOpen('globalSecondaryIndexes') || isOpen('localSecondaryIndexes'),
      timeToLive: textOf(at(properties, 'ttl', 'attributeName')),
      stream: mayHave(properties, 'streamEnabled')
        ? streamOf(at(properties, 'streamViewType'))
        : 'none',
      capacity:
        mode === 'PAY_PER_REQUEST'
          ? { mode: 'on-demand', isWritten: true }
          : mode === undefined && mayHave(properties, 'billingMode')
            ? null
            : { mode: 'provisioned', isWritten: mode !== undefined },
    }
  },
}
