import { concatenate, holeCharacter } from '../src/expressions/index.ts'
import type { FindingCode } from '../src/expressions/index.ts'
import { findingsOfFile } from '../src/operations/findings-of-file.ts'
import type { Finding } from '../src/operations/request-findings.ts'
import { expressionText } from '../src/operations/text.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { expressionFix } from '../src/suggestions/expression-fix.ts'

export default createRule({
  name: 'valid-expression',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow expressions that DynamoDB rejects.',
      preset: 'recommended',
    },
    fixable: 'code',
    schema: [],
    defaultOptions: [],
    messages: { rejected: 'DynamoDB rejects this: {{message}}' },
  },
  create: onAnalysis(
    ({ analysis }, report) => {
      for (const located of findingsOfFile(analysis)) {
        const { finding, at } = located
        if (!CODES.has(finding.code) || isInsertedValue(finding)) continue
        const fix = expressionFix(located, analysis)
        report(at, 'rejected', { message: finding.message }, [], fix)
      }
    },
    { scripts: true },
  ),
})

/** A value put in between quotes: `no-expression-injection` tells of it. */
function isInsertedValue({ place }: Finding): boolean {
  if (place.in !== 'expression') return false
  const { text } = concatenate(expressionText(place.text))
  return (
    /^['"]/.test(text.slice(...place.range)) && text.slice(...place.range).includes(holeCharacter)
  )
}

/** What is wrong with the text of an expression itself, whatever the keys of the table are. */
const CODES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'syntax',
  'empty',
  'tooDeep',
  'redundantParentheses',
  'underscoreName',
  'unknownFunction',
  'misusedFunction',
  'operandCount',
  'operandType',
  'pathRequired',
  'attributeTypeName',
  'sameOperands',
  'betweenBounds',
  'repeatedSection',
  'overlappingPaths',
  'conflictingPaths',
  'expressionSize',
  'operatorCount',
  'candidateCount',
  'pathDepth',
  'keyConditionOperator',
  'keyConditionOperand',
  'keyConditionNested',
  'keyConditionRepeated',
])
