import { parseDecimal, type AttributeValue } from '../values.ts'

/** Significant digits of a number. @see Constraints.html */
const maximumDigits = 38
/** A number is below 10 to this power. */
const maximumExponent = 126
/** The smallest number is 10 to this power. */
const minimumExponent = -130
/** Maps and lists around one value. */
const maximumNesting = 31

/**
 * What makes a value one that DynamoDB refuses, in its own words; undefined where nothing is known to.
 *
 * @see HowItWorks.NamingRulesDataTypes.html
 */
export function invalidValue(value: AttributeValue): string | undefined {
  return invalidWithin(value, 0)
}

function invalidWithin(value: AttributeValue, depth: number): string | undefined {
  if (depth > maximumNesting) {
    return 'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit'
  }
  switch (value.type) {
    case 'unknown':
    case 'S':
    case 'B':
    case 'BOOL':
      return undefined
    case 'malformed':
      return value.problem === 'empty'
        ? 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'
        : 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes'
    case 'NULL':
      return value.value === false
        ? 'One or more parameter values were invalid: Null attribute value types must have the value of true'
        : undefined
    case 'N':
      return value.value === undefined ? undefined : invalidNumber(value.value)
    case 'SS':
    case 'NS':
    case 'BS':
      return value.value && invalidSet(value.type, value.value)
    case 'L':
      return firstProblem(value.value ?? [], depth)
    case 'M':
      return firstProblem(value.value?.values() ?? [], depth)
  }
}

function firstProblem(values: Iterable<AttributeValue>, depth: number): string | undefined {
  for (const value of values) {
    const problem = invalidWithin(value, depth + 1)
    if (problem) return problem
  }
  return undefined
}

function invalidNumber(text: string): string | undefined {
  const number = parseDecimal(text)
  if (!number) {
    return text === ''
      ? 'The parameter cannot be converted to a numeric value'
      : `The parameter cannot be converted to a numeric value: ${text}`
  }
  if (number.digits === '') return undefined
  if (number.exponent > maximumExponent) {
    return 'Number overflow. Attempting to store a number with magnitude larger than supported range'
  }
  if (number.exponent <= minimumExponent) {
    return 'Number underflow. Attempting to store a number with magnitude smaller than supported range'
  }
  return number.digits.length > maximumDigits
    ? 'Attempting to store more than 38 significant digits in a Number'
    : undefined
}

function invalidSet(
  type: 'SS' | 'NS' | 'BS',
  entries: readonly (string | undefined)[],
): string | undefined {
  const start = 'One or more parameter values were invalid:'
  if (entries.length === 0) {
    if (type === 'BS') return `${start} Binary sets should not be empty`
    return `${start} An ${type === 'SS' ? 'string' : 'number'} set  may not be empty`
  }
  const known = entries.filter((entry) => entry !== undefined)
  if (type === 'NS') {
    for (const entry of known) {
      const problem = invalidNumber(entry)
      if (problem) return problem
    }
  }
  const distinct = new Set(type === 'NS' ? known.map(canonicalNumber) : known)
  if (distinct.size === known.length) return undefined
  if (type === 'NS') return 'Input collection contains duplicates'
  const listed = `[${entries.map((entry) => entry ?? '…').join(', ')}]`
  return type === 'SS'
    ? `${start} Input collection ${listed} contains duplicates.`
    : `${start} Input collection ${listed}of type BS contains duplicates.`
}

/** Numbers written in different ways are one number. */
function canonicalNumber(text: string): string {
  const number = parseDecimal(text)
  if (!number) return text
  return `${number.negative ? '-' : ''}${number.digits}e${String(number.exponent)}`
}
