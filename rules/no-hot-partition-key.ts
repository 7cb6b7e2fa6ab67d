import type { Few } from '../src/flow/values/few-values.ts'
import { hotKeysOf } from '../src/flow/writes/hot-keys.ts'
import { isRequest } from '../src/frameworks/framework.ts'
import { callPathOf, quoteOf } from '../src/operations/describe.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { shardKey } from '../src/suggestions/shard-key.ts'

interface Options {
  readonly checkFewValues: boolean
}

export default createRule({
  name: 'no-hot-partition-key',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow partition keys under which all items, or most, come to lie.',
      preset: 'strict',
      strictOptions: [{ checkFewValues: true }],
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          checkFewValues: {
            type: 'boolean',
            description:
              'Report also a status, a type, a boolean or a date, and what no request writes.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ checkFewValues: false }] as [Options],
    messages: {
      constantKey:
        '{{key}} is always {{value}} ({{path}}): all items share one partition, which takes about 1,000 writes and 3,000 reads a second.',
      fewValues:
        '{{key}} is {{few}} ({{path}}): most items share a partition, which takes about 1,000 writes and 3,000 reads a second.',
      dateKey:
        '{{key}} is a date ({{path}}): all writes of the time go to one partition, which takes about 1,000 a second.',
      addShard:
        'Add one of ten shard numbers to the key (whoever queries `{{index}}` has to ask for each of the ten).',
    },
  },
  create: onAnalysis(({ analysis, options: [{ checkFewValues }] }, report) => {
    const { reachability } = analysis
    for (const hot of hotKeysOf(analysis)) {
      const { attribute, few, index, occurrence, owner, table, value } = hot
      if (few !== 'constant' && !checkFewValues) continue
      const [first] = occurrence.trail
      const reach = first ? reachability.from(first.frame) : null
      if (!checkFewValues && (reach === null || !isRequest(reach.entry.trigger))) continue
      const of = index === null ? table.label : `index \`${index}\` of ${table.label}`
      const data = {
        key: `Partition key \`${attribute}\` of ${of}`,
        value: (value.kind === 'literal' ? quoteOf(String(value.value)) : null) ?? 'the same',
        few: WORDS[few],
        path: callPathOf(occurrence, reach),
      }
      report(owner, MESSAGES[few], data, shardKey(hot, analysis))
    }
  }),
})

const MESSAGES = {
  constant: 'constantKey',
  list: 'fewValues',
  boolean: 'fewValues',
  kind: 'fewValues',
  date: 'dateKey',
} as const

const WORDS: Readonly<Record<Few, string>> = {
  constant: '',
  list: 'one of a few values',
  boolean: 'true or false',
  kind: 'a status or type',
  date: '',
}
