import type { FindingCode } from '../src/expressions/index.ts'
import type { CheckedRequest } from '../src/operations/checked-request.ts'
import { findingsOfFile } from '../src/operations/findings-of-file.ts'
import { keysOf } from '../src/operations/queried-keys.ts'
import type { Finding } from '../src/operations/request-findings.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'

export default createRule({
  name: 'valid-key',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require keys and items that fit the keys of their table.',
      preset: 'recommended',
    },
    schema: [],
    defaultOptions: [],
    messages: {
      missing:
        '`{{attribute}}` is missing: the key of {{table}} is {{keys}}. DynamoDB rejects this: {{message}}',
      extra:
        '`{{attribute}}` is no part of the key of {{table}}, which is {{keys}}. DynamoDB rejects this: {{message}}',
      wrongType:
        'Key attribute `{{attribute}}` of {{table}} is {{type}}. DynamoDB rejects this: {{message}}',
      rejected: 'DynamoDB rejects this: {{message}}',
    },
  },
  create: onAnalysis(
    ({ analysis }, report) => {
      for (const { finding, checked, at } of findingsOfFile(analysis)) {
        const messageId = messageFor(finding)
        if (messageId !== null) report(at, messageId, dataOf(finding, checked))
      }
    },
    { scripts: true },
  ),
})

const MESSAGES: ReadonlyMap<FindingCode, 'missing' | 'extra' | 'wrongType' | 'rejected'> = new Map([
  ['keyMissing', 'missing'],
  ['keyExtra', 'extra'],
  ['keyType', 'wrongType'],
  ['emptyKeyValue', 'rejected'],
  ['indexKeyType', 'rejected'],
  ['keyInUpdate', 'rejected'],
  ['nestedKey', 'rejected'],
])

function messageFor({
  code,
  place,
}: Finding): 'missing' | 'extra' | 'wrongType' | 'rejected' | null {
  const isKeyCondition = place.in === 'expression' && place.member === 'KeyConditionExpression'
  return isKeyCondition ? null : (MESSAGES.get(code) ?? null)
}

const TYPES = { S: 'text (S)', N: 'a number (N)', B: 'binary (B)' } as const

function dataOf(
  { message, subject }: Finding,
  { table: { certain, label } }: CheckedRequest,
): Record<string, string> {
  const key = [certain?.partitionKey, certain?.sortKey].find((one) => one?.name === subject)
  return {
    message,
    attribute: subject ?? '',
    table: label,
    keys: certain === null ? '' : keysOf(certain),
    type: key?.type ? TYPES[key.type] : 'text, a number or binary',
  }
}
