import { findingsOfFile } from '../src/operations/findings-of-file.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { aliasReservedWords } from '../src/suggestions/alias.ts'

export default createRule({
  name: 'no-reserved-attribute-name',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow reserved words as attribute names in expressions.',
      preset: 'recommended',
    },
    fixable: 'code',
    schema: [],
    defaultOptions: [],
    messages: {
      reservedWord:
        '`{{word}}` is a reserved word of DynamoDB and needs a placeholder such as `#{{word}}`. DynamoDB rejects this: {{message}}',
    },
  },
  create: onAnalysis(
    ({ analysis }, report) => {
      for (const located of findingsOfFile(analysis)) {
        const { code, subject, message } = located.finding
        if (code !== 'reservedWord' || subject === null) continue
        const fix = aliasReservedWords(located, analysis)
        report(located.at, 'reservedWord', { word: subject, message }, [], fix)
      }
    },
    { scripts: true },
  ),
})
