import { assignments } from '../../expressions/index.ts'
import type { Operation } from '../../operations/operation.ts'
import { expressionOf, requestOf, termOfMember } from '../../operations/request.ts'
import { isSettled } from '../../operations/settled.ts'
import { writesOf } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import { callOf, valueOf } from '../../project/module.ts'
import type { Place } from '../../project/term.ts'

/** The one write of a transaction that is written out; null where there may be more, or where it counts. */
export function onlyWrite({ spelling }: Operation): Write | null {
  const items = termOfMember(requestOf(spelling.request), 'TransactItems')
  if (items?.kind !== 'array' || !isSettled(items)) return null
  const node = valueOf(items.ref.frame.module, items.ref.value)
  if (node.kind !== 'array' || node.elements.length !== 1 || node.elements[0]?.spread === true)
    return null
  const [write, ...others] = writesOf(spelling)
  return write && others.length === 0 && !isCounting(write) ? write : null
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
export function commandAt({ spelling: { command }, module, at }: Operation): Place {
  const ref = command?.kind === 'made' ? command.ref : null
  const made = ref?.frame.module === module ? valueOf(module, ref.value) : null
  return made?.kind === 'call' ? { ...callOf(module, made.call).calleeAt, module } : at
}
