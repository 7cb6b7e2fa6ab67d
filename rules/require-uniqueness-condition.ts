import { checksThenWritesIn } from '../src/flow/writes/check-then-write.ts'
import type { CheckThenWrite } from '../src/flow/writes/check-then-write.ts'
import { indexOf } from '../src/flow/reads/asked.ts'
import type { Analysis } from '../src/operations/analysis.ts'
import { raceData } from '../src/operations/describe.ts'
import { placeOfTrail } from '../src/operations/operation.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { addExistenceCondition } from '../src/suggestions/existence-condition.ts'
import { inWords } from '../src/operations/words.ts'

export default createRule({
  name: 'require-uniqueness-condition',
  meta: {
    type: 'problem',
    docs: {
      description:
        'Require a condition on a write that rests on an earlier read having found the item, or none.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      createdUnchecked:
        'This {{operation}} rests on the read in line {{line}} having found no such item in {{table}}, but has no condition ({{path}}): two requests at once both find none, and the second overwrites the first.',
      claimedByIndex:
        '{{attributes}} {{is}} looked up in {{index}} of {{table}} in line {{line}} before this {{operation}} ({{path}}): two requests at once both find none, and both write. An index can never guarantee that a value is unique; a second item with the value as its key, put in the same transaction with a condition, can.',
      claimedByQuery:
        '{{attributes}} {{is}} looked up in {{table}} in line {{line}} before this {{operation}} ({{path}}): two requests at once both find none, and both write. No {{reading}} can guarantee that a value is unique; a second item with the value as its key, put in the same transaction with a condition, can.',
      appendedUnchecked:
        '{{attributes}} of the item that was read from {{table}} in line {{line}} is searched before this {{operation}} appends to it with no condition ({{path}}): two requests at once both find nothing, and both append.',
      changedUnchecked:
        'This {{operation}} rests on the read in line {{line}} having found the item in {{table}}, but has no condition ({{path}}): if it is deleted in between, the {{operation}} brings back {{what}}.',
      requireAbsence:
        'Write only if there is no such item: `{{condition}}` (throws {{error}} otherwise).',
      requireExistence:
        'Write only if the item is still there: `{{condition}}` (throws {{error}} otherwise).',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const check of checksThenWritesIn(analysis.module)) {
      const proposal = addExistenceCondition(check, analysis)
      report(
        placeOfTrail(check.occurrence, check.level),
        messageOf(check),
        dataOf(check, analysis),
        proposal === null ? [] : [proposal],
      )
    }
  }),
})

const MESSAGES = {
  created: 'createdUnchecked',
  claimed: 'claimedByIndex',
  changed: 'changedUnchecked',
  appended: 'appendedUnchecked',
} as const

function messageOf({
  kind,
  read,
}: CheckThenWrite): (typeof MESSAGES)[keyof typeof MESSAGES] | 'claimedByQuery' {
  return kind === 'claimed' && indexOf(read) === null ? 'claimedByQuery' : MESSAGES[kind]
}

function dataOf(check: CheckThenWrite, analysis: Analysis): Record<string, string> {
  const { attributes, read, write } = check
  const index = indexOf(read)
  return {
    ...raceData(check, analysis),
    operation: write.kind,
    reading: read.spelling.kind,
    attributes: inWords(attributes),
    is: attributes.length === 1 ? 'is' : 'are',
    index: index ? `index \`${index}\`` : 'an index',
    what: write.kind === 'Put' ? 'the item' : 'a part of it, with what it sets and nothing else',
  }
}
