import { placeInOwner } from '../src/flow/paths/lowest.ts'
import type { Lowest } from '../src/flow/paths/lowest.ts'
import { sequentialKeysOf } from '../src/flow/writes/sequential-keys.ts'
import type { SequentialKey } from '../src/flow/writes/sequential-keys.ts'
import type { Analysis } from '../src/operations/analysis.ts'
import { callPathOf, quoteOf } from '../src/operations/describe.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { randomKey } from '../src/suggestions/random-key.ts'

export default createRule({
  name: 'no-sequential-partition-key',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow running numbers and the clock as partition keys.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      runningNumber:
        '{{key}} is a running number{{code}} ({{path}}): two requests at once get the same one, and the next can be guessed.',
      clockNumber:
        '{{key}} is the time{{code}} ({{path}}): two requests in one millisecond get the same one, and others can be guessed.',
      counterNumber:
        '{{key}} is the number of an atomic counter ({{path}}): no two are the same, but every write waits for that one hot item, and the next can be guessed.',
      useRandom:
        'Use a random UUID instead of `{{code}}` (keys no longer sort by time or number, and are longer).',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const lowest of sequentialKeysOf(analysis)) {
      const { occurrence, found } = lowest
      const at = placeInOwner(lowest, found.field.valueAt)
      const suggestion = randomKey(occurrence, found, analysis)
      report(at, MESSAGES[found.sequence.kind], dataOf(lowest, analysis), suggestion)
    }
  }),
})

const MESSAGES = {
  running: 'runningNumber',
  clock: 'clockNumber',
  counter: 'counterNumber',
} as const

/** Longer pieces of code are not quoted. */
function dataOf(
  { occurrence, found: { attribute, index, table, sequence } }: Lowest<SequentialKey>,
  { reachability, text, module }: Analysis,
): Record<string, string> {
  const [first] = occurrence.trail
  const { at } = sequence
  const code = at?.module === module ? quoteOf(text.slice(at.start, at.end)) : null
  const of = index === null ? table.label : `index \`${index}\` of ${table.label}`
  return {
    key: `Partition key \`${attribute}\` of ${of}`,
    code: code === null ? '' : ` (${code})`,
    path: callPathOf(occurrence, first ? reachability.from(first.frame) : null),
  }
}
