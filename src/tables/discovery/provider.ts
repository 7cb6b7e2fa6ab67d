import { at, listOf, textOf } from '../../infrastructure/data.ts'
import type { Data } from '../../infrastructure/data.ts'
import type { IndexSchema, KeyAttribute } from '../schema.ts'
import { indexesIn } from './constructs/construct.ts'
import type { ReadConstruct } from './constructs/construct.ts'
import {
  capacityOf,
  indexKeysOf,
  keySchemaOf,
  projectionOf,
  property,
  streamOf,
  tableKeysOf,
  typesOf,
} from './keys.ts'
import type { IndexKeys } from './keys.ts'
import { isWhole } from './names.ts'

/** How what is built on Terraform's AWS provider spells the properties of a table. */
export interface ProviderWords {
  readonly attributes: string
  readonly partition: string
  readonly sort: string
  /** In place of these two, for several attributes of a role. */
  readonly keySchema: string
  readonly global: string
  readonly local: string
  readonly projection: string
  readonly projected: string
  readonly streamEnabled: string
  readonly streamView: string
  readonly billing: string
  readonly timeToLive: (properties: Data | undefined) => Data | undefined
}

/**
 * A table as Terraform's AWS provider has it, by whatever words.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table
 */
export function providerTable(properties: Data | undefined, words: ProviderWords): ReadConstruct {
  const types = typesOf(at(properties, words.attributes), 'name', 'type')
  const named = (data: Data | undefined, key: string): readonly KeyAttribute[] | null => {
    const written = property(data, key)
    if (written === undefined) return []
    const name = textOf(written)
    return name === null || !isWhole(name) ? null : [{ name, type: types(name) }]
  }
  const keysIn = (
    data: Data | undefined,
    partition = named(data, words.partition),
  ): IndexKeys | null => {
    const schema = property(data, words.keySchema)
    if (schema !== undefined) return keySchemaOf(schema, types)
    const sort = named(data, words.sort)
    return partition && sort ? indexKeysOf(partition, sort) : null
  }
  const keys = tableKeysOf(keysIn(properties))
  const index = (data: Data, own: IndexKeys | null): IndexSchema | null => {
    const name = textOf(at(data, 'name'))
    if (name === null || !isWhole(name) || own === null) return null
    const type = at(data, words.projection)
    return { name, ...own, projection: projectionOf(type, at(data, words.projected)) }
  }
  const hasStream = property(properties, words.streamEnabled)
  return {
    keys,
    ...indexesIn(properties, {
      [words.global]: (data) => index(data, keysIn(data)),
      [words.local]: (data) => index(data, keys && keysIn(data, [keys.partitionKey])),
    }),
    timeToLive: textOf(words.timeToLive(properties)),
    stream:
      hasStream === undefined || hasStream === false
        ? 'none'
        : streamOf(at(properties, words.streamView)),
    capacity: capacityOf(property(properties, words.billing)),
  }
}

/** The words of Terraform's language. */
export const TERRAFORM_WORDS: ProviderWords = {
  attributes: 'attribute',
  partition: 'hash_key',
  sort: 'range_key',
  keySchema: 'key_schema',
  global: 'global_secondary_index',
  local: 'local_secondary_index',
  projection: 'projection_type',
  projected: 'non_key_attributes',
  streamEnabled: 'stream_enabled',
  streamView: 'stream_view_type',
  billing: 'billing_mode',
  timeToLive(properties) {
    const ttl = listOf(at(properties, 'ttl'))?.[0]
    return at(ttl, 'enabled') === false ? undefined : at(ttl, 'attribute_name')
  },
}

/** https://registry.terraform.io/modules/terraform-aws-modules/dynamodb-table/aws/latest */
export const TERRAFORM_MODULE_WORDS: ProviderWords = {
  ...TERRAFORM_WORDS,
  attributes: 'attributes',
  global: 'global_secondary_indexes',
  local: 'local_secondary_indexes',
  timeToLive: (properties) =>
    at(properties, 'ttl_enabled') === true ? at(properties, 'ttl_attribute_name') : undefined,
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/table/ */
export const PULUMI_WORDS: ProviderWords = {
  attributes: 'attributes',
  partition: 'hashKey',
  sort: 'rangeKey',
  keySchema: 'keySchemas',
  global: 'globalSecondaryIndexes',
  local: 'localSecondaryIndexes',
  projection: 'projectionType',
  projected: 'nonKeyAttributes',
  streamEnabled: 'streamEnabled',
  streamView: 'streamViewType',
  billing: 'billingMode',
  timeToLive: (properties) => at(properties, 'ttl', 'attributeName'),
}
