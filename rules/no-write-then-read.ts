import { readBacksIn } from '../src/flow/reads/read-back.ts'
import type { ReadBack } from '../src/flow/reads/read-back.ts'
import { raceData } from '../src/operations/describe.ts'
import { placeOfTrail } from '../src/operations/operation.ts'
import { memberOfRequest } from '../src/operations/request.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { lineAt } from '../src/project/module.ts'
import { returnNewValues } from '../src/suggestions/return-values.ts'

export default createRule({
  name: 'no-write-then-read',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow reading an item back right after it was written.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      readBack:
        'This Get reads back the item of {{table}} that is written in line {{line}} ({{path}}): {{staleness}}. {{remedy}}',
      returnNewValues: "Let the Update give the new item: `ReturnValues: 'ALL_NEW'`.",
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const back of readBacksIn(analysis.module)) {
      const { read, occurrence, write, isConsistent } = back
      const { table, path } = raceData({ read, occurrence: read, write, level: 0 }, analysis)
      const { module, start } = placeOfTrail(occurrence, 0)
      const data = {
        table,
        path,
        line: String(lineAt(module, start)),
        staleness: isConsistent
          ? 'it costs a request and what it reads'
          : 'an eventually consistent read may still give the item as it was before',
        remedy: remedyOf(back),
      }
      const proposal = returnNewValues(back, analysis)
      report(placeOfTrail(read, 0), 'readBack', data, proposal === null ? [] : [proposal])
    }
  }),
})

function remedyOf({ write }: ReadBack): string {
  if (write.kind === 'Put') return 'What was put is at hand.'
  if (write.inTransaction)
    return 'A transaction gives nothing back: read with `ConsistentRead: true`, or compute what it wrote.'
  return givesItem(write)
    ? "The Update gives the item already, by its `ReturnValues: 'ALL_NEW'`: it is in the `Attributes` of the answer."
    : "`ReturnValues: 'ALL_NEW'` makes the Update itself give the item, for nothing."
}

function givesItem({ request }: ReadBack['write']): boolean {
  const asked = memberOfRequest(request, 'ReturnValues')
  return asked.state === 'known' && asked.term.kind === 'literal' && asked.term.value === 'ALL_NEW'
}
