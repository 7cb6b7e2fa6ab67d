import type { Primitive } from '../../facts/model.ts'
import { valueOf } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'

/** A comparison with a literal, as a question whether something is there. */
export interface CountTest {
  /** `index`: of a place in a list, which is -1 where there is none. */
  readonly of: 'count' | 'index'
  readonly holds: boolean
}

const TURNED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/**
 * What `value operator literal` asks, where it comes out as `holds`: whether the value is there (`!== null`, `> 0`,
 * `=== true`); null where it asks anything else.
 *
 * @param turned the literal stands on the left
 */
export function countTest(
  operator: string,
  literal: Primitive,
  turned: boolean,
  holds: boolean,
): CountTest | null {
  const comparator = turned ? (TURNED[operator] ?? operator) : operator
  const isEqual = comparator === '===' || comparator === '=='
  const isUnequal = comparator === '!==' || comparator === '!='
  if (literal === undefined || literal === null || literal === false)
    return isEqual || isUnequal ? { of: 'count', holds: isUnequal === holds } : null
  if (literal === true)
    return isEqual || isUnequal ? { of: 'count', holds: isEqual === holds } : null
  if (typeof literal !== 'number') return null
  const asked = `${isEqual ? '=' : isUnequal ? '!' : comparator}${String(literal)}`
  switch (asked) {
    case '>0':
    case '>=1':
    case '!0':
      return { of: 'count', holds }
    case '=0':
    case '<1':
    case '<=0':
      return { of: 'count', holds: !holds }
    case '=1':
      return holds ? { of: 'count', holds } : null
    case '!1':
      return holds ? null : { of: 'count', holds: true }
    case '>=0':
    case '>-1':
    case '!-1':
      return { of: 'index', holds }
    case '=-1':
    case '<0':
      return { of: 'index', holds: !holds }
    default:
      return null
  }
}

/** Whether a value holds in a condition; undefined where that is not known. */
export function truthOf(term: Term): boolean | undefined {
  switch (term.kind) {
    case 'literal':
      return Boolean(term.value)
    case 'part':
      return term.key === 'length' && isEmptyList(term.of) ? false : undefined
    case 'object':
    case 'array':
    case 'sequence':
    case 'function':
    case 'class':
    case 'instance':
    case 'made':
    case 'namespace':
      return true
    default:
      return undefined
  }
}

export function isNothing(term: Term): boolean {
  return term.kind === 'literal' && (term.value === undefined || term.value === null)
}

/** `[]`, where nothing is put into it, or what is made of each of its elements. */
function isEmptyList(term: Term): boolean {
  if (term.kind === 'sequence') return term.over !== null && isEmptyList(term.over)
  if (term.kind !== 'array') return false
  const node = valueOf(term.ref.frame.module, term.ref.value)
  return node.kind === 'array' && node.elements.length === 0
}
