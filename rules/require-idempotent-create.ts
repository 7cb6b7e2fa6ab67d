import { overwriteOf } from '../src/flow/writes/blind-writes.ts'
import { occasionOf } from '../src/frameworks/occasion.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onOperations } from '../src/rule/on-operations.ts'
import { conditionOnKey } from '../src/suggestions/existence-condition.ts'

export default createRule({
  name: 'require-idempotent-create',
  meta: {
    type: 'problem',
    docs: {
      description:
        'Require a condition on a Put that creates an item by a key that a request names.',
      preset: 'strict',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      overwrites:
        'This Put into {{table}} creates an item whose key comes with each {{entry}} ({{path}}), with no condition: where there is one with this key, from another sender or from the same request sent twice, it is overwritten whole.',
      requireAbsence:
        'Create the item only if there is none: `{{condition}}` (throws {{error}} otherwise).',
    },
  },
  create: onOperations(['PutItem'], (operation, report, { analysis }) => {
    const overwrite = overwriteOf(operation, analysis.module)
    if (overwrite === null) return
    const condition = conditionOnKey(overwrite, { key: overwrite.key, isThere: false }, analysis)
    report(
      operation.at,
      'overwrites',
      {
        table: operation.table.label,
        entry: occasionOf(operation.reach?.entry.label ?? ''),
        path: operation.callPath,
      },
      condition === null ? [] : [{ messageId: 'requireAbsence', ...condition }],
    )
  }),
})
