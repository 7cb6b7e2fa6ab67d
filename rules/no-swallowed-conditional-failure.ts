import { oldErrorTestsIn, swallowedIn } from '../src/flow/writes/swallowed.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onAnalysis } from '../src/rule/on-operations.ts'

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
    schema: [],
    defaultOptions: [],
    messages: {
      swallowed:
        'A condition that does not hold ends here, in the log: what follows goes on as if the {{operation}} had been carried out. Throw again, or tell the caller.',
      oldCode:
        'Errors of SDK v3 have no `code`, so this is never {{name}}: ask for `error.name`, or `instanceof`.',
    },
  },
  create: onAnalysis(({ analysis }, report) => {
    for (const { occurrence, at } of swallowedIn(analysis))
      report(at, 'swallowed', { operation: occurrence.spelling.kind })
    for (const { at, member, name } of oldErrorTestsIn(analysis))
      report(at, 'oldCode', { name }, [], member === null ? [] : [{ at: member, text: 'name' }])
  }),
})
