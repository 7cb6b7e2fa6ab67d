import type { ValueFormat } from '../clients/client-library.ts'
import { isAttributeType, unknownValue } from '../expressions/index.ts'
import type { AttributeValue } from '../expressions/index.ts'
import { alternatives } from '../project/term.ts'
import type { Term } from '../project/term.ts'
import { isClosed, viewOf } from '../project/view.ts'
import { isSettled } from './settled.ts'

/**
 * What DynamoDB is given for a value: as the document client turns it into an attribute value, or as the attribute value
 * that the low-level client takes. What several ways through the code give is known as far as they agree.
 */
export function attributeValueOf(term: Term, format: ValueFormat | null): AttributeValue {
  if (format === null) return unknownValue
  const read = format === 'document' ? documentValue : lowLevelValue
  const [first = unknownValue, ...others] = alternatives(term).map(read)
  if (others.length === 0) return first
  const isOneType = others.every(({ type }) => type === first.type)
  if (!isOneType || first.type === 'unknown' || first.type === 'malformed') return unknownValue
  return { type: first.type }
}

function documentValue(term: Term): AttributeValue {
  switch (term.kind) {
    case 'literal':
      return primitiveValue(term.value)
    case 'template':
    case 'joined':
      return { type: 'S' }
    case 'derived':
      return term.operator === 'JSON.stringify' || term.operator === 'toISOString'
        ? { type: 'S' }
        : unknownValue
    case 'array':
    case 'sequence':
      return { type: 'L' }
    case 'object':
      // `{ S: 'x' }` is likely the format of the other client, and not a map.
      return isDescriptor(term) ? unknownValue : { type: 'M' }
    default:
      return unknownValue
  }
}

function isDescriptor(term: Term): boolean {
  const view = viewOf(term)
  if (view === null || !isClosed(view) || view.fields.size !== 1) return false
  const [type] = view.fields.keys()
  return type !== undefined && isAttributeType(type)
}

function primitiveValue(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string':
      return { type: 'S', value }
    case 'number':
      return { type: 'N', value: String(value) }
    case 'boolean':
      return { type: 'BOOL', value }
    default:
      return value === null ? { type: 'NULL', value: true } : unknownValue
  }
}

function lowLevelValue(term: Term): AttributeValue {
  const view = term.kind === 'object' && isSettled(term) ? viewOf(term) : null
  if (view === null || !isClosed(view)) return unknownValue
  const [field, ...others] = view.fields.values()
  if (!field?.certain || others.length > 0) return unknownValue
  const inner = field.term()
  const value = inner.kind === 'literal' ? inner.value : undefined
  switch (field.key) {
    case 'S':
    case 'N':
    case 'B':
      return typeof value === 'string' && field.key !== 'B'
        ? { type: field.key, value }
        : { type: field.key }
    case 'BOOL':
    case 'NULL':
      return typeof value === 'boolean' ? { type: field.key, value } : { type: field.key }
    case 'SS':
    case 'NS':
    case 'BS':
    case 'L':
    case 'M':
      return { type: field.key }
    default:
      return unknownValue
  }
}
