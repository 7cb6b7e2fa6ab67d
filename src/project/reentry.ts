/**
 * Values that are made of themselves: what a loop leaves in a variable that it reads, an object that is spread into
 * itself, a field that is computed from its own last value.
 *
 * A value that is met again while it is being computed adds nothing where the code merely chooses between values: it is
 * one of those that are being collected. Where the code computes with it (`n + 1`, `list.concat(more)`), nothing is known
 * of it: `strictly` marks such places. What was found while something further out was still being computed may be
 * incomplete; it is kept until that is done, and then forgotten.
 */

/** Where linking stands. */
export interface Rounds {
  depth: number
  strict: number
  /** The outermost computation that was met again since the innermost began; Infinity where there is none. */
  open: number
  /** What is being computed, or may be incomplete, by the table that will hold it. */
  readonly entries: Map<object, Map<unknown, Entry>>
  readonly provisional: Provisional[]
}

interface Entry {
  isRunning: boolean
  value: unknown
  readonly depth: number
  readonly strict: number
  open: number
}

interface Provisional {
  readonly forget: () => void
  readonly widen: () => void
}

/** A table of what is known for good. */
export interface Known<Key, T> {
  readonly get: (key: Key) => T | undefined
  readonly set: (key: Key, value: T) => unknown
}

export interface Ways<T> {
  /** What is given where the value is met again while it is being computed, plainly or strictly. */
  readonly again: T
  readonly againStrictly: T
  /** A value as it is where nothing was found out about some part of it. */
  readonly widen: (value: T) => T
}

/** Values nest no deeper than this in code that people write; deeper ones would overflow the stack. */
const MOST_DEPTH = 250

/** Where more values than this are made of one another, they are not looked at again one by one. */
const MOST_PROVISIONAL = 100

export function newRounds(): Rounds {
  return { depth: 0, strict: 0, open: Infinity, entries: new Map(), provisional: [] }
}

/** Computes something from a value: if that value is only being computed itself, it is unknown. */
export function strictly<T>(rounds: Rounds, compute: () => T): T {
  rounds.strict += 1
  try {
    return compute()
  } finally {
    rounds.strict -= 1
  }
}

export function isRunning(rounds: Rounds, known: object, key: unknown): boolean {
  return rounds.entries.get(known)?.get(key)?.isRunning === true
}

/** Whether what is being computed nests as deep as it may. */
export function isTooDeep(rounds: Rounds): boolean {
  return rounds.depth >= MOST_DEPTH
}

/** Computes a value once, and keeps it. `known` must not hold undefined. */
export function once<Key, T>(
  rounds: Rounds,
  known: Known<Key, T>,
  key: Key,
  ways: Ways<T>,
  compute: () => T,
): T {
  const done = known.get(key)
  if (done !== undefined) return done
  const seen = rounds.entries.get(known)?.get(key)
  if (seen) {
    rounds.open = Math.min(rounds.open, seen.open)
    // What is kept in a table's entries is what its `compute` gave.
    if (!seen.isRunning) return seen.value as T
    return rounds.strict > seen.strict ? ways.againStrictly : ways.again
  }
  if (isTooDeep(rounds)) return ways.againStrictly
  const entry = begin(rounds, known, key)
  const before = { open: rounds.open, provisional: rounds.provisional.length }
  rounds.depth = entry.depth
  rounds.open = Infinity
  let value: T
  try {
    value = compute()
  } catch (error) {
    forget(rounds, known, key)
    throw error
  } finally {
    rounds.depth = entry.depth - 1
    entry.open = rounds.open < entry.depth ? rounds.open : Infinity
    rounds.open = Math.min(entry.open, before.open)
  }
  if (entry.open === Infinity) {
    forget(rounds, known, key)
    known.set(key, value)
    settle(rounds.provisional.splice(before.provisional))
    return value
  }
  entry.isRunning = false
  entry.value = value
  rounds.provisional.push({
    forget: () => {
      forget(rounds, known, key)
    },
    widen: () => {
      forget(rounds, known, key)
      known.set(key, ways.widen(value))
    },
  })
  return value
}

function begin(rounds: Rounds, known: object, key: unknown): Entry {
  const depth = rounds.depth + 1
  const entry = { isRunning: true, value: null, depth, strict: rounds.strict, open: depth }
  const entries = rounds.entries.get(known)
  if (entries) entries.set(key, entry)
  else rounds.entries.set(known, new Map([[key, entry]]))
  return entry
}

function forget(rounds: Rounds, known: object, key: unknown): void {
  // The map stays where it is empty: the next value of the same table needs one again.
  rounds.entries.get(known)?.delete(key)
}

function settle(provisional: readonly Provisional[]): void {
  const isMuch = provisional.length > MOST_PROVISIONAL
  for (const each of provisional) {
    if (isMuch) each.widen()
    else each.forget()
  }
}
