import { canonical } from './canonical.ts'
import type { Frame, Term } from './term.ts'
import { isClosed, viewOf } from './view.ts'

/** Objects in objects are compared no deeper than this. */
const MOST_DEPTH = 5

/** Whether what two places make does the same: clients, and objects of functions that were made alike. */
export function isMadeAlike(a: Term, b: Term, depth = 0): boolean {
  if (depth > MOST_DEPTH || a.kind !== b.kind) return false
  if (canonical(a) === canonical(b)) return true
  if (a.kind === 'function' && b.kind === 'function')
    return (
      a.module === b.module && a.function === b.function && isSameRun(a.lexical, b.lexical, depth)
    )
  if (a.kind === 'instance' && b.kind === 'instance')
    return (
      a.class.module === b.class.module &&
      a.class.class === b.class.class &&
      isSameRun(a.construct, b.construct, depth)
    )
  if (a.kind === 'object' && b.kind === 'object') {
    const [own, other] = [viewOf(a), viewOf(b)]
    if (
      own === null ||
      other === null ||
      !isClosed(own) ||
      !isClosed(other) ||
      own.fields.size !== other.fields.size
    )
      return false
    return [...own.fields].every(([key, field]) => {
      const same = other.fields.get(key)
      return same !== undefined && isMadeAlike(field.term(), same.term(), depth + 1)
    })
  }
  return false
}

function isSameRun(a: Frame | null, b: Frame | null, depth: number): boolean {
  if (a === b) return true
  if (!a?.arguments || !b?.arguments) return false
  const [own, other] = [a.arguments, b.arguments]
  return (
    a.function === b.function &&
    own.length === other.length &&
    own.every((each, index) => {
      const same = other[index]
      return same !== undefined && isMadeAlike(each.term(), same.term(), depth + 1)
    })
  )
}
