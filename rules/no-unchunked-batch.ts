import type { UnchunkedList } from '../src/flow/loops/unchunked.ts'
import { unchunkedLists } from '../src/flow/loops/unchunked.ts'
import type { Analysis } from '../src/operations/analysis.ts'
import { quoteOf } from '../src/operations/describe.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { inChunks } from '../src/suggestions/in-chunks.ts'

export default createRule({
  name: 'no-unchunked-batch',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow lists of any length in batches, transactions and IN.',
      preset: 'strict',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      unchunked:
        '{{list}} may hold any number of {{elements}}: {{taker}} takes {{most}} at most, and DynamoDB refuses the whole request with one more.',
      sendChunks:
        'Send `{{list}}` {{most}} at a time (where a later call fails, the earlier ones are done).',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const list of unchunkedLists(analysis))
      report(list.reportAt, 'unchunked', dataOf(list, analysis), inChunks(list, analysis))
  }),
})

/** Longer pieces of code are not quoted. */
function dataOf(
  { at, reportAt, elements, taker, most }: UnchunkedList,
  { module, text }: Analysis,
): Record<string, string> {
  const list = quoteOf(text.slice(reportAt.start, reportAt.end)) ?? 'This list'
  return {
    list: at.module === module ? list : `What ${list} is given`,
    elements,
    taker,
    most: String(most),
  }
}
