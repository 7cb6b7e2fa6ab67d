import { wrongErrorTestsIn } from '../src/flow/writes/error-tests.ts'
import { swallowedIn } from '../src/flow/writes/swallowed.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'
import { throwAgain } from '../src/suggestions/throw-again.ts'

export default createRule({
  name: 'no-swallowed-conditional-failure',
  meta: {
    type: 'problem',
    docs: {
      description:
        'Disallow failed conditions that come to nothing, and asking for them by `error.code`.',
      preset: 'strict',
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      swallowed:
        'A condition that does not hold ends here, in the log: what follows goes on as if the {{operation}} had been carried out. Throw again, or tell the caller.',
      oldCode:
        'Errors of SDK v3 have no `code`, so this is never {{name}}: ask for `error.name`, or `instanceof`.',
      message:
        'What a message says is for people, and names no error: ask for `error.name`, or `instanceof {{name}}`.',
      transaction:
        'A transaction throws no {{name}}: where a condition does not hold, it is a TransactionCanceledException, and its `CancellationReasons` say which.',
      throwAgain: 'Throw the error again, so that what follows is left out.',
      throwOthers: 'Throw all other errors again, and leave {{name}} to the log.',
      askForName: 'Ask for the name: `{{text}}`.',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const swallowed of swallowedIn(analysis)) {
      const { at, occurrence } = swallowed
      report(
        at,
        'swallowed',
        { operation: occurrence.spelling.kind },
        throwAgain(swallowed, analysis),
      )
    }
    for (const { kind, at, name, instead } of wrongErrorTestsIn(analysis)) {
      if (kind === 'code') report(at, 'oldCode', { name }, [], instead === null ? [] : [instead])
      else if (kind === 'message') {
        const offered = instead === null ? [] : [instead]
        const data = { text: instead?.text ?? '' }
        const proposals = offered.map((edit) => ({
          messageId: 'askForName' as const,
          data,
          edits: [edit],
        }))
        report(at, 'message', { name }, proposals)
      } else report(at, 'transaction', { name })
    }
  }),
})
