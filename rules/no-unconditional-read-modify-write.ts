import { readModifyWritesIn } from '../src/flow/writes/read-modify-write.ts'
import type { ReadModifyWrite } from '../src/flow/writes/read-modify-write.ts'
import type { Analysis } from '../src/operations/analysis.ts'
import { raceData } from '../src/operations/describe.ts'
import { placeOfTrail } from '../src/operations/operation.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { addCondition } from '../src/suggestions/add-condition.ts'
import { atomicUpdate } from '../src/suggestions/atomic-update.ts'
import type { Proposal } from '../src/suggestions/edit.ts'
import { inWords } from '../src/operations/words.ts'

export default createRule({
  name: 'no-unconditional-read-modify-write',
  meta: {
    type: 'problem',
    docs: {
      description:
        'Disallow writing back what was read from an item without a condition that notices a change in between.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      derivedValue:
        '{{attributes}} of {{table}} {{are}} read in line {{line}}, and a value derived from that is written back with no condition ({{path}}): of two requests at once, one is lost.',
      changedCopy:
        'The item read from {{table}} in line {{line}} is put back changed with no condition ({{path}}): what another request wrote in between is lost.',
      testedState:
        '{{attributes}} of {{table}}, read in line {{line}}, {{decide}} about this write, but the write has no condition on it ({{path}}): another request can change it in between.',
      updateAtomically: 'Let DynamoDB {{verb}}: `{{update}}`.',
      updateAtomicallyIf:
        'Let DynamoDB {{verb}}: `{{update}}` if `{{condition}}` (throws {{error}} otherwise).',
      conditionOnState: 'Write only if `{{condition}}` (throws {{error}} when that has changed).',
      conditionOnRead:
        'Write only if {{attributes}} {{is}} still what was read (throws {{error}} when that has changed).',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const race of readModifyWritesIn(analysis.module)) {
      const at = placeOfTrail(race.occurrence, race.level)
      report(at, MESSAGES[race.kind], dataOf(race, analysis), proposalsFor(race, analysis))
    }
  }),
})

const MESSAGES = { derived: 'derivedValue', copied: 'changedCopy', tested: 'testedState' } as const

function dataOf(race: ReadModifyWrite, analysis: Analysis): Record<string, string> {
  return {
    attributes: inWords(race.attributes),
    are: race.attributes.length === 1 ? 'is' : 'are',
    decide: race.attributes.length === 1 ? 'decides' : 'decide',
    ...raceData(race, analysis),
  }
}

/** The update that needs no read, and the condition on what was read. */
function proposalsFor(race: ReadModifyWrite, analysis: Analysis): readonly Proposal<Suggested>[] {
  return [atomicUpdate(race, analysis), addCondition(race, analysis)].filter((p) => p !== null)
}

type Suggested = 'updateAtomically' | 'updateAtomicallyIf' | 'conditionOnState' | 'conditionOnRead'
