import { parseExpression, placeholdersIn } from '../expressions/index.ts'
import type { ExpressionKind } from '../expressions/index.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import { expressionOf } from '../operations/request.ts'
import type { Request } from '../operations/request.ts'
import type { Edit, Proposal } from './edit.ts'
import type { FilterPlan } from './filter-plan.ts'
import { setIndex } from './index-name.ts'
import { quoted, replace } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { withoutPlaceholders } from './unused-placeholders.ts'
import type { PlaceholderKeys } from './unused-placeholders.ts'
import { memberNamed, writtenRequest, writtenText } from './written-request.ts'

type MessageIds = 'moveToKey' | 'dropFromFilter' | 'queryIndex'

/**
 * The Query with its filter's conditions where the plan wants them, and without the placeholders that nothing uses then.
 * None where the request is not written in one piece here.
 */
export function filterToKey(
  plan: FilterPlan | null,
  request: Request,
  occurrence: Occurrence,
  file: SourceFile,
): readonly Proposal<MessageIds>[] {
  const edits = plan && editsOf(plan, request, occurrence, file)
  if (plan === null || edits === null) return []
  const { index, moved, taken } = plan
  if (index !== null) {
    return [{ messageId: 'queryIndex', data: { index: index.name, moved }, edits }]
  }
  return moved === ''
    ? [{ messageId: 'dropFromFilter', data: { taken }, edits }]
    : [{ messageId: 'moveToKey', data: { moved }, edits }]
}

function editsOf(
  plan: FilterPlan,
  request: Request,
  occurrence: Occurrence,
  file: SourceFile,
): readonly Edit[] | null {
  const written = writtenRequest(file, request, occurrence)
  if (written === null) return null
  const [key, filter] = ['KeyConditionExpression', 'FilterExpression'].map((name) =>
    memberNamed(written, name),
  )
  const [keyText, filterText] = [key, filter].map((member) => member && writtenText(file, member))
  const unused = unusedAfter(plan, request)
  if (!key || !filter || !keyText || !filterText || unused === null) return null
  const gone = plan.filter === null ? [filter] : []
  const without = withoutPlaceholders(file, written, unused, gone)
  const index = plan.index === null ? [] : setIndex(file, written, plan.index.name)
  if (without === null || index === null) return null
  const { filter: kept } = plan
  return [
    ...(plan.moved === '' ? [] : [replace(file, key.valueAt, quoted(plan.key, keyText.quote))]),
    ...(kept === null ? [] : [replace(file, filter.valueAt, quoted(kept, filterText.quote))]),
    ...index,
    ...without,
  ]
}

/** The placeholders that the two expressions used and, after the change, none does; null where another may. */
export function unusedAfter(
  { key, filter }: Pick<FilterPlan, 'key' | 'filter'>,
  request: Request,
): PlaceholderKeys | null {
  const projection = expressionOf(request, 'Projection')
  if (projection.state === 'unknown') return null
  const kept = new Set([
    ...placeholders('KeyCondition', key),
    ...(filter === null ? [] : placeholders('Filter', filter)),
    ...(projection.state === 'known' ? projection.texts : []).flatMap(({ tree }) =>
      placeholdersIn(tree).names.map(({ name }) => name),
    ),
  ])
  const before = ['KeyCondition', 'Filter'].flatMap((kind) => {
    const expression = expressionOf(request, kind as 'KeyCondition' | 'Filter')
    if (expression.state !== 'known') return []
    return expression.texts.flatMap(({ tree }) => {
      const { names, values } = placeholdersIn(tree)
      return [...names, ...values].map(({ name }) => name)
    })
  })
  const unused = before.filter((name) => !kept.has(name))
  return {
    names: new Set(unused.filter((name) => name.startsWith('#'))),
    values: new Set(unused.filter((name) => name.startsWith(':'))),
  }
}

function placeholders(kind: ExpressionKind, text: string): readonly string[] {
  const { names, values } = placeholdersIn(parseExpression(kind, { parts: [text] }).tree)
  return [...names, ...values].map(({ name }) => name)
}
