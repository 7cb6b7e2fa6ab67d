import { memberOfRequest } from '../operations/request.ts'
import type { Request } from '../operations/request.ts'

/**
 * Whether a request may be put to a global index, which is never read consistently and gives all attributes only where it
 * has them.
 *
 * @see GSI.html#GSI.Reading
 */
export function mayReadIndex(request: Request): boolean {
  const consistent = memberOfRequest(request, 'ConsistentRead')
  const isOff =
    consistent.state === 'absent' ||
    (consistent.state === 'known' &&
      consistent.term.kind === 'literal' &&
      consistent.term.value === false)
  const select = memberOfRequest(request, 'Select')
  const isCount =
    select.state === 'known' && select.term.kind === 'literal' && select.term.value === 'COUNT'
  return isOff && (select.state === 'absent' || isCount)
}
