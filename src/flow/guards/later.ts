import type { Term } from '../../project/term.ts'
import { isClock } from './tests.ts'

/** A time to come: the time of day, and something added to it. */
export function isLater(term: Term): boolean {
  if (term.kind !== 'derived') return false
  return term.operator === '+' ? isClock(term) : term.from.some(isLater)
}
