import { isAttributeType, parseDecimal } from '../expressions/values.ts'
import type { RequestFinding, RequestFindingCode } from './finding.ts'
import { isLeftOut } from './given.ts'
import type { Given, GivenObject, Path } from './given.ts'

/** `5` and `'x'` as they are, or `{ N: '5' }` and `{ S: 'x' }`. */
export type ValueFormat = 'document' | 'attribute-value'

/** Deeper than this, the parts of a value are not looked at: an object may hold itself. */
const DEEPEST = 8

/**
 * What is wrong with the value of an attribute: a plain value where the client takes attribute values, or an attribute
 * value that says nothing, or too much. Of what a document client is given, `checkKeys` knows what cannot be meant.
 *
 * @see Programming.LowLevelAPI.html
 */
export function checkAttribute(
  given: Given,
  path: Path,
  format: ValueFormat,
): readonly RequestFinding[] {
  return format === 'document' ? [] : lowLevel(given, path, 0)
}

function lowLevel(given: Given, path: Path, depth: number): readonly RequestFinding[] {
  if (depth > DEEPEST) return []
  switch (given.kind) {
    case 'unknown':
    case 'undefined':
    case 'null':
      return []
    case 'either': {
      const all = given.of.map((option) => lowLevel(option, path, depth))
      return all.every((findings) => findings.length > 0) ? (all[0] ?? []) : []
    }
    case 'text':
    case 'number':
    case 'boolean':
    case 'list':
      return [found('plainValue', path, null)]
    case 'object':
      return described(given, path, depth)
  }
}

function described(given: GivenObject, path: Path, depth: number): readonly RequestFinding[] {
  const entries = [...given.members].filter(([, { value }]) => value().kind !== 'undefined')
  if (given.isOpen) return []
  if (entries.length === 0) {
    const message =
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'
    return given.members.size === 0 ? [found('invalidValue', path, message)] : []
  }
  if (entries.every(([name]) => !isAttributeType(name))) return [found('plainValue', path, null)]
  const certain = entries.filter(([, { isCertain }]) => isCertain)
  if (certain.length > 1) {
    const message =
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes'
    return [found('invalidValue', path, message)]
  }
  return entries.flatMap(([type, { value }]) => ofType(type, value(), [...path, type], depth))
}

function ofType(type: string, given: Given, path: Path, depth: number): readonly RequestFinding[] {
  if (given.kind === 'unknown' || given.kind === 'either' || isLeftOut(given)) return []
  const invalid = (message: string): readonly RequestFinding[] => [
    found('invalidValue', path, message),
  ]
  switch (type) {
    case 'S':
    case 'N':
      if (given.kind === 'number') return invalid(`NUMBER_VALUE cannot be converted to String`)
      if (given.kind === 'boolean')
        return invalid(
          `${given.value === false ? 'FALSE' : 'TRUE'}_VALUE cannot be converted to String`,
        )
      if (given.kind !== 'text')
        return invalid('Start of structure or map found where not expected')
      return type === 'N' && given.value !== null && !isNumber(given.value)
        ? invalid(`The parameter cannot be converted to a numeric value: ${given.value}`)
        : []
    case 'NULL':
      return given.kind === 'boolean' && given.value === false
        ? invalid(
            'One or more parameter values were invalid: Null attribute value types must have the value of true',
          )
        : []
    case 'SS':
    case 'NS':
    case 'BS':
      return set(type, given, path)
    case 'L':
      if (given.kind !== 'list') return invalid('Unexpected field type')
      return given.items.flatMap((item, index) => lowLevel(item, [...path, index], depth + 1))
    case 'M':
      if (given.kind !== 'object') return invalid('Unexpected field type')
      return [...given.members].flatMap(([name, { value }]) =>
        lowLevel(value(), [...path, name], depth + 1),
      )
    default:
      return []
  }
}

/** A word in capitals, as examples have it, is to be replaced. */
function isNumber(text: string): boolean {
  return (
    parseDecimal(text.trim()) !== undefined || /^[A-Z_\d]*[A-Z_]{2}[A-Z_\d]*$|[{}<>$%]/.test(text)
  )
}

const EMPTY_SETS = {
  SS: 'One or more parameter values were invalid: An string set  may not be empty',
  NS: 'One or more parameter values were invalid: An number set  may not be empty',
  BS: 'One or more parameter values were invalid: Binary sets should not be empty',
} as const

function set(type: keyof typeof EMPTY_SETS, given: Given, path: Path): readonly RequestFinding[] {
  if (given.kind !== 'list') return []
  if (given.items.length === 0)
    return given.isOpen ? [] : [found('invalidValue', path, EMPTY_SETS[type])]
  const texts = given.items.flatMap((item) =>
    item.kind === 'text' && item.value !== null ? [item.value] : [],
  )
  if (new Set(texts).size === texts.length) return []
  const message = `One or more parameter values were invalid: Input collection [${texts.join(', ')}] contains duplicates.`
  return [found('invalidValue', path, message)]
}

function found(code: RequestFindingCode, path: Path, message: string | null): RequestFinding {
  const subject = path.findLast((step) => typeof step === 'string') ?? ''
  return { code, message, path, at: 'value', subject }
}

/** An object that can only have been meant as an attribute value: `{ S: 'x' }`, `{ N: '5' }`. */
export function isDescribed(given: Given): boolean {
  if (given.kind === 'either') return given.of.every(isDescribed)
  if (given.kind !== 'object' || given.isOpen) return false
  const [entry, ...others] = given.members
  if (!entry || others.length > 0 || !entry[1].isCertain) return false
  const [type, member] = entry
  const { kind } = member.value()
  switch (type) {
    case 'S':
    case 'N':
      return kind === 'text' || kind === 'unknown'
    case 'BOOL':
    case 'NULL':
      return kind === 'boolean'
    case 'SS':
    case 'NS':
    case 'L':
      return kind === 'list'
    case 'M':
      return kind === 'object'
    default:
      return false
  }
}
