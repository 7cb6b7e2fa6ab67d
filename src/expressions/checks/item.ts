import type { ItemFinding } from '../findings.ts'
import { keyAttributes, type KeyAttribute, type TableSchema } from '../schema.ts'
import { knownType, type AttributeType, type AttributeValue } from '../values.ts'

/** An item, or the key of one, as far as it is known. */
export interface KnownItem {
  readonly attributes: ReadonlyMap<string, KnownAttribute>
  /** Whether it may have attributes that are not given here. */
  readonly open: boolean
}

export interface KnownAttribute {
  readonly value: AttributeValue
  /** Whether the attribute is surely there. */
  readonly certain: boolean
}

const MISMATCH = 'The provided key element does not match the schema'
const INVALID = 'One or more parameter values were invalid:'

/**
 * What keeps a key from being one of a table: an attribute that is missing, foreign, of the wrong type, or empty. One that
 * is foreign stands for another that is missing.
 *
 * @param key the Key of a request, or one of the Keys of a batch
 * @see HowItWorks.CoreComponents.html#HowItWorks.CoreComponents.PrimaryKey
 */
export function checkKey(key: KnownItem, table: TableSchema): ItemFinding[] {
  const own = keyAttributes(table.key)
  const names = new Set(own.map(({ name }) => name))
  const extra = [...key.attributes].filter(([name, { certain }]) => certain && !names.has(name))
  const found = own.flatMap((attribute) => checkKeyAttribute(key, attribute, MISMATCH))
  return [
    ...found.filter(({ code }) => code !== 'keyMissing' || extra.length === 0),
    ...extra.map(([attribute]): ItemFinding => ({
      code: 'keyExtra',
      message: MISMATCH,
      attribute,
    })),
  ]
}

/**
 * What keeps an item from being put into a table: a key attribute that is missing, or one of the table or of an index that
 * has the wrong type or is empty.
 *
 * @param item the Item of a Put
 * @see GSI.html
 */
export function checkItem(item: KnownItem, table: TableSchema): ItemFinding[] {
  const own = keyAttributes(table.key)
  const seen = new Set(own.map(({ name }) => name))
  const findings = own.flatMap((attribute) => checkKeyAttribute(item, attribute, null))
  for (const [index, schema] of table.indexes) {
    for (const attribute of keyAttributes(schema)) {
      if (seen.has(attribute.name)) continue
      const found = checkIndexAttribute(item, attribute, index)
      if (found.length > 0) seen.add(attribute.name)
      findings.push(...found)
    }
  }
  return findings
}

/** @param mismatch what DynamoDB says of an attribute that is missing or of the wrong type; null for an item */
function checkKeyAttribute(
  { attributes, open }: KnownItem,
  { name, type: expected }: KeyAttribute,
  mismatch: string | null,
): ItemFinding[] {
  const found = attributes.get(name)
  if (!found) {
    const message = mismatch ?? `${INVALID} Missing the key ${name} in the item`
    return open ? [] : [{ code: 'keyMissing', message, attribute: name }]
  }
  const actual = knownType(found.value)
  if (actual && !mayBe(actual, expected)) {
    const message =
      mismatch ??
      `${INVALID} Type mismatch for key ${name} expected: ${expected ?? '…'} actual: ${actual}`
    return [{ code: 'keyType', message, attribute: name }]
  }
  const kind = emptyKind(found.value)
  if (kind === undefined) return []
  const message = `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${name}`
  return [{ code: 'emptyKeyValue', message, attribute: name }]
}

function checkIndexAttribute(
  { attributes }: KnownItem,
  { name, type: expected }: KeyAttribute,
  index: string,
): ItemFinding[] {
  const found = attributes.get(name)
  if (!found) return []
  const actual = knownType(found.value)
  if (actual && !mayBe(actual, expected)) {
    const message = `${INVALID} Type mismatch for Index Key ${name} Expected: ${expected ?? '…'} Actual: ${actual} IndexName: ${index}`
    return [{ code: 'indexKeyType', message, attribute: name }]
  }
  const kind = emptyKind(found.value)
  if (kind === undefined) return []
  const message = `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${kind} value. IndexName: ${index}, IndexKey: ${name}`
  return [{ code: 'emptyKeyValue', message, attribute: name }]
}

/** Any key is text, a number or binary. */
function mayBe(actual: AttributeType, expected: KeyAttribute['type']): boolean {
  return expected === undefined ? /^[SNB]$/.test(actual) : actual === expected
}

function emptyKind(value: AttributeValue): 'string' | 'binary' | undefined {
  if ((value.type !== 'S' && value.type !== 'B') || value.value !== '') return undefined
  return value.type === 'S' ? 'string' : 'binary'
}
