import type { FindingCode } from '../src/expressions/index.ts'
import { findingsOfFile } from '../src/operations/findings-of-file.ts'
import { sometimesUnused } from '../src/flow/paths/sometimes-unused.ts'
import type { SometimesUnused } from '../src/flow/paths/sometimes-unused.ts'
import type { Analysis } from '../src/operations/analysis.ts'
import { quoteOf } from '../src/operations/describe.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
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
      sometimesUnused:
        'No expression uses {{uses}}. DynamoDB rejects this then: Value provided in {{map}} unused in expressions: keys: {{{placeholder}}}',
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
      for (const unused of sometimesUnused(analysis)) {
        const [first] = unused
        if (first) report(first.at, 'sometimesUnused', wordsOf(first.map, unused, analysis))
      }
    },
    { scripts: true },
  ),
})

/** Longer conditions are not quoted. */
const MAPS = {
  names: 'ExpressionAttributeNames',
  values: 'ExpressionAttributeValues',
} as const

function wordsOf(
  map: keyof typeof MAPS,
  unused: readonly SometimesUnused[],
  { text }: Analysis,
): Record<string, string> {
  const uses = unused.map(({ placeholder, condition: { start, end } }) => {
    const code = quoteOf(text.slice(start, end))
    return `\`${placeholder}\` unless ${code ?? 'a condition holds'}`
  })
  const [{ placeholder } = { placeholder: '' }] = unused
  return { uses: uses.join(', nor '), map: MAPS[map], placeholder }
}

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
