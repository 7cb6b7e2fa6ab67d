/** A source of numbers from 0 up to 1; the same seed gives the same numbers everywhere. */
export type Random = () => number

/** A source of numbers that begins from a seed (a whole number; only its low 32 bits count). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    // Mulberry32: 32 bits of state are plenty for choosing files and words.
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A whole number from `low` to `high`, both included. */
export function wholeNumber(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1))
}

/**
 * One of the values.
 * @throws RangeError where there is none
 */
export function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[wholeNumber(random, 0, values.length - 1)]
  if (value === undefined) throw new RangeError('There is nothing to pick from.')
  return value
}

/** The values in another order; the given list stays as it is. */
export function shuffled<T>(random: Random, values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}
