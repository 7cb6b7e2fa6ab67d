import { tornWritesIn } from '../src/flow/writes/torn-writes.ts'
import { tableOfRequest } from '../src/operations/describe.ts'
import { placeOfTrail } from '../src/operations/operation.ts'
import { requestOf } from '../src/operations/request.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { lineAt } from '../src/project/module.ts'
import { inOneTransaction } from '../src/suggestions/in-one-transaction.ts'

export default createRule({
  name: 'no-torn-write',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow writes that belong together as separate calls.',
      preset: 'strict',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      mirrored:
        'This write to {{table}} and the one in line {{line}} are the two sides of one relation, sent one after the other: where the second fails, one side is left alone. One TransactWriteItems carries out both, or neither.',
      counted:
        'This write to {{table}} and the one in line {{line}} are an item and its count, sent one after the other: where the second fails, the count is wrong for ever. One TransactWriteItems carries out both, or neither.',
      made: 'This write to {{table}} and the one in line {{line}} are two items with one new id, put one after the other: where the second fails, the first is left alone, and a retry makes another id. One TransactWriteItems carries out both, or neither.',
      writeTogether: 'Write both with one TransactWriteItems (at twice the write units{{error}}).',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    const { module } = analysis
    for (const torn of tornWritesIn(analysis)) {
      const { kind, first, second } = torn
      const data = {
        table: tableOfRequest(requestOf(second.spelling.request), analysis).label,
        line: String(lineAt(module, placeOfTrail(first, 0).start)),
      }
      report(placeOfTrail(second, 0), kind, data, inOneTransaction(torn, analysis))
    }
  }),
})
