import { checkRequest } from '../expressions/index.ts'
import type { Operation } from '../operations/operation.ts'
import { memberOfRequest, namesOf } from '../operations/request.ts'
import type { Edit, Proposal } from './edit.ts'
import { unusedAfter } from './filter-to-key.ts'
import { expressionsOfPlan, queryPlans } from './query-plan.ts'
import type { QueryMessageIds, QueryPlan } from './query-plan.ts'
import { mayReadIndex } from './index-reads.ts'
import { queryToGet } from './query-to-get.ts'
import { quoted, replace, separatorBehind } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { spelledAsQuery } from './spelled-as.ts'
import { withoutPlaceholders } from './unused-placeholders.ts'
import { memberNamed, writtenRequest, writtenText } from './written-request.ts'
import type { Property, WrittenRequest, WrittenText } from './written-request.ts'

/** Parameters that a Query has not, or that mean another thing there. */
const UNSUITED = [
  'Segment',
  'TotalSegments',
  'KeyConditionExpression',
  'ScanFilter',
  'AttributesToGet',
]

/**
 * A filtered Scan as a Query of the table, of an index whose keys the filter fixes, or of an index that is yet to be
 * made. None where the code is not in one piece here, or where the Query would give something else or be rejected.
 *
 * @see Query.KeyConditionExpressions.html
 */
export function scanToQuery(
  operation: Operation,
  file: SourceFile,
): readonly Proposal<QueryMessageIds | 'getItem'>[] {
  const plans = queryPlans(operation)
  if (plans.length === 0) return []
  const written = writtenRequest(file, operation.request, operation.occurrence)
  const member = written && memberNamed(written, 'FilterExpression')
  const text = member && writtenText(file, member)
  if (!written || !member || !text || UNSUITED.some((name) => memberNamed(written, name))) return []
  return plans
    .filter((plan) => plan.isComplete && isAccepted(operation, plan) && isReadable(operation, plan))
    .flatMap((plan): readonly Proposal<QueryMessageIds | 'getItem'>[] => {
      const { messageId, data, tests, isWholeKey } = plan
      // A Query for one item by its whole key would be better a GetItem.
      if (isWholeKey) return queryToGet(operation, tests, file, data)
      const spelling = spelledAsQuery(operation, file, written)
      const request = requestEdits(operation, file, written, { plan, member, text })
      if (spelling === null || request === null) return []
      return [{ messageId, data, edits: [...spelling, ...request] }]
    })
}

/** DynamoDB takes the expressions, as far as they are known. */
function isAccepted({ request }: Operation, plan: QueryPlan): boolean {
  const { key, filter } = expressionsOfPlan(plan)
  const findings = checkRequest({
    operation: 'Query',
    expressions: {
      KeyConditionExpression: { parts: [key] },
      ...(filter === null ? {} : { FilterExpression: { parts: [filter] } }),
    },
    names: namesOf(request),
    ...(plan.index === null ? {} : { index: { name: plan.index } }),
    open: true,
  })
  return findings.every(({ place }) => place.in !== 'expression')
}

function isReadable({ request }: Operation, { index }: QueryPlan): boolean {
  const isGiven = memberOfRequest(request, 'IndexName').state !== 'absent'
  return index === null || isGiven || mayReadIndex(request)
}

/** `FilterExpression: '…'` becomes the key condition, and what is left of the filter; what only the rest used goes. */
function requestEdits(
  { request }: Operation,
  file: SourceFile,
  written: WrittenRequest,
  { plan, member, text }: { plan: QueryPlan; member: Property; text: WrittenText },
): readonly Edit[] | null {
  const { key, filter } = expressionsOfPlan(plan)
  const hasIndex = memberNamed(written, 'IndexName') !== null
  const quote = text.quote === '`' ? "'" : text.quote
  const members = [
    ...(plan.index === null || hasIndex ? [] : [`IndexName: ${quoted(plan.index, quote)}`]),
    `KeyConditionExpression: ${quoted(key, quote)}`,
    ...(filter === null ? [] : [`FilterExpression: ${quoted(filter, quote)}`]),
  ]
  const unused = unusedAfter({ key, filter }, request)
  const without = unused && withoutPlaceholders(file, written, unused)
  if (!without) return null
  return [replace(file, member.at, members.join(separatorBehind(file, member.at))), ...without]
}
