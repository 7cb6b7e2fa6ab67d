import { attributesIn, conjuncts, equalities, pathsIn, print } from '../expressions/index.ts'
import type { Condition, Equality } from '../expressions/index.ts'
import { testOf } from '../operations/key-condition.ts'
import type { KeyTest } from '../operations/key-condition.ts'
import type { Operation } from '../operations/operation.ts'
import {
  expressionOf,
  memberOfRequest,
  namesOf,
  valueOfPlaceholder,
} from '../operations/request.ts'
import { alternatives } from '../project/term.ts'
import type { Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import { inferKeys } from '../tables/inferred.ts'
import type { InferredKeys } from '../tables/inferred.ts'
import { hasSeveralKeys, keyNames } from '../tables/schema.ts'
import type { IndexSchema, KeyAttribute, TableSchema } from '../tables/schema.ts'
import { fewValues } from '../flow/values/few-values.ts'
import { definitionOfIndex } from './index-definition.ts'
import { withTest } from './key-tests.ts'
import { inWords } from '../operations/words.ts'

export type QueryMessageIds = 'queryTable' | 'queryIndex' | 'queryNewIndex'

/** A Query that a filtered Scan could be: of the table, of an index that is there, or of one that is yet to be made. */
export interface QueryPlan {
  readonly messageId: QueryMessageIds
  /** null: the table. */
  readonly index: string | null
  readonly tests: readonly KeyTest[]
  readonly rest: readonly Condition[]
  /** It asks for one item of the table by its whole key and nothing else. */
  readonly isWholeKey: boolean
  /** Its keys are those by which the code reads and writes the table, and nothing else tells them. */
  readonly isInferred: boolean
  /** Whether the index carries everything that the Scan gives and filters by; an index that is not known may. */
  readonly isComplete: boolean
  readonly data: Readonly<Record<string, string>>
}

export interface Target extends Pick<IndexSchema, 'partitionKey' | 'sortKey'> {
  readonly name: string | null
  readonly projection: IndexSchema['projection']
}

/** The Queries that a Scan's filter allows: those that the schema serves, or else one of a new index. */
export function queryPlans(operation: Operation): readonly QueryPlan[] {
  const filter = expressionOf(operation.request, 'Filter')
  if (filter.state !== 'known' || filter.texts.length !== 1 || filter.optional) return []
  const [parsed] = filter.texts
  if (!parsed?.complete) return []
  const names = namesOf(operation.request)
  const conditions = conjuncts(parsed.tree)
  const fixed = equalities(parsed.tree, names).filter(
    (e) => e.resolved?.length === 1 && e.operand.type === 'ValuePlaceholder',
  )
  const { schema } = operation.table
  const targets = targetsOf(operation, schema)
  if (targets === null) return []
  const plans = targets.flatMap(
    (target) => servedBy(operation, schema, target, conditions, fixed) ?? [],
  )
  if (plans.length > 0 || memberOfRequest(operation.request, 'IndexName').state !== 'absent')
    return plans
  const inferred = schema === null ? inferredKeys(operation) : null
  const whole = inferred === null ? null : wholeKey(operation, inferred, conditions, fixed)
  return whole === null ? newIndex(operation, inferred, conditions, fixed) : [whole]
}

/** What the functions on the way show of a table's keys that nothing defines. */
function inferredKeys({ table, occurrence }: Operation): InferredKeys | null {
  if (table.term === null) return null
  return inferKeys(
    table.term,
    occurrence.trail.map(({ frame }) => frame.module),
  )
}

/** One item by the whole key by which the code reads and writes the table elsewhere. */
function wholeKey(
  operation: Operation,
  { whole }: InferredKeys,
  conditions: readonly Condition[],
  fixed: readonly Equality[],
): QueryPlan | null {
  const nodes = whole.flatMap((name) => {
    const equality = fixed.find(({ resolved }) => resolved?.[0] === name)
    return equality && fits(operation, equality, { name, type: null }) ? [equality.node] : []
  })
  const tests = nodes.flatMap((node) => testOf(node, operation.request) ?? [])
  if (tests.length === 0 || tests.length !== whole.length || conditions.length !== whole.length)
    return null
  return {
    messageId: 'queryTable',
    index: null,
    tests,
    rest: [],
    isWholeKey: true,
    isInferred: true,
    isComplete: true,
    data: { keys: inWords(whole), range: '' },
  }
}

/** The table and its indexes, or the one index that is scanned; null where it is not known which that is. */
function targetsOf({ request }: Operation, schema: TableSchema | null): readonly Target[] | null {
  const name = memberOfRequest(request, 'IndexName')
  if (name.state === 'absent') {
    if (schema === null) return []
    const indexes = schema.indexes.filter((index) => !hasSeveralKeys(index))
    return [{ ...schema, name: null, projection: 'ALL' }, ...indexes]
  }
  if (name.state !== 'known' || name.term.kind !== 'literal' || schema === null) return null
  const { value } = name.term
  return schema.indexes.filter((index) => index.name === value && !hasSeveralKeys(index))
}

function servedBy(
  operation: Operation,
  schema: TableSchema | null,
  target: Target,
  conditions: readonly Condition[],
  fixed: readonly Equality[],
): QueryPlan | null {
  const equal = (attribute: KeyAttribute | null): Equality | null =>
    attribute === null
      ? null
      : (fixed.find((e) => e.resolved?.[0] === attribute.name && fits(operation, e, attribute)) ??
        null)
  const partition = equal(target.partitionKey)
  if (partition === null) return null
  const { sortKey } = target
  const sort = equal(sortKey)
  const own = [target.partitionKey.name, ...(sortKey === null ? [] : [sortKey.name])]
  const isOwn = (condition: Condition): boolean =>
    own.some((name) => attributesOf(condition, operation).has(name))
  const fixing: readonly Condition[] = [partition.node, ...(sort === null ? [] : [sort.node])]
  // What is left may not name a key of what is queried.
  const others = conditions.filter((c) => isOwn(c) && !fixing.includes(c))
  const tests = [...fixing, ...others].reduce<readonly KeyTest[] | null>(
    (before, condition) => before && withTest(before, condition, operation.request),
    [],
  )
  if (tests === null) return null
  const [, range] = tests
  if (range?.operator === 'begins_with' && sortKey?.type === 'N') return null
  const rest = conditions.filter((c) => !isOwn(c))
  const keys = inWords(tests.map(({ attribute }) => attribute))
  const index = target.name
  const isWhole = tests.length === own.length && tests.every(({ operator }) => operator === '=')
  const isMerged = tests.some(({ node }) => !conditions.includes(node))
  const more = {
    range: isMerged ? ', and a range that ends before it begins is refused' : '',
  }
  return {
    messageId: index === null ? 'queryTable' : 'queryIndex',
    index,
    tests,
    rest,
    isWholeKey: index === null && isWhole && rest.length === 0,
    isInferred: false,
    isComplete: carriesAll(operation, schema, target, rest),
    data:
      index === null ? { keys, ...more } : { index, attribute: target.partitionKey.name, ...more },
  }
}

function attributesOf(
  condition: Condition,
  { request }: Pick<Operation, 'request'>,
): ReadonlySet<string> {
  return attributesIn(condition, namesOf(request))
}

/** What an index does not project is neither given nor seen by its filter. */
export function carriesAll(
  operation: Pick<Operation, 'request'>,
  schema: TableSchema | null,
  { name, partitionKey, sortKey, projection }: Target,
  rest: readonly Condition[],
): boolean {
  if (name === null || projection === 'ALL' || projection === null) return true
  if (memberOfRequest(operation.request, 'IndexName').state !== 'absent') return true
  const carried = new Set([
    ...(projection === 'KEYS_ONLY' ? [] : projection),
    ...keyNames({ partitionKey, sortKey }),
    ...(schema === null ? [] : keyNames(schema)),
  ])
  const wanted = expressionOf(operation.request, 'Projection')
  if (wanted.state !== 'known') return false
  const names = namesOf(operation.request)
  const needed = [
    ...rest.flatMap((c) => [...attributesIn(c, names)]),
    ...wanted.texts.flatMap(({ tree }) => [...attributesIn(tree, names)]),
  ]
  const isKnown = wanted.texts.every(
    ({ tree, complete }) => complete && pathsIn(tree).length >= attributesIn(tree, names).size,
  )
  return isKnown && needed.every((attribute) => carried.has(attribute))
}

/** An index of its own, by the first attribute that has many values. */
function newIndex(
  operation: Operation,
  inferred: InferredKeys | null,
  conditions: readonly Condition[],
  fixed: readonly Equality[],
): readonly QueryPlan[] {
  const { schema } = operation.table
  const taken =
    schema === null
      ? partitionKeysOf(inferred)
      : [schema, ...schema.indexes].map((t) => t.partitionKey.name)
  const equality = fixed.find((e) => {
    const attribute = String(e.resolved?.[0])
    // What is a partition key already is no use as another one: something else was in the way.
    if (taken.includes(attribute)) return false
    return (
      !isLowCardinality(attribute, e, operation) &&
      fits(operation, e, { name: attribute, type: null })
    )
  })
  if (!equality) return []
  const attribute = String(equality.resolved?.[0])
  const rest = conditions.filter((c) => c !== equality.node)
  if (rest.some((c) => attributesOf(c, operation).has(attribute))) return []
  const test = testOf(equality.node, operation.request)
  if (test === null) return []
  const index = `${attribute}-index`
  const key: KeyAttribute = { name: attribute, type: typeOf(operation, equality) }
  return [
    {
      messageId: 'queryNewIndex',
      index,
      tests: [test],
      rest,
      isWholeKey: false,
      isInferred: false,
      isComplete: true,
      data: { index, attribute, definition: definitionOfIndex(index, key, schema) },
    },
  ]
}

/** Attributes that are, or may be, a partition key as the code uses them. */
function partitionKeysOf(inferred: InferredKeys | null): readonly (string | null)[] {
  if (inferred === null) return []
  const { partitionKey, whole, indexes } = inferred
  const own = partitionKey === null ? whole : [partitionKey]
  return [...own, ...[...indexes.values()].map((index) => index.partitionKey)]
}

function valueOf(operation: Operation, { operand }: Equality): Term | null {
  return operand.type === 'ValuePlaceholder'
    ? valueOfPlaceholder(operation.request, operand.name)
    : null
}

/** The value of a key, out of its descriptor where it has one: `{ S: email }`. */
function keyValue(
  operation: Operation,
  option: Term,
): { readonly type: 'S' | 'N' | 'B' | 'other' | null; readonly term: Term } {
  if (operation.spelling.values === 'attribute-value') {
    const [field, ...more] = viewOf(option)?.fields.values() ?? []
    if (!field || more.length > 0) return { type: null, term: option }
    const { key } = field
    return { type: key === 'S' || key === 'N' || key === 'B' ? key : 'other', term: field.term() }
  }
  if (option.kind === 'template') return { type: 'S', term: option }
  if (option.kind === 'object' || option.kind === 'array') return { type: 'other', term: option }
  if (option.kind !== 'literal') return { type: null, term: option }
  const type = typeof option.value
  return { type: type === 'string' ? 'S' : type === 'number' ? 'N' : 'other', term: option }
}

/** The type that an attribute seems to have; text where nothing tells. */
function typeOf(operation: Operation, equality: Equality): 'S' | 'N' | 'B' {
  const value = valueOf(operation, equality)
  const types = value === null ? [] : alternatives(value).map((o) => keyValue(operation, o).type)
  const told = types.find((type) => type !== null)
  return told === 'N' || told === 'B' ? told : 'S'
}

/** A key is a string, a number or binary; a value that is plainly something else cannot be compared with it. */
function fits(operation: Operation, equality: Equality, attribute: KeyAttribute): boolean {
  const value = valueOf(operation, equality)
  if (value === null) return true
  return alternatives(value).every((option) => {
    const { type } = keyValue(operation, option)
    if (type === null) return true
    return type !== 'other' && (attribute.type === null || attribute.type === type)
  })
}

/** An index keyed by something that has few values is one hot partition: never proposed. */
const FEW_VALUES =
  /^(is|has)[A-Z_]|status|state|type|kind|categor|role|plan|tier|country|region|active|enabled|deleted|visible|flag|gender|year|month|day|date/i

function isLowCardinality(attribute: string, equality: Equality, operation: Operation): boolean {
  if (FEW_VALUES.test(attribute)) return true
  const value = valueOf(operation, equality)
  if (value === null) return true
  // What `no-hot-partition-key` would report at the writes is not proposed here.
  return alternatives(value).some((option) => {
    const { term } = keyValue(operation, option)
    return term.kind === 'literal' || fewValues(term, attribute) !== null
  })
}

/** The conditions of a Query's two expressions; the filter is null where nothing is left for it. */
export function expressionsOfPlan({ tests, rest }: QueryPlan): {
  readonly key: string
  readonly filter: string | null
} {
  const [only] = rest
  const filter =
    rest.length === 0 || !only
      ? null
      : rest.length === 1
        ? print(only)
        : rest.map((c) => (c.type === 'Or' ? `(${print(c)})` : print(c))).join(' AND ')
  return { key: tests.map(({ node }) => print(node)).join(' AND '), filter }
}
