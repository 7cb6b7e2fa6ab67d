import type { Term } from './term.ts'

const running = new WeakMap<Term, Set<string>>()

/** Computes a part of a term; null where that part is only being computed from itself, as at the head of a loop. */
export function unlessRunning(of: Term, part: string, compute: () => Term | null): Term | null {
  const parts = running.get(of) ?? new Set()
  if (parts.has(part)) return null
  running.set(of, parts.add(part))
  try {
    return compute()
  } finally {
    parts.delete(part)
  }
}
