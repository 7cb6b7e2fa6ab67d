import { commandAt, onlyWrite } from '../src/flow/writes/lone-transaction.ts'
import { tableOfTerm } from '../src/operations/describe.ts'
import { createRule } from '../src/rule/create-rule.ts'
import { onOperations } from '../src/rule/on-operations.ts'
import { plainWrite } from '../src/suggestions/plain-write.ts'

export default createRule({
  name: 'no-single-item-transaction',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Disallow transactions of a single write.',
      preset: 'strict',
    },
    hasSuggestions: true,
    schema: [],
    defaultOptions: [],
    messages: {
      single:
        'A transaction of one {{write}} to {{table}} costs twice the write units of the plain {{write}}, which takes the same condition (its failure is then a ConditionalCheckFailedException).',
      writeAlone: 'Send the {{write}} alone{{error}}.',
    },
  },
  create: onOperations(['TransactWriteItems'], (operation, report, { analysis }) => {
    const write = onlyWrite(operation)
    if (write === null) return
    const data = {
      write: write.kind,
      table: tableOfTerm(write.table ?? write.request.term, analysis).label,
    }
    report(commandAt(operation), 'single', data, plainWrite(operation, write, analysis))
  }),
})
