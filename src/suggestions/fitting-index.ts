import { checkRequest } from '../expressions/index.ts'
import type { ExpressionRequest, FindingCode } from '../expressions/index.ts'
import type { CheckedRequest } from '../operations/checked-request.ts'
import type { LocatedFinding } from '../operations/findings-of-file.ts'
import { keyConditionOf } from '../operations/key-condition.ts'
import { keysOf } from '../operations/queried-keys.ts'
import { expressionText } from '../operations/text.ts'
import type { TableSchema } from '../tables/schema.ts'
import type { Proposal } from './edit.ts'
import { setIndex } from './index-name.ts'
import { mayReadIndex } from './index-reads.ts'
import type { SourceFile } from './source-file.ts'
import { writtenRequest } from './written-request.ts'

type MessageIds = 'useIndex' | 'useTable'

/**
 * The one index, or the table itself, whose key a key condition fits. None where several fit, where the request is not
 * written in one piece here, or where the Query would be rejected for something else.
 *
 * @see GSI.html
 */
export function fittingIndex(
  { checked, occurrence }: LocatedFinding,
  file: SourceFile,
): readonly Proposal<MessageIds>[] {
  const [target, ...others] = targetsOf(checked)
  const written = writtenRequest(file, checked.request, occurrence)
  if (!target || others.length > 0 || written === null) return []
  const edits = setIndex(file, written, target.index)
  if (edits === null) return []
  const { index, keys } = target
  return index === null
    ? [{ messageId: 'useTable', data: { keys }, edits }]
    : [{ messageId: 'useIndex', data: { index, keys }, edits }]
}

interface Target {
  /** null: the table. */
  readonly index: string | null
  readonly keys: string
}

function targetsOf(checked: CheckedRequest): readonly Target[] {
  const { certain } = checked.table
  const { index, open } = checked.rest
  const isTold = index?.name !== undefined || (index === undefined && !open)
  if (certain === null || !isTold) return []
  const targets = [null, ...certain.indexes.map(({ name }) => name)]
  return targets
    .filter((name) => name !== (index?.name ?? null) && fits(checked, name))
    .map((name) => ({ index: name, keys: keysOf(schemaOf(certain, name)) }))
}

function schemaOf(
  table: TableSchema,
  index: string | null,
): Pick<TableSchema, 'partitionKey' | 'sortKey'> {
  return table.indexes.find(({ name }) => name === index) ?? table
}

/** The key condition and the filter go with an index, and both are known whole. */
function fits({ request, rest, expressions }: CheckedRequest, index: string | null): boolean {
  if (keyConditionOf(request) === null) return false
  if (index !== null && !mayReadIndex(request)) return false
  const texts = [...expressions].flatMap(([member, { texts, isOptional }]) => {
    const [only, ...others] = texts
    return only && others.length === 0 && !isOptional ? [[member, expressionText(only)]] : []
  })
  if (texts.length < expressions.size) return false
  const findings = checkRequest({
    ...rest,
    expressions: Object.fromEntries(texts) as ExpressionRequest['expressions'],
    index: index === null ? undefined : { name: index },
  })
  return !findings.some(({ code }) => OF_KEYS.has(code))
}

/** What is wrong with a Query because of the keys of what it reads; anything else is wrong with any index. */
const OF_KEYS: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'keyConditionAttribute',
  'keyConditionCount',
  'keyConditionEquality',
  'keyConditionGap',
  'keyConditionType',
  'keyInFilter',
])
