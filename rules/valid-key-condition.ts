import type { FindingCode } from '../src/expressions/index.ts'
import { findingsOfFile } from '../src/operations/findings-of-file.ts'
import { keysOf, queriedKeys } from '../src/operations/queried-keys.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { fittingIndex } from '../src/suggestions/fitting-index.ts'

export default createRule({
  name: 'valid-key-condition',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require key conditions that fit the keys of what they query.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      misfit: 'The key of {{target}} is {{keys}}. DynamoDB rejects this: {{message}}',
      noEquality:
        'A Query needs `=` on the partition key, and this compares nothing by `=`. DynamoDB rejects this: {{message}}',
      rejected: 'DynamoDB rejects this: {{message}}',
      useIndex:
        'Query index `{{index}}`, whose key is {{keys}} (an item without these is not in the index).',
      useTable: 'Query the table itself, whose key is {{keys}}.',
    },
  },
  create: onAnalysis(
    ({ analysis }, report) => {
      for (const located of findingsOfFile(analysis)) {
        const { finding, checked, at } = located
        const { code, message, place } = finding
        const isHere = place.in === 'expression' && place.member === 'KeyConditionExpression'
        if (!isHere || !CODES.has(code)) continue
        const queried = queriedKeys(checked)
        const messageId =
          queried !== null ? 'misfit' : code === 'keyConditionEquality' ? 'noEquality' : 'rejected'
        const data = {
          message,
          target: queried?.label ?? '',
          keys: queried ? keysOf(queried) : '',
        }
        report(at, messageId, data, fittingIndex(located, analysis))
      }
    },
    { scripts: true },
  ),
})

/** What depends on the keys of the table, or on values that no key can have. */
const CODES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'keyConditionAttribute',
  'keyConditionCount',
  'keyConditionEquality',
  'keyConditionGap',
  'keyConditionType',
  'emptyKeyValue',
])
