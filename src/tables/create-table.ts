import { occurrencesIn } from '../flow/paths/occurrences.ts'
import { memberOfRequest, requestOf, termOfMember } from '../operations/request.ts'
import type { Request } from '../operations/request.ts'
import { isSettled } from '../operations/settled.ts'
import { canonical } from '../project/canonical.ts'
import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import { valueOf } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import type { Term } from '../project/term.ts'
import type { IndexSchema, KeyAttribute, TableSchema } from './schema.ts'

const known = new WeakMap<Module, ReadonlyMap<string, TableSchema>>()

/**
 * The tables that a module's CreateTable calls define, by the canonical spelling of their names. A table whose keys are not
 * told whole is left out, and so is one that two calls define in different ways.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
 */
export function tablesCreatedIn(module: Module): ReadonlyMap<string, TableSchema> {
  const seen = known.get(module)
  if (seen) return seen
  const tables = new Map<string, TableSchema | null>()
  for (const { name, schema } of creationsIn(module)) {
    const before = tables.get(name)
    tables.set(name, before === undefined || isSame(before, schema) ? schema : null)
  }
  const told = new Map([...tables].flatMap(([name, schema]) => (schema ? [[name, schema]] : [])))
  known.set(module, told)
  return told
}

function creationsIn(
  module: Module,
): readonly { readonly name: string; readonly schema: TableSchema | null }[] {
  if (!speaksOfCreation(module)) return []
  return module.facts.functions.flatMap((_, id) =>
    occurrencesIn(freeFrame(module, id)).flatMap(({ spelling }) => {
      if (spelling.kind !== 'CreateTable') return []
      const request = requestOf(spelling.request)
      const name = termOfMember(request, 'TableName')
      return name === null ? [] : [{ name: canonical(name), schema: createdTable(request, name) }]
    }),
  )
}

/** Whether a file may create a table: most do not, and their operations need not be looked for. */
export function speaksOfCreation({ facts }: Module): boolean {
  return facts.values.some((value) => {
    switch (value.kind) {
      case 'member':
        return /^createTable/i.test(value.key)
      case 'import':
        return /^createTable/i.test(value.name)
      default:
        return false
    }
  })
}

/** What a DynamoDB for development goes by. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.html */
const LOCAL = /localhost|127\.0\.0\.1|dynamodb-local|dynalite/i

/** Whether a file sets up a DynamoDB of its own, for development: by its address, or by the package that runs it. */
export function isLocalSetUp({ facts }: Module): boolean {
  return (
    facts.imports.some(({ source }) => LOCAL.test(source)) ||
    facts.values.some((value) => {
      switch (value.kind) {
        case 'literal':
          return typeof value.value === 'string' && LOCAL.test(value.value)
        case 'template':
          return value.parts.some((part) => part.kind === 'text' && LOCAL.test(part.text))
        default:
          return false
      }
    })
  )
}

function isSame(a: TableSchema | null, b: TableSchema | null): boolean {
  return a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b)
}

function createdTable(request: Request, name: Term): TableSchema | null {
  const typeOf = attributeTypes(request)
  const key = keyOf(termOfMember(request, 'KeySchema'), typeOf)
  if (key === null) return null
  const told = ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes'].map((member) =>
    indexesOf(request, member, typeOf),
  )
  const indexes = told.flatMap((found) => found.indexes)
  return {
    name: name.kind === 'literal' ? String(name.value) : '',
    ...key,
    indexes,
    hasMoreIndexes: told.some(({ isWhole }) => !isWhole),
    items: null,
    averageItemBytes: null,
    small: false,
    runningNumbers: false,
    certainty: 'defined',
  }
}

type TypeOf = (attribute: string) => KeyAttribute['type']

