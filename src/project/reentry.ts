import type { Term } from './term.ts'

/** What has been computed, or is being computed, since the outermost call of `unlessRunning` began. */
const visited = new Map<Term, Map<string, Term | null>>()

/**
 * Computes a part of a term; null where that part is only being computed from itself, as at the head of a loop. Values
 * that are made of one another are each looked at once, however many ways lead from one to the next.
 */
export function unlessRunning(of: Term, part: string, compute: () => Term | null): Term | null {
  const isOutermost = visited.size === 0
  const parts = visited.get(of) ?? new Map<string, Term | null>()
  const known = parts.get(part)
  if (known !== undefined) return known
  visited.set(of, parts.set(part, null))
  try {
    const found = compute()
    parts.set(part, found)
    return found
  } finally {
    if (isOutermost) visited.clear()
  }
}
