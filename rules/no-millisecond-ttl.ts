import { falseExpiriesOf } from '../src/flow/writes/expiries.ts'
import type { FalseExpiryFound } from '../src/flow/writes/expiries.ts'
import type { Analysis } from '../src/operations/analysis.ts'
import { callPathOf, quoteOf } from '../src/operations/describe.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { wholeSeconds } from '../src/suggestions/whole-seconds.ts'

interface Options {
  readonly allowFractions: boolean
}

export default createRule({
  name: 'no-millisecond-ttl',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require times to live in whole seconds since 1970.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          allowFractions: {
            type: 'boolean',
            description: 'Do not report seconds with a fraction: `Date.now() / 1000`.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ allowFractions: false }] as [Options],
    messages: {
      milliseconds:
        '{{attribute}} is in milliseconds{{code}} ({{path}}): DynamoDB takes them for seconds, and the item expires in more than 50,000 years.',
      date: '{{attribute}} is a date object{{code}} ({{path}}): only a number of seconds since 1970 makes an item expire.',
      text: '{{attribute}} is a text{{code}} ({{path}}): DynamoDB ignores it, and the item never expires. Only a number of seconds since 1970 makes it.',
      fraction:
        '{{attribute}} has a fraction of a second{{code}} ({{path}}): DynamoDB documents whole seconds since 1970.',
      useSeconds: 'Write seconds: `{{code}}`.',
    },
  },
  create: onAnalysis(({ analysis, options: [{ allowFractions }] }, report) => {
    for (const expiry of falseExpiriesOf(analysis)) {
      if (expiry.fault === 'fraction' && allowFractions) continue
      report(expiry.owner, expiry.fault, dataOf(expiry, analysis), wholeSeconds(expiry, analysis))
    }
  }),
})

/** Longer pieces of code are not quoted. */
function dataOf(
  { attribute, table, occurrence, owner }: FalseExpiryFound,
  { reachability, text }: Analysis,
): Record<string, string> {
  const [first] = occurrence.trail
  const code = quoteOf(text.slice(owner.start, owner.end))
  return {
    attribute: `Time to live \`${attribute}\` of ${table.label}`,
    code: code === null ? '' : ` (${code})`,
    path: callPathOf(occurrence, first ? reachability.from(first.frame) : null),
  }
}