function attributeTypes(request: Request): TypeOf {
  const types = new Map<string, KeyAttribute['type']>()
  for (const entry of exactList(termOfMember(request, 'AttributeDefinitions')) ?? []) {
    const element = requestOf(entry)
    const name = word(termOfMember(element, 'AttributeName'))
    const type = word(termOfMember(element, 'AttributeType'))
    if (name !== null && (type === 'S' || type === 'N' || type === 'B')) types.set(name, type)
  }
  return (attribute) => types.get(attribute) ?? null
}

/** The key of a KeySchema; null where it is not known whole, or where it has several attributes of one role. */
function keyOf(
  term: Term | null,
  typeOf: TypeOf,
): Pick<TableSchema, 'partitionKey' | 'sortKey'> | null {
  const elements = keyElements(term)
  if (elements === null) return null
  const [partition, ...partitions] = elements.filter(({ role }) => role === 'HASH')
  const [sort, ...sorts] = elements.filter(({ role }) => role === 'RANGE')
  if (!partition || partitions.length > 0 || sorts.length > 0) return null
  const typed = ({ name }: KeyElement): KeyAttribute => ({ name, type: typeOf(name) })
  return { partitionKey: typed(partition), sortKey: sort ? typed(sort) : null }
}

/** One element of a KeySchema. */
export interface KeyElement {
  readonly name: string
  readonly role: 'HASH' | 'RANGE'
}

/** The elements of a KeySchema; null where not each of them is known. */
export function keyElements(term: Term | null): readonly KeyElement[] | null {
  const elements = exactList(term)?.map((entry): KeyElement | null => {
    const element = requestOf(entry)
    const name = word(termOfMember(element, 'AttributeName'))
    const role = word(termOfMember(element, 'KeyType'))
    return name !== null && (role === 'HASH' || role === 'RANGE') ? { name, role } : null
  })
  return elements?.every((element) => element !== null) ? elements : null
}

function indexesOf(
  request: Request,
  name: string,
  typeOf: TypeOf,
): { readonly indexes: readonly IndexSchema[]; readonly isWhole: boolean } {
  const member = memberOfRequest(request, name)
  if (member.state === 'absent') return { indexes: [], isWhole: true }
  const entries = member.state === 'known' ? exactList(member.term) : null
  if (entries === null) return { indexes: [], isWhole: false }
  const indexes = entries.map((entry): IndexSchema | null => {
    const index = requestOf(entry)
    const indexName = word(termOfMember(index, 'IndexName'))
    const key = keyOf(termOfMember(index, 'KeySchema'), typeOf)
    if (indexName === null || key === null) return null
    return { name: indexName, ...key, projection: projectionOf(index) }
  })
  const told = indexes.filter((index) => index !== null)
  return { indexes: told, isWhole: told.length === indexes.length }
}

function projectionOf(index: Request): IndexSchema['projection'] {
  const term = termOfMember(index, 'Projection')
  if (term === null) return null
  const projection = requestOf(term)
  const type = word(termOfMember(projection, 'ProjectionType'))
  if (type === 'ALL' || type === 'KEYS_ONLY') return type
  const names = exactList(termOfMember(projection, 'NonKeyAttributes'))?.map(word)
  return type === 'INCLUDE' && names?.every((name) => name !== null) ? names : null
}

/** A text that is written there, or a member of one of the SDK's own enumerations: `KeyType.HASH`. */
function word(term: Term | null): string | null {
  if (term?.kind === 'literal') return typeof term.value === 'string' ? term.value : null
  const isEnumeration = term?.kind === 'external' && term.source === '@aws-sdk/client-dynamodb'
  return isEnumeration ? (term.path.at(-1) ?? null) : null
}

/** The elements of a list that is known whole. */
function exactList(term: Term | null): readonly Term[] | null {
  if (term?.kind !== 'array' || !isSettled(term)) return null
  const { frame, value } = term.ref
  const node = valueOf(frame.module, value)
  if (node.kind !== 'array' || node.elements.some(({ spread }) => spread)) return null
  return node.elements.map((element) => evaluate({ frame, value: element.value }))
}
