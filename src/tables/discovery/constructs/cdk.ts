import { at, listOf, textOf } from '../../../infrastructure/data.ts'
import type { Data } from '../../../infrastructure/data.ts'
import type { IndexSchema, KeyAttribute } from '../../schema.ts'
import type { CapacityMode } from '../definition.ts'
import {
  capacityOf,
  indexKeysOf,
  keySchemaOf,
  mayHave,
  projectionOf,
  property,
  streamOf,
  tableKeysOf,
  typeFrom,
  typesOf,
} from '../keys.ts'
import type { Keys, TypeOf } from '../keys.ts'
import { isWhole } from '../names.ts'
import { indexesIn, streamIn } from './construct.ts'
import type { TableConstruct } from './construct.ts'

function key(data: Data | undefined): KeyAttribute | null {
  const name = textOf(at(data, 'name'))
  return name !== null && isWhole(name) ? { name, type: typeFrom(at(data, 'type')) } : null
}

/** One key attribute, or none where there surely is none; undefined where that is not known. */
function optionalKey(data: Data | undefined, name: string): KeyAttribute | null | undefined {
  const written = property(data, name)
  return written === undefined ? null : (key(written) ?? undefined)
}

function keysFrom(properties: Data | undefined): Keys | null {
  const partitionKey = key(at(properties, 'partitionKey'))
  const sortKey = optionalKey(properties, 'sortKey')
  return partitionKey === null || sortKey === undefined ? null : { partitionKey, sortKey }
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

const CDK_TABLE: TableConstruct = {
  framework: 'AWS CDK',
  id: 1,
  properties: 2,
  nameKey: 'tableName',
  read: (properties) => ({
    keys: keysFrom(properties),
    indexes: [],
    hasMoreIndexes: false,
    timeToLive: textOf(at(properties, 'timeToLiveAttribute')),
    // A table that is replicated has a stream, whether it is written or not.
    stream: mayHave(properties, 'replicationRegions')
      ? 'NEW_AND_OLD_IMAGES'
      : streamIn(properties, 'stream'),
    capacity: capacityOf(property(properties, 'billingMode')),
  }),
}

const CDK_TABLE_V2: TableConstruct = {
  ...CDK_TABLE,
  read(properties) {
    const keys = keysFrom(properties)
    return {
      keys,
      ...indexesIn(properties, {
        globalSecondaryIndexes: (index) => cdkIndex(index, null),
        localSecondaryIndexes: (index) => keys && cdkIndex(index, keys.partitionKey),
      }),
      timeToLive: textOf(at(properties, 'timeToLiveAttribute')),
      stream: mayHave(properties, 'replicas')
        ? 'NEW_AND_OLD_IMAGES'
        : streamIn(properties, 'dynamoStream'),
      capacity: billingIn(properties),
    }
  },
}

/** `Billing.onDemand()`, which is what counts where nothing is said, or `Billing.provisioned(…)`. */
function billingIn(properties: Data | undefined): CapacityMode | null {
  const billing = property(properties, 'billing')
  if (billing === undefined) return { mode: 'on-demand', isWritten: false }
  if (at(billing, 'onDemand') !== undefined) return { mode: 'on-demand', isWritten: true }
  return at(billing, 'provisioned') === undefined ? null : { mode: 'provisioned', isWritten: true }
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_dynamodb.CfnTable.html */
const CDK_CFN_TABLE: TableConstruct = {
  ...CDK_TABLE,
  read(properties) {
    const types = typesOf(at(properties, 'attributeDefinitions'), 'attributeName', 'attributeType')
    const index = (data: Data): IndexSchema | null => lowerIndex(data, types)
    return {
      keys: tableKeysOf(keySchemaOf(at(properties, 'keySchema'), types)),
      ...indexesIn(properties, { globalSecondaryIndexes: index, localSecondaryIndexes: index }),
      timeToLive: textOf(at(properties, 'timeToLiveSpecification', 'attributeName')),
      stream: mayHave(properties, 'streamSpecification')
        ? streamOf(at(properties, 'streamSpecification', 'streamViewType'))
        : 'none',
      capacity: capacityOf(property(properties, 'billingMode')),
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

/** How a class of the CDK spells a table; null where it is none. */
export function cdkTable(name: string): TableConstruct | null {
  return Object.hasOwn(CDK, name) ? (CDK[name] ?? null) : null
}
