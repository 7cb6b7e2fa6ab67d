import { placeInOwner } from '../src/flow/paths/lowest.ts'
import type { Lowest } from '../src/flow/paths/lowest.ts'
import { prefixFaultsOf } from '../src/flow/reads/sort-key-use.ts'
import type { PrefixFault } from '../src/flow/reads/sort-key-use.ts'
import type { Analysis } from '../src/operations/analysis.ts'
import { callPathOf } from '../src/operations/describe.ts'
import { print } from '../src/expressions/index.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { askForKind } from '../src/suggestions/begins-with.ts'

export default createRule({
  name: 'require-sort-key-prefix',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require Queries that want one kind of item to say so in the key condition.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      pickedInCode:
        'This Query of {{table}} reads the whole partition, and the code keeps only {{kind}} ({{path}}): the key condition can ask for these alone.',
      pickedInFilter:
        'This Query of {{table}} reads the whole partition, and the filter `{{filter}}` keeps only {{kind}} ({{path}}): the key condition can ask for these alone.',
      barePrefix:
        '`{{condition}}` compares the sort key of {{table}} with the prefix `{{prefix}}` ({{path}}): no item has just this key, so nothing is found.',
      openRange:
        '`{{condition}}` has no bound where `{{prefix}}` ends ({{path}}): the range runs on into every other kind of item in the partition.',
      useBeginsWith: 'Use `{{condition}}`: finds the items that begin so, where nothing was found.',
      useBetween: 'Use `{{condition}}`: other kinds of item are no longer read{{inclusive}}.',
      askForPrefix:
        'Add `{{condition}}` with `{{prefix}}` to the key condition: only these items are read.',
      askForKey:
        'Add `{{condition}}` with `{{prefix}}` to the key condition: only this item is read.',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const lowest of prefixFaultsOf(analysis)) {
      const { occurrence, found } = lowest
      const suggestion = askForKind(occurrence, found, analysis)
      const at = placeInOwner(lowest, found.at)
      report(at, MESSAGES[found.fault], dataOf(lowest, analysis), suggestion)
    }
  }),
})

const MESSAGES = {
  picked: 'pickedInCode',
  filtered: 'pickedInFilter',
  bare: 'barePrefix',
  open: 'openRange',
} as const

function dataOf(
  { occurrence, found }: Lowest<PrefixFault>,
  { reachability }: Analysis,
): Record<string, string> {
  const [first] = occurrence.trail
  const { kind, sortKey } = found
  return {
    table: found.table.label,
    kind: `\`${sortKey}\` ${kind.isWhole ? '=' : 'beginning with'} \`${kind.text}\``,
    prefix: kind.text,
    condition: found.fault === 'bare' || found.fault === 'open' ? print(found.test.node) : '',
    filter: found.fault === 'filtered' ? print(found.condition) : '',
    path: callPathOf(occurrence, first ? reachability.from(first.frame) : null),
  }
}
