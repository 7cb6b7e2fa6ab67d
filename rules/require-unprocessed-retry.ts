import { unprocessedIn } from '../src/flow/loops/unprocessed.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { sendAgain } from '../src/suggestions/send-again.ts'

export default createRule({
  name: 'require-unprocessed-retry',
  meta: {
    type: 'problem',
    docs: {
      description:
        'Require that what a batch leaves unprocessed is asked for again, after a pause.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      writesLost:
        'Nobody looks at UnprocessedItems: under load DynamoDB carries out a part of a BatchWriteItem and gives back the rest without an error. These writes are lost; send them again with a growing, random pause.',
      keysLost:
        'Nobody looks at UnprocessedKeys: under load DynamoDB reads a part of a BatchGetItem and gives back the rest without an error. These items look as if they were not there; ask again with a growing, random pause.',
      atOnce:
        '{{member}} is sent again at once, while DynamoDB is still throttling: wait before each attempt, longer each time and by a random share (about 50 ms, doubled each time), and give up after some.',
      sendAgain:
        'Send again what is left, after a growing, random pause (throws where something is still left after {{attempts}} attempts).',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const batch of unprocessedIn(analysis)) {
      const { occurrence, at, kind } = batch
      const isWrite = occurrence.spelling.kind === 'BatchWriteItem'
      if (kind === 'ignored')
        report(at, isWrite ? 'writesLost' : 'keysLost', {}, sendAgain(batch, analysis))
      else report(at, 'atOnce', { member: isWrite ? 'UnprocessedItems' : 'UnprocessedKeys' })
    }
  }),
})
