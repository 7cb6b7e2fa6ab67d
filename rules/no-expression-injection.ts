import { insertedTexts } from '../src/flow/values/inserted-text.ts'
import type { InsertedText, InsertedTexts } from '../src/flow/values/inserted-text.ts'
import type { Analysis } from '../src/operations/analysis.ts'
import { quoteOf } from '../src/operations/describe.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { statementParameters } from '../src/suggestions/statement-parameter.ts'
import { valuePlaceholders } from '../src/suggestions/value-placeholder.ts'

export default createRule({
  name: 'no-expression-injection',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow values, and names from a request, in the text of an expression.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      value:
        '{{code}}{{origin}} is put into the {{member}} as text: DynamoDB reads it as part of the expression, not as a value.',
      statementValue:
        '{{code}}{{origin}} is put into the PartiQL statement as text: a quote in it ends the value, and DynamoDB reads the rest as PartiQL.',
      name: '{{code}}{{origin}} stands in the {{member}} as {{named}}: whoever sends the request chooses what is read or written.',
      index:
        '{{code}}{{origin}} stands in the {{member}} as the index of a list: DynamoDB reads any other text that is sent as part of the expression.',
      useValue:
        'Give it as a value, {{names}} (DynamoDB no longer reads it as part of the expression).',
      useParameter: 'Give it as a parameter, `?` (DynamoDB no longer reads it as PartiQL).',
    },
  },
  create: onAnalysis(
    ({ analysis }, report) => {
      for (const { one, together } of insertedTexts(analysis)) {
        const proposals = proposalsFor(one, together, analysis)
        report(one.at, messageOf(one), dataOf(one, analysis), proposals)
      }
    },
    { scripts: true },
  ),
})

function messageOf({ role, member }: InsertedText): 'value' | 'statementValue' | 'name' | 'index' {
  return role === 'value' && member === 'Statement' ? 'statementValue' : role
}

function proposalsFor({ role }: InsertedText, together: InsertedTexts, analysis: Analysis) {
  if (role !== 'value') return []
  return together.checked === null
    ? statementParameters(together, analysis)
    : valuePlaceholders(together, analysis)
}

/** Longer pieces of code are not quoted. */
function dataOf(
  { at, input, member, isElsewhere }: InsertedText,
  { text }: Analysis,
): Record<string, string> {
  const code = quoteOf(text.slice(at.start, at.end))
  return {
    code: isElsewhere ? `What ${code ?? 'this'} is given` : (code ?? 'This'),
    origin: input === null ? '' : `, which a request brings (${input.entry.label}),`,
    member: member === 'Statement' ? 'PartiQL statement' : member,
    named: member === 'Statement' ? 'a name' : 'the name of an attribute',
  }
}
