import { pagingFault } from '../src/flow/reads/broken-pages.ts'
import type { PagingFault } from '../src/flow/reads/broken-pages.ts'
import { lowestOf } from '../src/flow/paths/lowest.ts'
import { callPathOf, tableOfRequest } from '../src/operations/describe.ts'
import { placeOfTrail } from '../src/operations/operation.ts'
import { requestOf } from '../src/operations/request.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { loopHead } from '../src/suggestions/loop-head.ts'

export default createRule({
  name: 'no-broken-pagination',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow loops over pages that miss pages, and cursors that skip items.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      frozenRequest:
        'Each round of this loop asks for the first page of {{table}} again ({{path}}): `LastEvaluatedKey` never comes into the request. Where there is a second page, the loop does not end.',
      cursorBeforePage:
        'This loop never runs ({{path}}): it asks for the cursor before the first page of {{table}} has given one.',
      skippedItems:
        'One item more than wanted is read from {{table}} and cut off, while `LastEvaluatedKey` stands behind it ({{path}}): the next page begins after it, and nobody ever sees it.',
      feedCursor: 'Give each request the cursor: `ExclusiveStartKey: {{cursor}}`.',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    const { reachability } = analysis
    for (const { occurrence, found } of lowestOf(analysis.module, pagingFault)) {
      const [top] = occurrence.trail
      const data = {
        table: tableOfRequest(requestOf(occurrence.spelling.request), analysis).label,
        path: callPathOf(occurrence, top ? reachability.from(top.frame) : null),
      }
      const proposals = found === 'frozen' ? loopHead(occurrence, analysis) : []
      report(placeOfTrail(occurrence, 0), MESSAGES[found], data, proposals)
    }
  }),
})

const MESSAGES = {
  frozen: 'frozenRequest',
  never: 'cursorBeforePage',
  skips: 'skippedItems',
} as const satisfies Record<PagingFault, string>
