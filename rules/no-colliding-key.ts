import { collidingKeysOf } from '../src/flow/writes/colliding-keys.ts'
import type { CollidingKeyFound } from '../src/flow/writes/colliding-keys.ts'
import type { Reach } from '../src/flow/paths/reach.ts'
import type { Trigger } from '../src/frameworks/framework.ts'
import { callPathOf, quoteOf } from '../src/operations/describe.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { randomSuffix } from '../src/suggestions/random-suffix.ts'

export default createRule({
  name: 'no-colliding-key',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow keys that only the clock makes unique.',
      preset: 'strict',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      onlyTime:
        'Only the time tells the items of one partition of {{table}} apart: `{{attribute}}`{{code}} ({{path}}). Of two that are put there in one {{unit}}, the second replaces the first.',
      addSuffix:
        'Add a random part behind the time: `{{code}}` (keys still sort by time, and are longer).',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const key of collidingKeysOf(analysis)) {
      const [first] = key.occurrence.trail
      const reach = first ? analysis.reachability.from(first.frame) : null
      if (reach === null || !MANY_AT_ONCE.has(reach.entry.trigger)) continue
      report(key.owner, 'onlyTime', dataOf(key, reach, analysis.text), randomSuffix(key, analysis))
    }
  }),
})

/** What sets many runs off at once; a schedule sets off one now and then. */
const MANY_AT_ONCE: ReadonlySet<Trigger> = new Set<Trigger>([
  'http',
  'graphql',
  'rpc',
  'page',
  'action',
  'websocket',
  'stream',
  'queue',
  'event',
])

function dataOf(
  { attribute, table, occurrence, owner, at, time }: CollidingKeyFound,
  reach: Reach | null,
  text: string,
): Record<string, string> {
  const written = owner === at ? text.slice(owner.start, owner.end) : ''
  const code = quoteOf(written.replaceAll('`', ''))
  return {
    attribute,
    table: table.label,
    code: code === null ? '' : ` (${code})`,
    path: callPathOf(occurrence, reach),
    unit: time.unit === 'seconds' ? 'second' : 'millisecond',
  }
}
