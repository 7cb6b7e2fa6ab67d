import { dualWritesIn } from '../src/flow/effects/dual-write.ts'
import { occasionOf } from '../src/frameworks/occasion.ts'
import { tableOfRequest, tableOfTerm } from '../src/operations/describe.ts'
import { lineAt } from '../src/project/module.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'

/** Which images a stream has to carry to tell of each kind of write. */
const VIEWS = { Put: 'NEW_IMAGE', Update: 'NEW_IMAGE', Delete: 'OLD_IMAGE' } as const

export default createRule({
  name: 'prefer-stream',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow telling another system of a write in the same request.',
      preset: 'strict',
    },
    schema: [],
    defaultOptions: [],
    messages: {
      dualWrite:
        '{{receiver}} is told of what line {{line}} writes to {{table}}, both on each {{entry}}: where this fails, or the process ends in between, the write stands and nobody is told. A stream of the table ({{view}}) tells it until it succeeds.',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const { write, effect, at, writtenAt, reach } of dualWritesIn(analysis)) {
      const table =
        write.table === null
          ? tableOfRequest(write.request, analysis)
          : tableOfTerm(write.table, analysis)
      report(at, 'dualWrite', {
        receiver: effect.name.charAt(0).toUpperCase() + effect.name.slice(1),
        line: String(lineAt(writtenAt.module, writtenAt.start)),
        table: table.label,
        entry: occasionOf(reach.entry.label),
        view: VIEWS[write.kind],
      })
    }
  }),
})
