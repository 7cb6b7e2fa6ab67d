import { listText } from '../src/flow/loops/each-element.ts'
import { tableOfRequest } from '../src/operations/describe.ts'
import { readsOneByOne } from '../src/flow/loops/one-by-one.ts'
import { requestOf } from '../src/operations/request.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { readInBatches } from '../src/suggestions/batched-reads.ts'

export default createRule({
  name: 'no-n-plus-one',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow a read of its own for each element of a list.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      getOneByOne:
        'Each element of {{list}} costs a GetItem of its own from {{table}}: BatchGetItem reads 100 keys with one request (no key twice; the answer has an order of its own; ask again for UnprocessedKeys).',
      queryOneByOne:
        'Each item of {{list}}, read before, costs a Query of its own to {{table}}: keep what is read together under one partition key, or keep on the item what is shown of the others.',
      readInBatches:
        'Read all of them before, 100 keys at a time, each key once (throws where some are still left after {{attempts}} attempts).',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const each of readsOneByOne(analysis)) {
      const { at, occurrence, round } = each
      const { kind, request } = occurrence.spelling
      const data = {
        list: listText(round, analysis) ?? 'this list',
        table: tableOfRequest(requestOf(request), analysis).label,
      }
      const problem = kind === 'GetItem' ? 'getOneByOne' : 'queryOneByOne'
      report(at, problem, data, readInBatches(each, analysis))
    }
  }),
})
