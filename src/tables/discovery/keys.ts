import { at, entriesOf, listOf, mapOf, textOf } from '../../infrastructure/data.ts'
import type { Data } from '../../infrastructure/data.ts'
import type { IndexSchema, KeyAttribute, TableSchema } from '../schema.ts'
import type { AnyDefinition, CapacityMode, StreamView } from './definition.ts'

/** What stands in data for the further properties of an object that is not known whole. */
export const OPEN_KEY = '...'

/** What is read of a table, in the words of `TableDefinition`; null for what is not known. */
export interface ReadTable extends Pick<AnyDefinition, 'id' | 'framework' | 'at' | 'names'> {
  readonly keys: Keys | null
  /** null: there may be more than the list says. */
  readonly indexes: readonly (IndexSchema | null)[]
  readonly hasMoreIndexes: boolean
  readonly timeToLive: string | null
  readonly stream: StreamView | 'none' | null
  readonly capacity: CapacityMode | null
}

export type Keys = Pick<TableSchema, 'partitionKey' | 'sortKey'>

/** A definition of what was read; one without keys where these are not known. */
export function definitionOf(read: ReadTable): AnyDefinition {
  const { id, framework, at: place, names, keys } = read
  if (keys === null) return { id, framework, at: place, names, why: 'its key is not known' }
  const indexes = read.indexes.filter((index) => index !== null)
  return {
    id,
    framework,
    at: place,
    names,
    name: names.find((name) => !name.includes('\0')) ?? id,
    ...keys,
    indexes,
    hasMoreIndexes: read.hasMoreIndexes || indexes.length < read.indexes.length,
    items: null,
    averageItemBytes: null,
    small: false,
    runningNumbers: false,
    certainty: 'defined',
    timeToLive: read.timeToLive,
    stream: read.stream,
    capacity: read.capacity,
  }
}

export type TypeOf = (attribute: string) => KeyAttribute['type']

/** What an `AttributeDefinitions` list says of types. */
export function typesOf(definitions: Data | undefined, nameKey: string, typeKey: string): TypeOf {
  const types = new Map<string, KeyAttribute['type']>()
  for (const each of listOf(definitions) ?? []) {
    const name = textOf(at(each, nameKey))
    const type = typeFrom(at(each, typeKey))
    if (name !== null && type !== null) types.set(name, type)
  }
  return (attribute) => types.get(attribute) ?? null
}

/** `S`, `STRING`, `string`, `N`, … */
export function typeFrom(data: Data | undefined): KeyAttribute['type'] {
  switch (textOf(data)?.toLowerCase()) {
    case 's':
    case 'string':
      return 'S'
    case 'n':
    case 'number':
      return 'N'
    case 'b':
    case 'binary':
      return 'B'
    default:
      return null
  }
}

/** The key of an index, which may have several attributes of a role. */
export type IndexKeys = Pick<
  IndexSchema,
  'partitionKey' | 'sortKey' | 'morePartitionKeys' | 'moreSortKeys'
>

/** A key of attributes by role; null where there is no partition key. */
export function indexKeysOf(
  partition: readonly KeyAttribute[],
  sort: readonly KeyAttribute[],
): IndexKeys | null {
  const [partitionKey, ...morePartitionKeys] = partition
  const [sortKey = null, ...moreSortKeys] = sort
  if (partitionKey === undefined) return null
  return {
    partitionKey,
    sortKey,
    ...(morePartitionKeys.length > 0 ? { morePartitionKeys } : {}),
    ...(moreSortKeys.length > 0 ? { moreSortKeys } : {}),
  }
}

/** How CloudFormation, code and Terraform spell the two properties of an element. */
const ATTRIBUTE_NAMES = ['AttributeName', 'attributeName', 'attribute_name']
const KEY_TYPES = ['KeyType', 'keyType', 'key_type']

/**
 * The key that a `KeySchema` spells; null where not each of its elements is known.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-table-keyschema.html
 */
export function keySchemaOf(schema: Data | undefined, typeOf: TypeOf): IndexKeys | null {
  const roles: Record<'HASH' | 'RANGE', KeyAttribute[]> = { HASH: [], RANGE: [] }
  for (const each of listOf(schema) ?? []) {
    const [name = null, role = null] = [ATTRIBUTE_NAMES, KEY_TYPES].map((words) =>
      textOf(words.map((word) => at(each, word)).find((held) => held !== undefined)),
    )
    if (name === null || name === '' || name.includes('\0')) return null
    if (role !== 'HASH' && role !== 'RANGE') return null
    roles[role].push({ name, type: typeOf(name) })
  }
  return indexKeysOf(roles.HASH, roles.RANGE)
}

/** The key of a table: one attribute of each role. */
export function tableKeysOf(keys: IndexKeys | null): Keys | null {
  if (keys === null || keys.morePartitionKeys || keys.moreSortKeys) return null
  return { partitionKey: keys.partitionKey, sortKey: keys.sortKey }
}

/** What an index projects: `type` as `ALL`, `all`, `KEYS_ONLY` or `keys_only`, `INCLUDE` with a list of names. */
export function projectionOf(
  type: Data | undefined,
  names: Data | undefined,
): IndexSchema['projection'] {
  const word = textOf(type)?.toUpperCase().replace('-', '_')
  if (word === 'ALL' || word === 'KEYS_ONLY') return word
  const listed = listOf(names)?.map((name) => textOf(name))
  if (word !== undefined && word !== 'INCLUDE') return null
  return listed?.every((name) => name !== null) && word === 'INCLUDE' ? listed : null
}

/** Which images a stream carries, by the service's word. */
export function streamOf(data: Data | undefined): StreamView | null {
  const word = textOf(data)?.toUpperCase().replaceAll('-', '_')
  return STREAM_VIEWS.find((view) => view === word) ?? null
}

const STREAM_VIEWS = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] as const

/**
 * How a table is paid for, by the service's word; a table of which nothing is said is provisioned.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html#cfn-dynamodb-table-billingmode
 *
 * @param mode undefined where it surely is not written, null where it is not known
 */
export function capacityOf(mode: Data | undefined): CapacityMode | null {
  if (mode === undefined) return { mode: 'provisioned', isWritten: false }
  if (mode === 'PAY_PER_REQUEST') return { mode: 'on-demand', isWritten: true }
  return mode === 'PROVISIONED' ? { mode: 'provisioned', isWritten: true } : null
}

/** Whether an object that code builds may have a property that is not seen. */
export function mayHave(data: Data | undefined, key: string): boolean {
  const map = mapOf(data)
  return map === null || Object.hasOwn(map, key) || Object.hasOwn(map, OPEN_KEY)
}

/** What a property holds: null where that is not known, undefined where it surely is not there. */
export function property(data: Data | undefined, key: string): Data | undefined {
  return mayHave(data, key) ? (at(data, key) ?? null) : undefined
}

/** The properties of a map, without the mark that there may be more. */
export function propertiesOf(data: Data | undefined): readonly (readonly [string, Data])[] {
  return entriesOf(data).filter(([key]) => key !== OPEN_KEY)
}
