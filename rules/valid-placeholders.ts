import type { FindingCode } from '../src/expressions/index.ts'
import { findingsOfFile } from '../src/operations/findings-of-file.ts'
import { createRule } from '../src/plugin/create-rule.ts'
import { onAnalysis } from '../src/plugin/on-operations.ts'
import { removeUnusedPlaceholders } from '../src/suggestions/unused-placeholders.ts'

export default createRule({
  name: 'valid-placeholders',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require placeholders that are both defined and used.',
      preset: 'recommended',
    },
    fixable: 'code',
    schema: [],
    defaultOptions: [],
    messages: {
      undefinedPlaceholder: '`{{placeholder}}` is not defined. DynamoDB rejects this: {{message}}',
      unusedPlaceholder:
        'No expression of this request uses `{{placeholder}}`. DynamoDB rejects this: {{message}}',
      rejectedMap: 'DynamoDB rejects this: {{message}}',
    },
  },
  create: onAnalysis(
    ({ analysis }, report) => {
      for (const located of findingsOfFile(analysis)) {
        const { code, message, subject } = located.finding
        const messageId = MESSAGES.get(code)
        if (messageId === undefined) continue
        const isUnused = messageId === 'unusedPlaceholder'
        const fix = isUnused ? removeUnusedPlaceholders(located, analysis) : []
        report(located.at, messageId, { placeholder: subject ?? '', message }, [], fix)
      }
    },
    { scripts: true },
  ),
})

const MESSAGES: ReadonlyMap<
  FindingCode,
  'undefinedPlaceholder' | 'unusedPlaceholder' | 'rejectedMap'
> = new Map([
  ['undefinedName', 'undefinedPlaceholder'],
  ['undefinedValue', 'undefinedPlaceholder'],
  ['unusedName', 'unusedPlaceholder'],
  ['unusedValue', 'unusedPlaceholder'],
  ['invalidPlaceholder', 'rejectedMap'],
  ['emptyNames', 'rejectedMap'],
  ['emptyValues', 'rejectedMap'],
  ['namesWithoutExpression', 'rejectedMap'],
  ['valuesWithoutExpression', 'rejectedMap'],
])
