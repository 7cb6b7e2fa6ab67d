import { placeInOwner } from '../src/flow/paths/lowest.ts'
import { filterText } from '../src/flow/reads/pages.ts'
import { readsOnePage } from '../src/flow/reads/one-page.ts'
import { usesOfResult } from '../src/flow/reads/result-uses.ts'
import type { Operation } from '../src/operations/operation.ts'
import { isLeftOut, memberOfRequest } from '../src/operations/request.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onOperations } from '../src/rule/on-operations.ts'
import { readPages } from '../src/suggestions/read-pages.ts'
import { limitText } from '../src/suggestions/limit-text.ts'

export default createRule({
  name: 'no-limit-with-filter',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow Limit beside a filter where one page is taken for the first matches.',
      preset: 'strict',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      limitBeforeFilter:
        'Limit counts the items of {{table}} that this Query reads, before {{filter}} drops some ({{path}}): it gives fewer than {{limit}}, perhaps none, while further items match.',
      readUntilEnough: 'Read on until `{{limit}}` items match (one request for each page).',
    },
  },
  create: onOperations(['Query'], (operation, report, { analysis }) => {
    const { request, occurrence, table } = operation
    const [limit, filter] = [memberOfRequest(request, 'Limit'), filterText(operation)]
    if (limit.state !== 'known' || isLeftOut(request, 'Limit') || filter === null) return
    if (!readsOnePage(occurrence) || looksAtCursor(operation)) return
    const text = limitText(operation, analysis)
    const data = {
      table: table.label,
      filter,
      path: operation.callPath,
      limit: text === null ? 'Limit says' : `\`${text}\``,
    }
    const edits = text === null ? null : readPages(occurrence, analysis, text)
    const at = placeInOwner({ occurrence, found: null }, limit.keyAt)
    report(
      at.module === analysis.module ? at : operation.at,
      'limitBeforeFilter',
      data,
      edits === null ? [] : [{ messageId: 'readUntilEnough', data: { limit: text ?? '' }, edits }],
    )
  }),
})

function looksAtCursor({ occurrence }: Operation): boolean {
  return usesOfResult(occurrence).some(({ kind }) => kind === 'cursor')
}
