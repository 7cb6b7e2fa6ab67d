import type { RequestFinding } from './finding.ts'
import { memberOf, textOf } from './given.ts'
import type { Given, Path } from './given.ts'

/**
 * Keys of a new table and of its indexes that its attribute definitions do not carry, and definitions that no key uses.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
 */
export function checkDefinitions(request: Given): readonly RequestFinding[] {
  const defined = textsIn(request, 'AttributeDefinitions')
  const schemas = keySchemas(request)
  const own = schemas.flatMap(({ keys, path }): readonly RequestFinding[] => {
    const message = keys === null ? null : wrongSchema(keys, defined)
    return message === null ? [] : [found(message, path)]
  })
  if (own.length > 0 || defined === null) return own
  const used = schemas.flatMap(({ keys }) => keys?.map(({ name }) => name) ?? [null])
  const isKnown = !used.includes(null) && hasNoMore(request)
  const unused = isKnown ? defined.filter((name) => !used.includes(name)) : []
  const message =
    'One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions'
  return unused.length > 0 ? [found(message, ['AttributeDefinitions'])] : []
}

interface KeyElement {
  readonly name: string | null
  readonly type: string | null
}

interface WrittenSchema {
  /** null where it may have more elements than are known. */
  readonly keys: readonly KeyElement[] | null
  readonly path: Path
}

const INDEXES = ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'] as const

function keySchemas(request: Given): readonly WrittenSchema[] {
  const ofIndexes = INDEXES.flatMap((member) => {
    const indexes = memberOf(request, member)
    if (indexes.state === 'absent') return []
    if (indexes.state === 'maybe' || indexes.value.kind !== 'list')
      return [{ keys: null, path: [] }]
    const { items, isOpen } = indexes.value
    const schemas = items.map((index, position) => schemaIn(index, [member, position]))
    return isOpen ? [...schemas, { keys: null, path: [] }] : schemas
  })
  return [schemaIn(request, []), ...ofIndexes]
}

function schemaIn(given: Given, path: Path): WrittenSchema {
  const member = memberOf(given, 'KeySchema')
  const keys =
    member.state === 'present' && member.value.kind === 'list' && !member.value.isOpen
      ? member.value.items.map((element) => ({
          name: textOf(element, 'AttributeName'),
          type: textOf(element, 'KeyType'),
        }))
      : null
  return { keys, path: [...path, 'KeySchema'] }
}

function wrongSchema(
  keys: readonly KeyElement[],
  defined: readonly string[] | null,
): string | null {
  const names = keys.map(({ name }) => name)
  if (defined !== null && names.some((name) => name !== null && !defined.includes(name)))
    return `One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`
  const [partition, sort] = keys
  if (partition && sort && partition.name !== null && partition.name === sort.name)
    return 'Both the Hash Key and the Range Key element in the KeySchema have the same name'
  return partition?.type === 'RANGE'
    ? 'Invalid KeySchema: The first KeySchemaElement is not a HASH key type'
    : null
}

/** The names of a list of definitions; null where there may be others. */
function textsIn(request: Given, member: string): readonly string[] | null {
  const list = memberOf(request, member)
  if (list.state !== 'present' || list.value.kind !== 'list' || list.value.isOpen) return null
  const names = list.value.items.map((item) => textOf(item, 'AttributeName'))
  const known = names.filter((name) => name !== null)
  return known.length === names.length ? known : null
}

/** No index of another kind may use a definition. */
function hasNoMore(request: Given): boolean {
  return memberOf(request, 'VectorIndexes').state === 'absent'
}

function found(message: string, path: Path): RequestFinding {
  return { code: 'keyDefinition', message, path, at: 'value', subject: '' }
}
