import { duplicatesIn } from '../src/operations/duplicates.ts'
import { foreignCallsIn } from '../src/operations/foreign-calls.ts'
import { malformedIn } from '../src/operations/malformed.ts'
import type { Malformed } from '../src/operations/malformed.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import type { RequestFindingCode } from '../src/requests/finding.ts'
import { removeDuplicate } from '../src/suggestions/duplicate-property.ts'

export default createRule({
  name: 'valid-request',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow requests that DynamoDB or its client library rejects.',
      preset: 'recommended',
    },
    fixable: 'code',
    schema: [],
    defaultOptions: [],
    messages: {
      rejected: 'DynamoDB rejects this: {{message}}',
      missingMember: '{{operation}} needs `{{subject}}`. DynamoDB rejects this: {{message}}',
      unknownMember: '`{{subject}}` is no member of {{holder}}, and {{library}}.{{hint}}',
      wrongType: '`{{subject}}` takes {{hint}}. DynamoDB rejects this{{answer}}',
      wrongValue:
        '`{{subject}}` is not a value of this member.{{hint}} DynamoDB rejects this: {{message}}',
      plainValue:
        '{{client}} takes attribute values such as `{ S: … }`, and `{{subject}}` is given a plain one: it throws, or DynamoDB rejects this. Use the document client, or `marshall`.',
      describedValue:
        'This document client takes plain values: it sends `{{subject}}` as a map, and no key is a map. DynamoDB rejects this: {{message}}',
      projection:
        '`Select: {{subject}}` does not go with `{{hint}}`: only SPECIFIC_ATTRIBUTES, or none, does. DynamoDB rejects this.',
      repeatedItem: '{{hint}} and {{subject}} are one item. DynamoDB rejects this: {{message}}',
      noProjection:
        '`Select: {{subject}}` asks for the attributes of a ProjectionExpression, and there is none. DynamoDB rejects this.',
      noIndex:
        '`Select: {{subject}}` asks for what an index projects, and no index is queried. DynamoDB rejects this.',
      duplicate: '`{{subject}}` is given again in this request; only the last one counts.',
      foreignCommand:
        '`{{subject}}` is a command of {{from}}, and this is a client of DynamoDB: the request fails.',
      foreignMethod:
        'A {{from}} has no method `{{subject}}`; another client of DynamoDB has. The call throws.{{hint}}',
      entryAction:
        'An entry asks for one thing, and this one for {{subject}}. DynamoDB rejects this.',
    },
  },
  create: onAnalysis(
    ({ analysis }, report) => {
      const { module } = analysis
      for (const malformed of malformedIn(analysis)) {
        report(malformed.at, messageOf(malformed), wordsOf(malformed))
      }
      for (const duplicate of duplicatesIn(analysis)) {
        const { keyAt, key } = duplicate.property
        const fix = removeDuplicate(duplicate, analysis)
        report({ ...keyAt, module }, 'duplicate', { subject: key }, [], fix)
      }
      for (const call of foreignCallsIn(analysis)) {
        if (call.kind === 'command') {
          report(call.at, 'foreignCommand', { subject: call.name, from: call.source })
          continue
        }
        const hint = call.sendsOnly ? ' Send a command instead.' : ''
        report(call.at, 'foreignMethod', { subject: call.name, from: call.client, hint })
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

function wordsOf(malformed: Malformed): Readonly<Record<string, string>> {
  const { finding, kind, occurrence } = malformed
  const { code, message, subject, hint, path } = finding
  const isMeant = code === 'unknownMember' || code === 'memberValue'
  return {
    operation: kind,
    client: clientOf(malformed),
    subject: subject === '' ? 'nothing' : subject,
    holder: path.length > 1 ? `\`${String(path.at(-2))}\`` : `a ${kind} request`,
    library:
      occurrence.spelling.library?.version === 'v2'
        ? 'SDK v2 throws UnexpectedParameter'
        : 'SDK v3 leaves it out without a word',
    message: message ?? '',
    answer: message === null ? '.' : `: ${message}`,
    hint: hint === undefined ? '' : isMeant ? ` Did you mean \`${hint}\`?` : hint,
  }
}

/** The class of the command that is sent, or the client whose method is called. */
function clientOf({ occurrence: { spelling } }: Malformed): string {
  const { command } = spelling
  return command?.kind === 'made' ? `\`${command.of.path.at(-1) ?? ''}\`` : 'This low-level client'
}
