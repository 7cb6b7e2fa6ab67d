import { listText } from '../src/flow/loops/each-element.ts'
import { tableOfRequest } from '../src/operations/describe.ts'
import { readsOneByOne } from '../src/flow/loops/one-by-one.ts'
import { requestOf } from '../src/operations/request.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'

export default createRule({
  name: 'no-n-plus-one',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow a read of its own for each element of a list.',
      preset: 'recommended',
    },
    schema: [],
    defaultOptions: [],
    messages: {
      getOneByOne:
        'Each element of {{list}} costs a GetItem of its own from {{table}}: BatchGetItem reads 100 keys with one request (no key twice; the answer has an order of its own; ask again for UnprocessedKeys).',
      queryOneByOne:
        'Each item of {{list}}, read before, costs a Query of its own to {{table}}: keep what is read together under one partition key, or keep on the item what is shown of the others.',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const { at, occurrence, round } of readsOneByOne(analysis)) {
      const { kind, request } = occurrence.spelling
      report(at, kind === 'GetItem' ? 'getOneByOne' : 'queryOneByOne', {
        list: listText(round, analysis) ?? 'this list',
        table: tableOfRequest(requestOf(request), analysis).label,
      })
    }
  }),
})
