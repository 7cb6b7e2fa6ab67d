/** The ten types of DynamoDB. @see HowItWorks.NamingRulesDataTypes.html */
export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M'

/**
 * An attribute value as far as it is known. Without `value` only its type is known; of `unknown`
 * not even that; `malformed` is known to be no attribute value. S and N are text, B is base64.
 */
export type AttributeValue =
  | { readonly type: 'S' | 'N' | 'B'; readonly value?: string }
  | { readonly type: 'BOOL' | 'NULL'; readonly value?: boolean }
  | { readonly type: 'SS' | 'NS' | 'BS'; readonly value?: readonly (string | undefined)[] }
  | { readonly type: 'L'; readonly value?: readonly AttributeValue[] }
  | { readonly type: 'M'; readonly value?: ReadonlyMap<string, AttributeValue> }
  | { readonly type: 'unknown' }
  | { readonly type: 'malformed'; readonly problem: 'empty' | 'several' }

export const unknownValue: AttributeValue = { type: 'unknown' }

const types: ReadonlySet<string> = new Set<AttributeType>([
  'S',
  'N',
  'B',
  'BOOL',
  'NULL',
  'SS',
  'NS',
  'BS',
  'L',
  'M',
])

export function isAttributeType(text: string): text is AttributeType {
  return types.has(text)
}

/**
 * Reads an attribute value from the JSON of the low-level interface, such as `{ S: 'x' }`. What has
 * another shape than its type asks for is `unknown`; anything may be given.
 *
 * @see Programming.LowLevelAPI.html
 */
export function attributeValueFromJson(json: unknown): AttributeValue {
  if (typeof json !== 'object' || json === null) return unknownValue
  const members = Object.entries(json).filter(([, value]) => value !== undefined)
  const [member, ...rest] = members
  if (!member) return { type: 'malformed', problem: 'empty' }
  if (rest.length > 0) return { type: 'malformed', problem: 'several' }
  const [type, value] = member as [string, unknown]
  switch (type) {
    case 'S':
    case 'N':
    case 'B':
      return typeof value === 'string' ? { type, value } : { type }
    case 'BOOL':
    case 'NULL':
      return typeof value === 'boolean' ? { type, value } : { type }
    case 'SS':
    case 'NS':
    case 'BS':
      if (!Array.isArray(value)) return { type }
      return { type, value: value.map((entry) => (typeof entry === 'string' ? entry : undefined)) }
    case 'L':
      return Array.isArray(value) ? { type, value: value.map(attributeValueFromJson) } : { type }
    case 'M': {
      if (typeof value !== 'object' || value === null) return { type }
      const entries = Object.entries(value).map(
        ([key, entry]) => [key, attributeValueFromJson(entry)] as const,
      )
      return { type, value: new Map(entries) }
    }
    default:
      return unknownValue
  }
}

/** The type of a value, where it is known. */
export function knownType(value: AttributeValue | undefined): AttributeType | undefined {
  if (!value || value.type === 'unknown' || value.type === 'malformed') return undefined
  return value.type
}

/**
 * Compares two values of one type S, N or B in the order of DynamoDB: text and binary by their bytes,
 * numbers by their size.
 *
 * @returns below, at or above zero; undefined where either value or the order is unknown
 */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if (a.type === 'S' && b.type === 'S') {
    if (a.value === undefined || b.value === undefined) return undefined
    return compareLists(codePoints(a.value), codePoints(b.value))
  }
  if (a.type === 'B' && b.type === 'B') {
    const left = bytes(a.value)
    const right = bytes(b.value)
    return left && right && compareLists(left, right)
  }
  if (a.type === 'N' && b.type === 'N') {
    const left = a.value === undefined ? undefined : parseDecimal(a.value)
    const right = b.value === undefined ? undefined : parseDecimal(b.value)
    return left && right && compareDecimals(left, right)
  }
  return undefined
}

/** Code points sort as their UTF-8 bytes do. */
function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0)
}

function bytes(base64: string | undefined): number[] | undefined {
  if (base64 === undefined || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined
  return [...Buffer.from(base64, 'base64')]
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right === undefined) return 1
    if (left !== right) return left - right
  }
  return a.length - b.length
}

/** A number as `sign × 0.digits × 10^exponent`, `digits` without zeros at either end. */
export interface Decimal {
  readonly negative: boolean
  /** Empty for zero. */
  readonly digits: string
  readonly exponent: number
}

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/

/** Reads a number as DynamoDB writes it; undefined where the text is no number. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = decimal.exec(text)
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', power = '0'] = match
  const all = whole + fraction
  if (all === '') return undefined
  const digits = all.replace(/^0+/, '')
  const leadingZeros = all.length - digits.length
  const trimmed = digits.replace(/0+$/, '')
  if (trimmed === '') return { negative: false, digits: '', exponent: 0 }
  const exponent = whole.length - leadingZeros + Number(power)
  return { negative: sign === '-', digits: trimmed, exponent }
}

function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.digits === '' || b.digits === '') return signOf(a) - signOf(b)
  if (a.negative !== b.negative) return a.negative ? -1 : 1
  const size = a.exponent - b.exponent || (a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0)
  return a.negative ? -size : size
}

function signOf(value: Decimal): number {
  if (value.digits === '') return 0
  return value.negative ? -1 : 1
}
