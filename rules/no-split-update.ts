import { splitUpdatesIn } from '../src/flow/writes/split-update.ts'
import { tableOfRequest } from '../src/operations/describe.ts'
import { placeOfTrail } from '../src/operations/operation.ts'
import { requestOf } from '../src/operations/request.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { lineAt } from '../src/project/module.ts'
import { oneUpdate } from '../src/suggestions/one-update.ts'

export default createRule({
  name: 'no-split-update',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow two updates of one item in a row.',
      preset: 'strict',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      split:
        'The update in line {{line}} is of the same item of {{table}}: one Update with both expressions costs half, and nobody sees the item, nor is left with it, between the two.',
      updateOnce: 'Do both with one Update.',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const split of splitUpdatesIn(analysis)) {
      const { first, second, at } = split
      const data = {
        line: String(lineAt(analysis.module, placeOfTrail(first, 0).start)),
        table: tableOfRequest(requestOf(second.spelling.request), analysis).label,
      }
      report(at, 'split', data, oneUpdate(split, analysis))
    }
  }),
})
