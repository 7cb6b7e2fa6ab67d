import { assignments } from '../src/expressions/index.ts'
import { tableOfTerm } from '../src/operations/describe.ts'
import type { Operation } from '../src/operations/operation.ts'
import { expressionOf, requestOf, termOfMember } from '../src/operations/request.ts'
import { isSettled } from '../src/operations/settled.ts'
import { writesOf } from '../src/operations/writes.ts'
import type { Write } from '../src/operations/writes.ts'
import { createRule } from '../src/plugin/create-rule.ts'
import { onOperations } from '../src/plugin/on-operations.ts'
import { callOf, valueOf } from '../src/project/module.ts'
import type { Place } from '../src/project/term.ts'

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
    if (write === null || isCounting(write)) return
    report(commandAt(operation), 'single', {
      write: write.kind,
      table: tableOfTerm(write.table ?? write.request.term, analysis).label,
    })
  }),
})

/** The one write of a transaction that is written out; null where there may be more. */
function onlyWrite({ spelling }: Operation): Write | null {
  const items = termOfMember(requestOf(spelling.request), 'TransactItems')
  if (items?.kind !== 'array' || !isSettled(items)) return null
  const node = valueOf(items.ref.frame.module, items.ref.value)
  if (node.kind !== 'array' || node.elements.length !== 1 || node.elements[0]?.spread === true)
    return null
  const [write, ...others] = writesOf(spelling)
  return write && others.length === 0 ? write : null
}

/** What counts is made safe to send again by the token of the transaction. */
function isCounting({ kind, request }: Write): boolean {
  if (kind !== 'Update') return false
  const update = expressionOf(request, 'Update')
  if (update.state !== 'known') return true
  return update.texts.some(({ tree }) =>
    assignments(tree).some(
      (action) =>
        action.type !== 'RemoveAction' &&
        (action.type !== 'SetAction' ||
          (action.value.type !== 'ValuePlaceholder' && action.value.type !== 'Path')),
    ),
  )
}

/** Where the command is made, which may be in another function than where it is sent. */
function commandAt({ spelling: { command }, module, at }: Operation): Place {
  const ref = command?.kind === 'made' ? command.ref : null
  const made = ref?.frame.module === module ? valueOf(module, ref.value) : null
  return made?.kind === 'call' ? { ...callOf(module, made.call).calleeAt, module } : at
}
