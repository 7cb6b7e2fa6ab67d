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
  readonly provisional: Provisional[]
}

interface Provisional {
  readonly forget: () => void
  readonly widen: () => void
}

export interface Entry<T> {
  state: 'running' | 'open' | 'done'
  value: T
  readonly depth: number
  readonly strict: number
  open: number
}

export interface Entries<Key, T> {
  readonly get: (key: Key) => Entry<T> | undefined
  readonly set: (key: Key, entry: Entry<T>) => unknown
  readonly delete: (key: Key) => unknown
}

export interface Ways<T> {
  readonly compute: () => T
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
  return { depth: 0, strict: 0, open: Infinity, provisional: [] }
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

/** Computes a value once, and keeps it. */
export function once<Key, T>(rounds: Rounds, entries: Entries<Key, T>, key: Key, ways: Ways<T>): T {
  const known = entries.get(key)
  if (known) {
    if (known.state !== 'running') {
      rounds.open = Math.min(rounds.open, known.open)
      return known.value
    }
    rounds.open = Math.min(rounds.open, known.depth)
    return rounds.strict > known.strict ? ways.againStrictly : ways.again
  }
  if (rounds.depth >= MOST_DEPTH) return ways.againStrictly
  const depth = rounds.depth + 1
  const entry: Entry<T> = {
    state: 'running',
    value: ways.again,
    depth,
    strict: rounds.strict,
    open: Infinity,
  }
  entries.set(key, entry)
  const before = { open: rounds.open, provisional: rounds.provisional.length }
  rounds.depth = depth
  rounds.open = Infinity
  try {
    entry.value = ways.compute()
  } catch (error) {
    entries.delete(key)
    throw error
  } finally {
    rounds.depth = depth - 1
    if (rounds.open >= depth) rounds.open = Infinity
    entry.open = rounds.open
    rounds.open = Math.min(rounds.open, before.open)
  }
  if (entry.open === Infinity) {
    entry.state = 'done'
    settle(rounds.provisional.splice(before.provisional))
  } else {
    entry.state = 'open'
    rounds.provisional.push({
      forget: () => entries.delete(key),
      widen: () => {
        entry.value = ways.widen(entry.value)
        entry.state = 'done'
        entry.open = Infinity
      },
    })
  }
  return entry.value
}

function settle(provisional: readonly Provisional[]): void {
  const isMuch = provisional.length > MOST_PROVISIONAL
  for (const each of provisional) {
    if (isMuch) each.widen()
    else each.forget()
  }
}
