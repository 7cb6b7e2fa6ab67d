import { unpaddedKeysOf } from '../src/flow/writes/unpadded-keys.ts'
import type { UnpaddedKeyFound } from '../src/flow/writes/unpadded-keys.ts'
import type { Analysis } from '../src/operations/analysis.ts'
import { callPathOf, lineInFile, quoteOf } from '../src/operations/describe.ts'
import { placeOfTrail } from '../src/operations/operation.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { padNumber } from '../src/suggestions/pad-number.ts'

export default createRule({
  name: 'no-unpadded-sort-key',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow numbers of any width in text sort keys that are read by their order.',
      preset: 'strict',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      unpadded:
        '{{key}} holds a number as it is{{code}} ({{path}}): as text, 10 comes before 9, and the Query {{reader}} goes by that order.',
      padNumber:
        'Write ten digits: `{{code}}` (items that are there keep their keys; whoever reads a range has to write it so, too).',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const key of unpaddedKeysOf(analysis)) {
      report(key.owner, 'unpadded', dataOf(key, analysis), padNumber(key, analysis))
    }
  }),
})

function dataOf(
  { attribute, index, table, occurrence, owner, at, read, bare }: UnpaddedKeyFound,
  { reachability, text, module }: Analysis,
): Record<string, string> {
  const [first] = occurrence.trail
  const written = owner === at ? text.slice(owner.start, owner.end) : ''
  const code = quoteOf(written.replaceAll('`', '')) ?? quoteOf(bare.prefix)
  const of = index === null ? table.label : `index \`${index}\` of ${table.label}`
  return {
    key: `Sort key \`${attribute}\` of ${of}`,
    code: code === null ? '' : owner === at ? ` (${code})` : ` behind ${code}`,
    path: callPathOf(occurrence, first ? reachability.from(first.frame) : null),
    reader: lineInFile(placeOfTrail(read.occurrence, 0), module),
  }
}
