import { isDescribed } from './check-attribute.ts'
import type { ValueFormat } from './check-attribute.ts'
import type { RequestFinding, RequestFindingCode } from './finding.ts'
import { memberOf, textOf } from './given.ts'
import type { Given, GivenMember, Path } from './given.ts'
import { MOST_KEY_ATTRIBUTES } from './limits.ts'
import type { OperationKind } from './operation-kind.ts'
import { entriesOf } from './entries.ts'

const NO_MATCH = 'The provided key element does not match the schema'

const EMPTY =
  'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: '

/**
 * Keys that no table has: without attributes, with too many, or with values that no key may have. A document client that
 * is given `{ S: 'x' }` for the value of a key sends a map.
 *
 * @see HowItWorks.CoreComponents.html
 */
export function checkKeys(
  kind: OperationKind,
  request: Given,
  format: ValueFormat | null,
): readonly RequestFinding[] {
  const entries = entriesOf(kind, request)
  const keys = entries.flatMap(({ keys }) => keys)
  const items = entries.flatMap(({ items }) => items)
  return [
    ...keys.flatMap(({ given, path }) => checkKey(given, path, format)),
    ...startKey(request, format),
    ...(format === 'document' ? items.flatMap(({ given, path }) => checkItem(given, path)) : []),
    ...(format === 'document' ? keyConditionValues(request) : []),
  ]
}

function checkKey(given: Given, path: Path, format: ValueFormat | null): readonly RequestFinding[] {
  if (given.kind !== 'object') return []
  const certain = [...given.members.values()].filter(({ isCertain }) => isCertain)
  if (given.members.size === 0 && !given.isOpen) return [found('keyValue', path, NO_MATCH)]
  if (certain.length > MOST_KEY_ATTRIBUTES)
    return [found('keyValue', path, 'The number of conditions on the keys is invalid')]
  return keyValues(given.members, path, format)
}

function startKey(request: Given, format: ValueFormat | null): readonly RequestFinding[] {
  const member = memberOf(request, 'ExclusiveStartKey')
  if (member.state !== 'present' || member.value.kind !== 'object') return []
  return keyValues(member.value.members, ['ExclusiveStartKey'], format)
}

function keyValues(
  members: ReadonlyMap<string, GivenMember>,
  path: Path,
  format: ValueFormat | null,
): readonly RequestFinding[] {
  if (format === null) return []
  return [...members].flatMap(([name, { value }]): readonly RequestFinding[] => {
    const given = value()
    const at = [...path, name]
    if (isEmptyText(given, format)) return [found('keyValue', at, `${EMPTY}${name}`)]
    if (format === 'document' && isDescribed(given)) return [found('describedValue', at, NO_MATCH)]
    return isNoKey(given, format) ? [found('keyValue', at, NO_MATCH)] : []
  })
}

function isEmptyText(given: Given, format: ValueFormat): boolean {
  if (format === 'document') return given.kind === 'text' && given.value === ''
  return given.kind === 'object' && !given.isOpen && textOf(given, 'S') === ''
}

/** Only strings, numbers and binary data are keys. */
function isNoKey(given: Given, format: ValueFormat): boolean {
  if (given.kind === 'either') return given.of.every((option) => isNoKey(option, format))
  if (format === 'document')
    return given.kind === 'boolean' || given.kind === 'null' || given.kind === 'list'
  if (given.kind !== 'object' || given.isOpen) return false
  const [type, ...others] = given.members.keys()
  return (
    others.length === 0 &&
    ['BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M'].includes(type ?? '') &&
    [...given.members.values()].every(({ isCertain }) => isCertain)
  )
}

/** Whatever the key of the table is, its value in this item is a map. */
function checkItem(given: Given, path: Path): readonly RequestFinding[] {
  if (given.kind !== 'object' || given.isOpen || given.members.size === 0) return []
  const isWhole = [...given.members.values()].every(({ value }) => isDescribed(value()))
  return isWhole
    ? [
        found(
          'describedValue',
          path,
          'One or more parameter values were invalid: Type mismatch for key',
        ),
      ]
    : []
}

/** The values that a key condition compares keys with. */
function keyConditionValues(request: Given): readonly RequestFinding[] {
  const condition = textOf(request, 'KeyConditionExpression')
  const values = memberOf(request, 'ExpressionAttributeValues')
  if (condition === null || values.state !== 'present' || values.value.kind !== 'object') return []
  const { members } = values.value
  return [...new Set(condition.match(/:\w+/g))].flatMap((placeholder) => {
    const member = members.get(placeholder)
    return member && isDescribed(member.value())
      ? [
          found(
            'describedValue',
            ['ExpressionAttributeValues', placeholder],
            'One or more parameter values were invalid: Condition parameter type does not match schema type',
          ),
        ]
      : []
  })
}

function found(code: RequestFindingCode, path: Path, message: string): RequestFinding {
  return { code, message, path, at: 'value', subject: String(path.at(-1) ?? '') }
}
