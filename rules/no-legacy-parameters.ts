import { legacyRequestsIn } from '../src/operations/legacy.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { LEGACY_PARAMETERS } from '../src/requests/legacy.ts'
import { useExpressions } from '../src/suggestions/use-expressions.ts'
import { inWords } from '../src/operations/words.ts'

export default createRule({
  name: 'no-legacy-parameters',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow the request parameters that expressions have replaced.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      legacyParameter:
        '{{parameters}}: legacy, reaches no nested attribute and goes with no expression.{{instead}}',
      mixedParameters:
        'DynamoDB rejects this: Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {{{refused}}} Expression parameters: {{{expressions}}}',
      useExpressions: 'Use {{expressions}} instead.',
    },
  },
  create: onAnalysis(
    ({ analysis }, report) => {
      for (const located of legacyRequestsIn(analysis)) {
        const { at, parameters, refused, mixedWith } = located
        const instead = new Set(parameters.flatMap((name) => LEGACY_PARAMETERS[name] ?? []))
        const proposal = useExpressions(located, analysis)
        report(
          at,
          refused.length > 0 ? 'mixedParameters' : 'legacyParameter',
          {
            parameters: inWords(parameters),
            instead: instead.size === 0 ? '' : ` Use ${inWords([...instead])}.`,
            refused: refused.join(', '),
            expressions: mixedWith.join(', '),
          },
          proposal === null ? [] : [proposal],
        )
      }
    },
    { scripts: true },
  ),
})
