import { doneInCode } from '../src/flow/reads/client-side.ts'
import type { ClientSide } from '../src/flow/reads/client-side.ts'
import { lowestOf, placeInOwner } from '../src/flow/paths/lowest.ts'
import { callPathOf } from '../src/operations/describe.ts'
import { placeOfTrail } from '../src/operations/operation.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { countOnly } from '../src/suggestions/count-only.ts'
import { filterToRange } from '../src/suggestions/filter-to-range.ts'

export default createRule({
  name: 'no-client-side-filter',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow filtering and sorting in code what a key condition can ask for.',
      preset: 'strict',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      filteredInCode:
        'The Query of {{table}} reads the whole partition, and this drops what does not fit ({{path}}): `{{attribute}}` is the sort key of what is queried, so the key condition can ask for these items alone.',
      indexedInCode:
        'The Query of {{table}} reads the whole partition, and this drops what does not fit ({{path}}): index `{{index}}` has `{{attribute}}` as its key, and can be asked for these items alone.',
      sortedInCode:
        'The Query of {{table}} gives its items in the order of `{{attribute}}`, the sort key ({{path}}): `ScanIndexForward` turns it round, and sorting them here takes all of them where the first few may do.',
      countedInCode:
        "The Query of {{table}} reads and sends whole items, and this only takes their number ({{path}}): with `Select: 'COUNT'` the number alone is sent, in `Count`.",
      askForKeys: 'Ask for these items alone: `{{asked}}` in the key condition.',
      countOnly: "Ask for the number alone: `Select: 'COUNT'`.",
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    const { reachability } = analysis
    const found = lowestOf(analysis.module, (occurrence) => doneInCode(occurrence, analysis))
    for (const lowest of found) {
      const { occurrence, found: one } = lowest
      const [top] = occurrence.trail
      const query = placeOfTrail(occurrence, 0)
      const done = one.at ?? query
      const at = done.module === analysis.module ? done : placeInOwner(lowest, done)
      const data = {
        table: one.table.label,
        attribute: one.attribute,
        index: one.index ?? '',
        path: callPathOf(occurrence, top ? reachability.from(top.frame) : null),
      }
      const place = at.module === analysis.module ? at : query
      const proposal =
        one.kind === 'counted'
          ? countOnly(occurrence, one.request, analysis)
          : filterToRange(one, occurrence, analysis)
      report(place, MESSAGES[one.kind], data, proposal === null ? [] : [proposal])
    }
  }),
})

const MESSAGES = {
  filtered: 'filteredInCode',
  indexed: 'indexedInCode',
  sorted: 'sortedInCode',
  counted: 'countedInCode',
} as const satisfies Record<ClientSide['kind'], string>
