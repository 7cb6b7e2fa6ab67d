import type { TSESTree } from '@typescript-eslint/utils'
import type { Extraction } from './build.ts'
import { keyName } from './key.ts'
import type { PrimitiveType } from './model.ts'
import { lookUpType } from './scope.ts'

/** How many aliases of a type are followed. */
const MOST_ALIASES = 4

/** Types that leave the types of members as they are. */
const TRANSPARENT = new Set(['Readonly', 'Required', 'Partial', 'NonNullable'])

/**
 * What a type annotation says of texts and numbers: under the empty key of the value itself, under `[]` of its elements,
 * under the name of a member of that. Null and undefined are left out of account.
 */
export function readPrimitives(
  x: Extraction,
  type: TSESTree.TypeNode | null | undefined,
): Readonly<Record<string, PrimitiveType>> {
  const own = primitiveOf(x, type, 0)
  if (own !== null && own !== 'named') return { '': own }
  const found: Record<string, PrimitiveType> = {}
  for (const { key, annotation } of membersOf(x, type, 0)) {
    const told = primitiveOf(x, annotation, 0)
    if (told !== null) found[key] = told
  }
  return own !== null && Object.keys(found).length === 0 ? { '': own } : found
}

/** `named`: a type that is declared elsewhere, or is no text or number. Null where the annotation leaves it open. */
function primitiveOf(
  x: Extraction,
  type: TSESTree.TypeNode | null | undefined,
  depth: number,
): PrimitiveType | null {
  switch (type?.type) {
    case 'TSStringKeyword':
      return 'string'
    case 'TSNumberKeyword':
    case 'TSBigIntKeyword':
      return 'number'
    case 'TSBooleanKeyword':
      return 'boolean'
    case 'TSLiteralType':
      return 'enumeration'
    case 'TSUnionType': {
      const told = type.types.filter(
        (t) => t.type !== 'TSNullKeyword' && t.type !== 'TSUndefinedKeyword',
      )
      const [first = null, ...others] = told.map((t) => primitiveOf(x, t, depth + 1))
      return others.every((other) => other === first) ? first : null
    }
    case 'TSTypeReference': {
      const declared = declaredAs(x, type)
      if (declared?.type !== 'TSTypeAliasDeclaration' || depth > MOST_ALIASES) return 'named'
      return primitiveOf(x, declared.typeAnnotation, depth + 1) ?? 'named'
    }
    case 'TSTypeOperator':
      return type.operator === 'keyof' ? 'enumeration' : null
    default:
      return null
  }
}

function declaredAs(
  x: Extraction,
  { typeName }: TSESTree.TSTypeReference,
): ReturnType<typeof lookUpType> {
  return typeName.type === 'Identifier' ? lookUpType(x.scope, typeName.name) : null
}

interface Member {
  readonly key: string
  readonly annotation: TSESTree.TypeNode | undefined
}

function membersOf(
  x: Extraction,
  type: TSESTree.TypeNode | null | undefined,
  depth: number,
): readonly Member[] {
  if (!type || depth > MOST_ALIASES) return []
  switch (type.type) {
    case 'TSTypeLiteral':
      return namedMembers(type.members)
    case 'TSArrayType':
      return [{ key: '[]', annotation: type.elementType }]
    case 'TSTypeOperator':
      return type.operator === 'readonly' ? membersOf(x, type.typeAnnotation, depth) : []
    case 'TSUnionType':
      return type.types.length <= 3 ? type.types.flatMap((t) => membersOf(x, t, depth + 1)) : []
    case 'TSTypeReference': {
      const { typeName, typeArguments } = type
      const name = typeName.type === 'Identifier' ? typeName.name : ''
      const [given] = typeArguments?.params ?? []
      if (TRANSPARENT.has(name)) return membersOf(x, given, depth + 1)
      if (/^(?:Readonly)?(?:Array|Set)$/.test(name)) return [{ key: '[]', annotation: given }]
      const declared = declaredAs(x, type)
      if (declared?.type === 'TSTypeAliasDeclaration')
        return membersOf(x, declared.typeAnnotation, depth + 1)
      return declared ? namedMembers(declared.body.body) : []
    }
    default:
      return []
  }
}

function namedMembers(members: readonly TSESTree.TypeElement[]): readonly Member[] {
  return members.flatMap((member) => {
    if (member.type !== 'TSPropertySignature') return []
    const key = keyName(member.key)
    return key === null ? [] : [{ key, annotation: member.typeAnnotation?.typeAnnotation }]
  })
}
