import { commandAt, onlyWrite } from '../src/flow/lone-transaction.ts'
import { tableOfTerm } from '../src/operations/describe.ts'
import { createRule } from '../src/plugin/create-rule.ts'
import { onOperations } from '../src/plugin/on-operations.ts'

export default createRule({
  name: 'no-single-item-transaction',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow transactions of a single write.',
      preset: 'strict',
    },
    schema: [],
    defaultOptions: [],
    messages: {
      single:
        'A transaction of one {{write}} to {{table}} costs twice the write units of the plain {{write}}, which takes the same condition (its failure is then a ConditionalCheckFailedException).',
    },
  },
  create: onOperations(['TransactWriteItems'], (operation, report, { analysis }) => {
    const write = onlyWrite(operation)
    if (write === null) return
    report(commandAt(operation), 'single', {
      write: write.kind,
      table: tableOfTerm(write.table ?? write.request.term, analysis).label,
    })
  }),
})
