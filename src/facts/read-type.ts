import type { TSESTree } from '@typescript-eslint/utils'
import type { ValueId } from './model.ts'
import { addValue, rangeOf } from './build.ts'
import type { Extraction } from './build.ts'
import { keyName } from './key.ts'
import { lookUp, lookUpType } from './scope.ts'
import type { TypeBinding } from './scope.ts'

/** Types that say the same of a value as their argument does, for our purpose. */
const TRANSPARENT = new Set([
  'Promise',
  'Readonly',
  'Required',
  'Partial',
  'NonNullable',
  'Awaited',
  'DeepReadonly',
])

/** How deep interfaces are followed: `deps.aws.client` and a little more. */
const MOST_DEPTH = 4

/** What a type annotation tells of a value: an `instance` of a class, or a `shape`; null where it tells nothing of use. */
export function readType(
  x: Extraction,
  type: TSESTree.TypeNode | null | undefined,
  depth = 0,
): ValueId | null {
  if (!type || depth > MOST_DEPTH) return null
  const at = rangeOf(type)
  switch (type.type) {
    case 'TSTypeReference':
      return readReference(x, type, depth)
    case 'TSUnionType': {
      const told = type.types.filter(
        (t) => t.type !== 'TSNullKeyword' && t.type !== 'TSUndefinedKeyword',
      )
      return told.length === 1 ? readType(x, told[0], depth) : null
    }
    case 'TSTypeLiteral':
      return readMembers(x, type.members, at, depth)
    case 'TSTypeOperator':
      return type.operator === 'readonly' ? readType(x, type.typeAnnotation, depth) : null
    default:
      return null
  }
}

function readReference(
  x: Extraction,
  type: TSESTree.TSTypeReference,
  depth: number,
): ValueId | null {
  const at = rangeOf(type)
  const name = type.typeName.type === 'Identifier' ? type.typeName.name : null
  if (name !== null && TRANSPARENT.has(name) && lookUp(x.scope, name) === null) {
    return readType(x, type.typeArguments?.params[0], depth)
  }
  if (name !== null) {
    const declared = lookUpType(x.scope, name)
    if (declared) return readDeclared(x, declared, depth)
  }
  const of = readEntityName(x, type.typeName)
  return of === null ? null : addValue(x, { kind: 'instance', of }, at)
}

/** A declared type, read once for each depth: types that name each other would be read over and over. */
function readDeclared(x: Extraction, declared: TypeBinding, depth: number): ValueId | null {
  const read = x.types.get(declared) ?? []
  x.types.set(declared, read)
  const known = read[depth]
  if (known !== undefined) return known
  const value =
    declared.type === 'TSTypeAliasDeclaration'
      ? readType(x, declared.typeAnnotation, depth + 1)
      : readMembers(x, declared.body.body, rangeOf(declared), depth)
  read[depth] = value
  return value
}

function readMembers(
  x: Extraction,
  members: readonly TSESTree.TypeElement[],
  at: { start: number; end: number },
  depth: number,
): ValueId | null {
  const told: Record<string, ValueId> = {}
  for (const member of members) {
    if (member.type !== 'TSPropertySignature') continue
    const key = keyName(member.key)
    const value = readType(x, member.typeAnnotation?.typeAnnotation, depth + 1)
    if (key !== null && value !== null) told[key] = value
  }
  return Object.keys(told).length === 0 ? null : addValue(x, { kind: 'shape', members: told }, at)
}

/** The class or namespace member a type's name stands for. */
function readEntityName(x: Extraction, name: TSESTree.EntityName): ValueId | null {
  const at = rangeOf(name)
  if (name.type === 'Identifier') {
    const binding = lookUp(x.scope, name.name)
    if (binding === null) return null
    return binding.kind === 'value'
      ? binding.value
      : addValue(x, { kind: 'variable', variable: binding.id }, at)
  }
  if (name.type !== 'TSQualifiedName') return null
  const of = readEntityName(x, name.left)
  return of === null ? null : addValue(x, { kind: 'member', of, key: name.right.name }, at)
}

/**
 * The name a type annotation starts with: `APIGatewayProxyHandler`, `Handler`, `lambda.Context`. Of several types put
 * together it is the first that has a name.
 */
export function typeName(type: TSESTree.TypeNode | null | undefined): string | null {
  switch (type?.type) {
    case 'TSTypeReference':
      return entityName(type.typeName)
    case 'TSUnionType':
    case 'TSIntersectionType':
      return type.types.map(typeName).find((name) => name !== null) ?? null
    default:
      return null
  }
}

/** The names of the types that a generic type is given; those without a name are left out. */
export function typeArgumentNames(type: TSESTree.TypeNode | null | undefined): readonly string[] {
  if (type?.type !== 'TSTypeReference') return []
  return (type.typeArguments?.params ?? []).flatMap((argument) => typeName(argument) ?? [])
}

/** The name of a return type, taken out of its Promise. */
export function returnTypeName(type: TSESTree.TypeNode | null | undefined): string | null {
  const name = typeName(type)
  const [inner] = type?.type === 'TSTypeReference' ? (type.typeArguments?.params ?? []) : []
  return name === 'Promise' ? typeName(inner) : name
}

function entityName(name: TSESTree.EntityName): string | null {
  if (name.type === 'Identifier') return name.name
  return name.type === 'TSQualifiedName' ? name.right.name : null
}
