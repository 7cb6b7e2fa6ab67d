import { listText } from '../src/flow/loops/each-element.ts'
import { writesOneByOne } from '../src/flow/loops/written-one-by-one.ts'
import { tableOfRequest } from '../src/operations/describe.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { writeInBatches } from '../src/suggestions/batched-writes.ts'

export default createRule({
  name: 'prefer-batch-write',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Prefer BatchWriteItem to one Put or Delete for each element of a list.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      oneByOne:
        'One {{operation}} for each element of {{list}}, with no condition: BatchWriteItem takes 25 of them for {{table}} with one request (no key twice in one batch; what comes back in UnprocessedItems is to be sent again).',
      writeInBatches:
        'Write 25 of them at a time{{repeated}} (throws where some are still left after {{attempts}} attempts).',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const each of writesOneByOne(analysis)) {
      const { at, round, write } = each
      const data = {
        operation: write.kind,
        list: listText(round, analysis) ?? 'a list',
        table: tableOfRequest(write.request, analysis).label,
      }
      report(at, 'oneByOne', data, writeInBatches(each, analysis))
    }
  }),
})
