import { attributesIn, checkRequest, conjuncts, print } from '../expressions/index.ts'
import type { Condition, FindingCode } from '../expressions/index.ts'
import type { CheckedRequest } from '../operations/checked-request.ts'
import { keyConditionOf, testOf } from '../operations/key-condition.ts'
import type { KeyTest } from '../operations/key-condition.ts'
import type { Operation } from '../operations/operation.ts'
import { queriedKeys } from '../operations/queried-keys.ts'
import { expressionOf, memberOfRequest, namesOf } from '../operations/request.ts'
import type { Request } from '../operations/request.ts'
import { hasSeveralKeys, keyNames } from '../tables/schema.ts'
import type { IndexSchema, TableSchema } from '../tables/schema.ts'
import { mayReadIndex } from './index-reads.ts'
import { isKeyTest, withTest } from './key-tests.ts'
import { carriesAll } from './query-plan.ts'

/** A Query whose key condition says what its filter said. */
export interface FilterPlan {
  readonly key: string
  /** What is left of the filter; null where that is nothing. */
  readonly filter: string | null
  /** The index that it reads then; null where that does not change. */
  readonly index: IndexSchema | null
  /** What the key condition says anew; nothing where it said as much before. */
  readonly moved: string
  /** The conditions that leave the filter, in words. */
  readonly taken: string
}

interface Query {
  readonly request: Request
  /** The conditions of its key condition, and of its filter. */
  readonly tests: readonly KeyTest[]
  readonly conditions: readonly Condition[]
}

/** A Query whose two expressions are one known text each; null for any other. */
function queryOf(request: Request): Query | null {
  const key = keyConditionOf(request)
  const filter = expressionOf(request, 'Filter')
  if (key === null || filter.state !== 'known' || filter.optional || namesOf(request).open)
    return null
  const [parsed, ...others] = filter.texts
  if (!parsed?.complete || others.length > 0) return null
  return { request, tests: key.tests, conditions: conjuncts(parsed.tree) }
}

/**
 * A filter without the key attributes of what is queried: its conditions on them go to the key condition, or are left out
 * where that says the same. Null where a key condition cannot say it.
 *
 * @see Query.KeyConditionExpressions.html
 */
export function withoutKeysInFilter(checked: CheckedRequest): FilterPlan | null {
  const query = queryOf(checked.request)
  if (query === null) return null
  const keys = queriedKeys(checked)
  const own = new Set([...(keys ? keyNames(keys) : []), ...(checked.rest.queriedAttributes ?? [])])
  const isOwn = (condition: Condition): boolean =>
    [...attributesIn(condition, namesOf(query.request))].some((name) => own.has(name))
  const taken = query.conditions.filter(isOwn)
  const tests = taken.reduce<readonly KeyTest[] | null>(
    (before, condition) => before && withTest(before, condition, query.request),
    query.tests,
  )
  if (tests === null) return null
  const plan = planOf(query, tests, taken, null)
  return isAccepted(checked, plan) ? plan : null
}

function planOf(
  { tests: before, conditions }: Query,
  tests: readonly KeyTest[],
  taken: readonly Condition[],
  index: IndexSchema | null,
): FilterPlan {
  const rest = conditions.filter((condition) => !taken.includes(condition))
  const [only, ...more] = rest
  const kept = more.length === 0 ? only && print(only) : rest.map(bracketed).join(' AND ')
  const moved = tests.filter((test) => !before.includes(test))
  return {
    key: joined(tests),
    filter: kept ?? null,
    index,
    moved: joined(moved),
    taken: taken.map(bracketed).join(' AND '),
  }
}

function joined(tests: readonly KeyTest[]): string {
  return tests.map(({ node }) => print(node)).join(' AND ')
}

function bracketed(condition: Condition): string {
  return condition.type === 'Or' ? `(${print(condition)})` : print(condition)
}

/** DynamoDB takes the two expressions, as far as all else is known. */
function isAccepted({ rest }: CheckedRequest, { key, filter, index }: FilterPlan): boolean {
  const findings = checkRequest({
    ...rest,
    expressions: {
      KeyConditionExpression: { parts: [key] },
      ...(filter === null ? {} : { FilterExpression: { parts: [filter] } }),
    },
    index: index === null ? rest.index : { name: index.name },
    queriedAttributes: undefined,
  })
  return findings.every(({ code, place }) => place.in !== 'expression' || OF_NAMES.has(code))
}

/** What is wrong with a name is so wherever its condition stands. */
const OF_NAMES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'reservedWord',
  'underscoreName',
  'undefinedName',
  'undefinedValue',
])

/**
 * The Query of an index whose key is all that a Query's key condition and one condition of its filter ask for. Null where
 * no index has just this key, or where it would give something else.
 *
 * @see bp-indexes-general.html
 */
export function servedByIndex(operation: Operation, checked: CheckedRequest): FilterPlan | null {
  const { certain } = operation.table
  const query = queryOf(operation.request)
  const [partition, ...others] = query?.tests ?? []
  const keys = queriedKeys(checked)
  if (certain === null || query === null || keys === null || !partition) return null
  if (others.length > 0 || partition.operator !== '=' || !mayReadIndex(operation.request))
    return null
  // Whoever says in which direction to read wants the items in the order of this sort key.
  if (memberOfRequest(operation.request, 'ScanIndexForward').state !== 'absent') return null
  for (const condition of query.conditions) {
    const test = isKeyTest(condition) ? testOf(condition, operation.request) : null
    if (test === null || keyNames(keys).includes(test.attribute)) continue
    for (const index of certain.indexes.filter((each) => !hasSeveralKeys(each))) {
      if (!isKeyOf(index, partition, test) || !carries(operation, certain, index, query, condition))
        continue
      const tests =
        index.partitionKey.name === test.attribute ? [test, partition] : [partition, test]
      const plan = planOf(query, tests, [condition], index)
      if (isAccepted(checked, plan)) return { ...plan, moved: joined(tests) }
    }
  }
  return null
}

function isKeyOf(
  { partitionKey, sortKey }: IndexSchema,
  partition: KeyTest,
  test: KeyTest,
): boolean {
  const [first, second] = [partitionKey.name, sortKey?.name]
  if (first === partition.attribute) return second === test.attribute
  return first === test.attribute && test.operator === '=' && second === partition.attribute
}

function carries(
  { request }: Operation,
  table: TableSchema,
  index: IndexSchema,
  { conditions }: Query,
  taken: Condition,
): boolean {
  const rest = conditions.filter((condition) => condition !== taken)
  const isOnIndex = memberOfRequest(request, 'IndexName').state !== 'absent'
  if (!isOnIndex) return carriesAll({ request }, table, index, rest)
  return index.projection === 'ALL'
}
