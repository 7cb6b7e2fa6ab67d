import { malformedIn } from '../src/operations/malformed.ts'
import type { Malformed } from '../src/operations/malformed.ts'
import { createRule } from '../src/plugin/create-rule.ts'
import { onAnalysis } from '../src/plugin/on-operations.ts'
import type { RequestFindingCode } from '../src/requests/finding.ts'

export default createRule({
  name: 'valid-request',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow requests that DynamoDB or its client library rejects.',
      preset: 'recommended',
    },
    schema: [],
    defaultOptions: [],
    messages: {
      rejected: 'DynamoDB rejects this: {{message}}',
      missingMember: '{{operation}} needs `{{subject}}`. DynamoDB rejects this: {{message}}',
      unknownMember: '`{{subject}}` is no member of {{holder}}, and {{library}}.{{hint}}',
      wrongType: '`{{subject}}` takes {{hint}}. {{message}}',
      wrongValue:
        '`{{subject}}` is not a value of this member.{{hint}} DynamoDB rejects this: {{message}}',
      plainValue:
        'This client takes attribute values such as `{ S: … }` and `{ N: … }`, and `{{subject}}` is given a plain one. It throws, or DynamoDB rejects this.',
      describedValue:
        'This document client takes plain values: it sends `{{subject}}` as a map, and no key is a map. DynamoDB rejects this: {{message}}',
      projection:
        '`Select: {{subject}}` does not go with `{{hint}}`: only SPECIFIC_ATTRIBUTES, or none, does. DynamoDB rejects this.',
      repeatedItem: '{{hint}} and {{subject}} are one item. DynamoDB rejects this: {{message}}',
      noProjection:
        '`Select: {{subject}}` asks for the attributes of a ProjectionExpression, and there is none. DynamoDB rejects this.',
      noIndex:
        '`Select: {{subject}}` asks for what an index projects, and no index is queried. DynamoDB rejects this.',
      entryAction:
        'An entry asks for one thing, and this one for {{subject}}. DynamoDB rejects this.',
    },
  },
  create: onAnalysis(
    ({ analysis }, report) => {
      for (const malformed of malformedIn(analysis)) {
        report(malformed.at, messageOf(malformed), wordsOf(malformed))
      }
    },
    { scripts: true },
  ),
})

type MessageId =
  | 'rejected'
  | 'missingMember'
  | 'unknownMember'
  | 'wrongType'
  | 'wrongValue'
  | 'plainValue'
  | 'describedValue'
  | 'projection'
  | 'repeatedItem'
  | 'noProjection'
  | 'noIndex'
  | 'entryAction'

function messageOf({ finding: { code } }: Malformed): MessageId {
  return MESSAGES[code] ?? 'rejected'
}

const MESSAGES: Readonly<Partial<Record<RequestFindingCode, MessageId>>> = {
  missingMember: 'missingMember',
  unknownMember: 'unknownMember',
  memberType: 'wrongType',
  memberValue: 'wrongValue',
  plainValue: 'plainValue',
  describedValue: 'describedValue',
  selectWithProjection: 'projection',
  repeatedItem: 'repeatedItem',
  selectWithoutProjection: 'noProjection',
  selectWithoutIndex: 'noIndex',
  entryAction: 'entryAction',
}

function wordsOf({ finding, kind, occurrence }: Malformed): Readonly<Record<string, string>> {
  const { code, message, subject, hint, path } = finding
  const isMeant = code === 'unknownMember' || code === 'memberValue'
  return {
    operation: kind,
    subject: subject === '' ? 'nothing' : subject,
    holder: path.length > 1 ? `\`${String(path.at(-2))}\`` : `a ${kind} request`,
    library:
      occurrence.spelling.library?.version === 'v2'
        ? 'SDK v2 throws UnexpectedParameter'
        : 'SDK v3 leaves it out without a word',
    message: message ?? '',
    hint: hint === undefined ? '' : isMeant ? ` Did you mean \`${hint}\`?` : hint,
  }
}
