import { roundsOf } from '../src/flow/loops/loops.ts'
import { placeInOwner } from '../src/flow/paths/lowest.ts'
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
      rows: 'This write to {{table}} and the one in line {{line}} are an item and what belongs to it, under one new id, put one after the other: where one of them fails, the item is left without the rest, and a retry makes another id. One TransactWriteItems carries out all of up to 100, or none.',
      copied:
        'This write to {{table}} and the one in line {{line}} make one change of two items, sent one after the other: where the second fails, the two no longer agree. One TransactWriteItems carries out both, or neither.',
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
      const isPair = roundsOf(second).length === 0
      const at = isPair
        ? placeOfTrail(second, 0)
        : placeInOwner(
            { occurrence: second, found: null },
            placeOfTrail(second, second.trail.length - 1),
          )
      report(at, kind, data, isPair ? inOneTransaction(torn, analysis) : [])
    }
  }),
})
