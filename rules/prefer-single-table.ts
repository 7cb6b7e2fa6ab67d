import { sharedKey as sharedJoinKey } from '../src/flow/reads/joins.ts'
import { areBothMade, keyedReadsIn } from '../src/flow/reads/keyed-reads.ts'
import type { KeyedRead } from '../src/flow/reads/keyed-reads.ts'
import { isRequest } from '../src/frameworks/framework.ts'
import { occasionOf } from '../src/frameworks/occasion.ts'
import type { Analysis } from '../src/operations/analysis.ts'
import { pathOf, tableOfRequest } from '../src/operations/describe.ts'
import { placeOfTrail } from '../src/operations/operation.ts'
import { requestOf } from '../src/operations/request.ts'
import {
  SEPARATE_TABLES,
  areDifferent,
  areSeparate,
  calledBy,
  isLookup,
} from '../src/operations/separate-tables.ts'
import type { SeparateTables } from '../src/operations/separate-tables.ts'
import type { Table } from '../src/operations/table.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { freeFrame } from '../src/project/frame.ts'

export default createRule({
  name: 'prefer-single-table',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow tables of their own for what is read together by key.',
      preset: 'strict',
    },
    schema: [{ type: 'object', properties: SEPARATE_TABLES, additionalProperties: false }],
    defaultOptions: [{ separate: [], lookups: [] }] as [SeparateTables],
    messages: {
      together:
        '{{tables}} are read together on each {{entry}} ({{path}}), all by the same {{key}}, with a request for each: as one item collection in one table, one Query would read them.',
    },
  },
  create: onAnalysis(({ analysis, options: [options] }, report) => {
    const { module, reachability } = analysis
    module.facts.functions.forEach((_, id) => {
      const frame = freeFrame(module, id)
      const together = readTogether(keyedReadsIn(frame), analysis, options)
      const [first, second] = together
      if (!first || !second) return
      const reach = reachability.from(frame)
      if (reach === null || !isRequest(reach.entry.trigger)) return
      report(placeOfTrail(first.read.occurrence, 0), 'together', {
        tables: listOf(together.map(({ table }) => calledBy(table))),
        entry: occasionOf(reach.entry.label),
        path: pathOf([...reach.path].reverse(), module),
        key: `\`${sharedKey(together.map(({ read }) => read)) ?? ''}\``,
      })
    })
  }),
})

interface ReadOfTable {
  readonly read: KeyedRead
  readonly table: Table
}

/** The first read of each of several tables that one run reads by the same key; none where there are not two. */
function readTogether(
  reads: readonly KeyedRead[],
  analysis: Analysis,
  options: SeparateTables,
): readonly ReadOfTable[] {
  if (reads.length < 2) return []
  const known = reads
    .map((read) => {
      const table = tableOfRequest(requestOf(read.occurrence.spelling.request), analysis)
      return { read, table }
    })
    .filter(({ table }) => !isLookup(table, options))
  for (const first of known) {
    const found = [first]
    for (const other of known) {
      const isAnother = found.every(
        ({ read, table }) =>
          areDifferent(table, other.table) &&
          !areSeparate(table, other.table, options) &&
          areBothMade(read, other.read) &&
          !isJoin(read, other.read),
      )
      const all = [...found, other].map(({ read }) => read)
      if (isAnother && sharedKey(all) !== null) found.push(other)
    }
    if (found.length > 1) return found
  }
  return []
}

/** One of them is used before the other is sent: no-application-join speaks of these. */
function isJoin(first: KeyedRead, second: KeyedRead): boolean {
  return sharedJoinKey({ first: first.occurrence, second: second.occurrence }) !== null
}

/** An attribute by whose one value all of them are read; null where there is none. */
function sharedKey([first, ...others]: readonly KeyedRead[]): string | null {
  const shared = [...(first?.key ?? [])].find(([, value]) =>
    others.every(({ key }) => [...key.values()].includes(value)),
  )
  return shared?.[0] ?? null
}

function listOf(labels: readonly string[]): string {
  const last = labels.at(-1) ?? ''
  return `${labels.slice(0, -1).join(', ')} and ${last}`
}
