import type { FindingCode } from '../findings.ts'
import type { AttributeNames, AttributeValues } from '../placeholders.ts'
import { invalidValue } from './values.ts'

/** A finding in one of the two maps of placeholders. */
export interface MapFinding {
  readonly code: FindingCode
  readonly message: string
  readonly map: 'names' | 'values'
  /** The entry that it is about. */
  readonly placeholder: string
}

/** UTF-8 bytes that the name of a `#placeholder` may have. @see Constraints.html */
const maximumNameSize = 255

/**
 * Placeholders that are written wrongly, and values that are no values.
 *
 * @see Expressions.ExpressionAttributeNames.html and Expressions.ExpressionAttributeValues.html
 */
export function checkMaps(
  names: AttributeNames | undefined,
  values: AttributeValues | undefined,
): MapFinding[] {
  const findings: MapFinding[] = []
  for (const placeholder of names?.entries.keys() ?? []) {
    const problem = invalidName(placeholder)
    if (!problem) continue
    const message = `ExpressionAttributeNames contains invalid key: ${problem}`
    findings.push({ code: 'invalidPlaceholder', message, map: 'names', placeholder })
  }
  for (const [placeholder, value] of values?.entries ?? []) {
    if (!/^:\w+$/.test(placeholder)) {
      const message = `ExpressionAttributeValues contains invalid key: Syntax error; key: "${placeholder}"`
      findings.push({ code: 'invalidPlaceholder', message, map: 'values', placeholder })
      continue
    }
    const problem = value && invalidValue(value)
    if (!problem) continue
    const message = `ExpressionAttributeValues contains invalid value: ${problem} for key ${placeholder}`
    findings.push({ code: 'invalidValue', message, map: 'values', placeholder })
  }
  return findings
}

function invalidName(placeholder: string): string | undefined {
  if (!/^#\w+$/.test(placeholder)) return `Syntax error; key: "${placeholder}"`
  const size = Buffer.byteLength(placeholder)
  return size > maximumNameSize ? `key too long; size of key: ${String(size)}` : undefined
}
