/**
 * Values that are made of themselves: what a loop leaves in a variable that it reads, an object that is spread into
 * itself, a field that is computed from its own last value.
 *
 * A value that is met again while it is being computed adds nothing where the code merely chooses between values: it is
 * one of those that are being collected. Where the code computes with it (`n + 1`, `list.concat(more)`), nothing is known
 * of it: `strictly` marks such places. What was found while something further out was still being computed may be
 * incomplete; it is kept until that is done, and then forgotten.
 *
 * What is found of values that are made of one another depends on where their circle is cut. It is always cut at the same
 * one of them, whoever is asked for first: a rule must not see more, or less, because of the rules that ran before it.
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
  readonly head: (() => Head) | null
  readonly computeAgain: () => void
}

/** Where a circle of values may be cut; of several, it is cut at the one that comes first. */
export interface Head {
  /** The lower comes first. */
  readonly rank: number
  readonly file: string
  readonly value: number
  readonly depth: number
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

const NO_CIRCLE: readonly Provisional[] = []

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

/**
 * Computes a value once, and keeps it. `known` must not hold undefined.
 *
 * @param head where a circle that the value is part of may be cut at it; null where it is cut elsewhere if it can be
 */
export function once<Key, T>(
  rounds: Rounds,
  known: Known<Key, T>,
  key: Key,
  ways: Ways<T>,
  compute: () => T,
  head: (() => Head) | null = null,
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
    // Nearly always there is none, and nothing is made.
    const isAlone = rounds.provisional.length === before.provisional
    const circle = isAlone ? NO_CIRCLE : rounds.provisional.splice(before.provisional)
    const first = settle(circle, head)
    forget(rounds, known, key)
    if (first !== null) {
      first.computeAgain()
      return once(rounds, known, key, ways, compute, head)
    }
    known.set(key, value)
    // The others of the circle are now made of what it is; what it is made of, they tell in full only then.
    return circle.length > 0 && head !== null ? lookAgain(rounds, known, key, compute) : value
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
    head,
    computeAgain: () => {
      once(rounds, known, key, ways, compute, head)
    },
  })
  return value
}

/** Computes a value that is known from what it is made of, which may be made of it. */
function lookAgain<Key, T>(rounds: Rounds, known: Known<Key, T>, key: Key, compute: () => T): T {
  rounds.depth += 1
  try {
    const value = compute()
    known.set(key, value)
    return value
  } finally {
    rounds.depth -= 1
  }
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

/** Drops what is incomplete of a circle; gives the value at which to cut it, unless that is the one that was computed. */
function settle(circle: readonly Provisional[], own: (() => Head) | null): Provisional | null {
  if (circle.length > MOST_PROVISIONAL) {
    for (const each of circle) each.widen()
    return null
  }
  let first: { readonly head: Head; readonly at: Provisional | null } | null =
    own === null || circle.length === 0 ? null : { head: own(), at: null }
  for (const each of circle) {
    each.forget()
    const head = each.head?.() ?? null
    if (head !== null && (first === null || comesBefore(head, first.head)))
      first = { head, at: each }
  }
  return first?.at ?? null
}

function comesBefore(a: Head, b: Head): boolean {
  if (a.rank !== b.rank) return a.rank < b.rank
  if (a.file !== b.file) return a.file < b.file
  if (a.value !== b.value) return a.value < b.value
  return a.depth < b.depth
}
