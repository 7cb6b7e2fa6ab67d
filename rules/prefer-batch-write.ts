import { listText } from '../src/flow/loops/each-element.ts'
import { writesOneByOne } from '../src/flow/loops/written-one-by-one.ts'
import { tableOfRequest } from '../src/operations/describe.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'

export default createRule({
  name: 'prefer-batch-write',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Prefer BatchWriteItem to one Put or Delete for each element of a list.',
      preset: 'recommended',
    },
    schema: [],
    defaultOptions: [],
    messages: {
      oneByOne:
        'One {{operation}} for each element of {{list}}, with no condition: BatchWriteItem takes 25 of them for {{table}} with one request (no key twice in one batch; what comes back in UnprocessedItems is to be sent again).',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const { at, round, write } of writesOneByOne(analysis)) {
      report(at, 'oneByOne', {
        operation: write.kind,
        list: listText(round, analysis) ?? 'a list',
        table: tableOfRequest(write.request, analysis).label,
      })
    }
  }),
})
