import type { TSESTree } from '@typescript-eslint/utils'
import type { ValueId } from './model.ts'
import { valueAt } from './build.ts'
import type { Extraction } from './build.ts'

/** The name of a key that is written plainly; a private name keeps its `#`. */
export function keyName(key: TSESTree.Node): string | null {
  if (key.type === 'Identifier') return key.name
  if (key.type === 'PrivateIdentifier') return `#${key.name}`
  if (key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number'))
    return String(key.value)
  return null
}

/** The name that a computed key comes to, where it is a literal. */
export function literalKey(x: Extraction, id: ValueId): string | null {
  const value = valueAt(x, id)
  if (
    value.kind !== 'literal' ||
    (typeof value.value !== 'string' && typeof value.value !== 'number')
  )
    return null
  return String(value.value)
}
