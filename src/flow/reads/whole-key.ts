import { isLeftOut } from '../../operations/request.ts'
import type { Operation } from '../../operations/operation.ts'
import { keyConditionOf } from '../../operations/key-condition.ts'
import type { KeyTest } from '../../operations/key-condition.ts'
import { isBarePrefix } from '../../tables/kinds.ts'

/**
 * The tests of a Query of a table, where they fix the whole of its primary key: two attributes always do, one does where
 * the table is known to have no sort key. Null for any other, and for one with a filter, which GetItem has not.
 */
export function asksForWholeKey({
  spelling,
  request,
  table,
}: Operation): readonly KeyTest[] | null {
  const isPlain = ['IndexName', 'FilterExpression', 'QueryFilter', 'ExclusiveStartKey'].every(
    (name) => isLeftOut(request, name),
  )
  if (!isPlain || spelling.form === 'paginator') return null
  const tests = keyConditionOf(request)?.tests ?? []
  if (!tests.every(({ operator }) => operator === '=')) return null
  if (tests.length === 2) return tests.some(isPrefix) ? null : tests
  const [only] = tests
  const keys = table.certain
  const isWhole = keys?.sortKey === null && keys.partitionKey.name === only?.attribute
  return isWhole && tests.length === 1 ? tests : null
}

/** `SK = 'REVIEW#'` was meant for several items, and is another fault. */
function isPrefix({ value }: KeyTest): boolean {
  return value?.kind === 'literal' && isBarePrefix(String(value.value))
}
