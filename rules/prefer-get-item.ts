import { asksForWholeKey } from '../src/flow/reads/whole-key.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onOperations } from '../src/rule/on-operations.ts'
import { queryToGet } from '../src/suggestions/query-to-get.ts'
import { inWords } from '../src/operations/words.ts'

export default createRule({
  name: 'prefer-get-item',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Prefer GetItem over a Query for one item by its whole key.',
      preset: 'recommended',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      queryForOneItem:
        'This Query of {{table}} asks for one item by its whole key, {{keys}} ({{path}}): GetItem gives just that item, and no list to look into.',
      getItem: 'Get the item by its key.',
    },
  },
  create: onOperations(['Query'], (operation, report, { analysis }) => {
    const tests = asksForWholeKey(operation)
    if (tests === null) return
    const keys = inWords(tests.map(({ attribute }) => attribute))
    const data = { table: operation.table.label, keys, path: operation.callPath }
    report(operation.at, 'queryForOneItem', data, queryToGet(operation, tests, analysis))
  }),
})
