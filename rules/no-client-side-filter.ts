import { doneInCode } from '../src/flow/reads/client-side.ts'
import type { ClientSide } from '../src/flow/reads/client-side.ts'
import { lowestOf, placeInOwner } from '../src/flow/paths/lowest.ts'
import { callPathOf } from '../src/operations/describe.ts'
import { placeOfTrail } from '../src/operations/operation.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'

export default createRule({
  name: 'no-client-side-filter',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow filtering and sorting in code what a key condition can ask for.',
      preset: 'strict',
    },
    schema: [],
    defaultOptions: [],
    messages: {
      filteredInCode:
        'The Query of {{table}} reads the whole partition, and this drops what does not fit ({{path}}): `{{attribute}}` is the sort key of what is queried, so the key condition can ask for these items alone.',
      indexedInCode:
        'The Query of {{table}} reads the whole partition, and this drops what does not fit ({{path}}): index `{{index}}` has `{{attribute}}` as its key, and can be asked for these items alone.',
      sortedInCode:
        'The Query of {{table}} gives its items in the order of `{{attribute}}`, the sort key ({{path}}): `ScanIndexForward` turns it round, and sorting them here takes all of them where the first few may do.',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    const { reachability } = analysis
    const found = lowestOf(analysis.module, (occurrence) => doneInCode(occurrence, analysis))
    for (const lowest of found) {
      const { occurrence, found: one } = lowest
      const [top] = occurrence.trail
      const at = one.at.module === analysis.module ? one.at : placeInOwner(lowest, one.at)
      report(at.module === analysis.module ? at : placeOfTrail(occurrence, 0), MESSAGES[one.kind], {
        table: one.table.label,
        attribute: one.attribute,
        index: one.index ?? '',
        path: callPathOf(occurrence, top ? reachability.from(top.frame) : null),
      })
    }
  }),
})

const MESSAGES = {
  filtered: 'filteredInCode',
  indexed: 'indexedInCode',
  sorted: 'sortedInCode',
} as const satisfies Record<ClientSide['kind'], string>
