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
      return readMembers(x, { name: null, members: type.members, at, extends: [] }, depth)
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

/**
 * A type that the file declares; null where it tells nothing of use. Read once for each depth: types that name each other
 * would be read over and over.
 */
export function readDeclared(x: Extraction, declared: TypeBinding, depth = 0): ValueId | null {
  const read = x.types.get(declared) ?? []
  x.types.set(declared, read)
  const known = read[depth]
  if (known !== undefined) return known
  // A type that is made of itself has no end.
  read[depth] = null
  const value =
    declared.type === 'TSTypeAliasDeclaration'
      ? readAlias(x, declared, depth)
      : readMembers(x, interfaceOf(x, declared), depth)
  read[depth] = value
  return value
}

function readAlias(
  x: Extraction,
  { id, typeAnnotation: type }: TSESTree.TSTypeAliasDeclaration,
  depth: number,
): ValueId | null {
  if (type.type !== 'TSTypeLiteral') return readType(x, type, depth + 1)
  const at = rangeOf(type)
  return readMembers(x, { name: id.name, members: type.members, at, extends: [] }, depth + 1)
}

interface Declared {
  readonly name: string | null
  readonly members: readonly TSESTree.TypeElement[]
  readonly at: { readonly start: number; readonly end: number }
  readonly extends: readonly ValueId[]
}

function interfaceOf(x: Extraction, declared: TSESTree.TSInterfaceDeclaration): Declared {
  return {
    name: declared.id.name,
    members: declared.body.body,
    at: rangeOf(declared),
    extends: declared.extends.flatMap(({ expression }) => namedType(x, expression) ?? []),
  }
}

/** What `implements Name` or `extends Name` names: an interface of the file, or whatever value the name stands for. */
export function namedType(x: Extraction, name: TSESTree.Expression): ValueId | null {
  const declared = name.type === 'Identifier' ? lookUpType(x.scope, name.name) : null
  return declared === null ? x.valueOf(name) : readDeclared(x, declared)
}

function readMembers(x: Extraction, declared: Declared, depth: number): ValueId | null {
  const told: Record<string, ValueId> = {}
  const methods: string[] = []
  for (const member of declared.members) {
    if (member.type !== 'TSPropertySignature' && member.type !== 'TSMethodSignature') continue
    const key = keyName(member.key)
    if (key === null) continue
    if (isCalled(member)) {
      methods.push(key)
      continue
    }
    const value = readType(x, member.typeAnnotation?.typeAnnotation, depth + 1)
    if (value !== null) told[key] = value
  }
  const { name, at, extends: parents } = declared
  if (Object.keys(told).length === 0 && methods.length === 0 && parents.length === 0) return null
  return addValue(x, { kind: 'shape', name, members: told, methods, extends: parents }, at)
}

function isCalled(
  member: TSESTree.TSPropertySignature | TSESTree.TSMethodSignature,
): member is TSESTree.TSMethodSignature {
  if (member.type === 'TSMethodSignature') return member.kind === 'method'
  return member.typeAnnotation?.typeAnnotation.type === 'TSFunctionType'
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
 * The name a type annotation starts with: `APIGatewayProxyHandler`, `Handler`, `lambda.Context`; `UpdateCommandInput` of
 * `Omit<UpdateCommandInput, 'TableName'>`. Of several types put together it is the first that has a name.
 */
export function typeName(type: TSESTree.TypeNode | null | undefined): string | null {
  switch (type?.type) {
    case 'TSTypeReference': {
      const name = entityName(type.typeName)
      return name === 'Omit' || name === 'Partial' ? typeName(type.typeArguments?.params[0]) : name
    }
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
