import { joinsIn } from '../src/flow/reads/joins.ts'
import { callPathOf, quoteOf, tableOfRequest, tableOfTerm } from '../src/operations/describe.ts'
import type { Quoted } from '../src/operations/describe.ts'
import { placeOfTrail } from '../src/operations/operation.ts'
import { requestOf } from '../src/operations/request.ts'
import type { Table } from '../src/operations/table.ts'
import { readOf } from '../src/operations/writes.ts'
import type { Occurrence } from '../src/flow/paths/occurrences.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { SEPARATE_TABLES, areSeparate, isLookup } from '../src/operations/separate-tables.ts'
import type { SeparateTables } from '../src/operations/separate-tables.ts'
import { alternatives } from '../src/project/term.ts'
import { lineAt } from '../src/project/module.ts'

export default createRule({
  name: 'no-application-join',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow joining two tables in code, one read after the other.',
      preset: 'strict',
    },
    schema: [{ type: 'object', properties: SEPARATE_TABLES, additionalProperties: false }],
    defaultOptions: [{ separate: [], lookups: [] }] as [SeparateTables],
    messages: {
      join: 'This {{operation}} joins {{table}} to {{other}}, read in line {{line}}, by `{{attribute}}` ({{path}}): each request waits for two reads, one after the other. In one table, with both under a partition key made of `{{attribute}}`, one Query reads the whole item collection.',
      joinOfList:
        'This {{operation}} joins {{table}} to the items of {{other}}, read in line {{line}}, by their `{{attribute}}` ({{path}}): each request waits for two reads, one after the other. In one table, with items and what they name in one item collection, or with what is shown copied to the items, one Query reads all.',
    },
  },
  create: onAnalysis(({ analysis, options: [options] }, report) => {
    for (const { first, second, found, reach } of joinsIn(analysis)) {
      const [table, other] = [tableOfRead(second, analysis), tableOfRead(first, analysis)]
      if (isOneTable(table, other) || areSeparate(table, other, options)) continue
      if ([table, other].some((one) => isLookup(one, options))) continue
      report(placeOfTrail(second, 0), found.isList ? 'joinOfList' : 'join', {
        operation: second.spelling.kind,
        table: labelOf(table),
        other: labelOf(other),
        line: String(lineAt(analysis.module, placeOfTrail(first, 0).start)),
        attribute: found.attribute,
        path: callPathOf(second, reach),
      })
    }
  }),
})

function tableOfRead(read: Occurrence, quoted: Quoted): Table {
  const table = tableOfRequest(requestOf(read.spelling.request), quoted)
  const { table: named } = readOf(read.spelling)
  return table.term === null && named !== null ? tableOfTerm(named, quoted) : table
}

/** A name that is made of parts is told by those that are known: `…-users`. */
function labelOf({ name, label, term }: Table): string {
  if (name !== null || term === null) return label
  const made = alternatives(term).find((option) => option.kind === 'template')
  const text = made?.parts.map((part) => (part.kind === 'text' ? part.text : '…')).join('')
  return (text === undefined ? null : quoteOf(text)) ?? label
}

/** Two names of one table, as infrastructure has it. */
function isOneTable(a: Table, b: Table): boolean {
  return a.schema !== null && a.schema === b.schema
}
