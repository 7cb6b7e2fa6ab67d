import { phantomOf } from '../src/flow/writes/blind-writes.ts'
import { occasionOf } from '../src/frameworks/occasion.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onOperations } from '../src/rule/on-operations.ts'
import { conditionOnKey } from '../src/suggestions/existence-condition.ts'

interface Options {
  readonly allowTables: readonly string[]
}

export default createRule({
  name: 'no-phantom-upsert',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow an Update that makes an item of any key that a request names.',
      preset: 'strict',
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          allowTables: {
            type: 'array',
            items: { type: 'string' },
            description:
              'Tables in which an Update may make the item, by name or environment variable.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ allowTables: [] }] as [Options],
    messages: {
      phantom:
        'The key of this Update of {{table}} comes with each {{entry}} ({{path}}), and nothing asks whether there is such an item: of a key that is wrong, the Update makes an item with what it sets and nothing else.',
      requireExistence:
        'Update only an item that is there: `{{condition}}` (throws {{error}} otherwise).',
    },
  },
  create: onOperations(
    ['UpdateItem'],
    (operation, report, { analysis, options: [{ allowTables }] }) => {
      const { table } = operation
      if (table.name !== null && allowTables.includes(table.name)) return
      const phantom = phantomOf(operation)
      if (phantom === null) return
      const condition = conditionOnKey(phantom, { key: phantom.key, isThere: true }, analysis)
      report(
        operation.at,
        'phantom',
        {
          table: table.label,
          entry: occasionOf(operation.reach?.entry.label ?? ''),
          path: operation.callPath,
        },
        condition === null ? [] : [{ messageId: 'requireExistence', ...condition }],
      )
    },
  ),
})
