/** The middle of some figures, and the least and the greatest of them. */
export type Spread = { readonly median: number; readonly least: number; readonly greatest: number }

/**
 * The median of some figures and how far they spread.
 * @throws RangeError where there are none
 */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b)
  const least = sorted[0]
  const greatest = sorted.at(-1)
  if (least === undefined || greatest === undefined) {
    throw new RangeError('There are no figures to take a median of.')
  }
  const below = sorted[Math.floor((sorted.length - 1) / 2)] ?? least
  const above = sorted[Math.ceil((sorted.length - 1) / 2)] ?? greatest
  return { median: (below + above) / 2, least, greatest }
}

/** Milliseconds by round and, in each round, by file. */
export type Times = readonly (readonly number[])[]

/** One way of linting set against linting with no rules, both in the same rounds. */
export type Comparison = {
  /** Time of the whole set over the time with no rules, round by round. */
  readonly ratio: Spread
  /** Milliseconds more than with no rules for the whole set, round by round. */
  readonly difference: Spread
  /**
   * The ratio from each file's fastest round: what other programs on the machine do only adds time,
   * so this moves less than the ratio of the rounds. It leaves out most of what collecting garbage
   * costs.
   */
  readonly quietRatio: number
}

/**
 * Compares the times of one way of linting with those of no rules.
 * @throws RangeError where rounds or files of the two differ in number, or there are none
 */
export function compare(times: Times, withNoRules: Times): Comparison {
  const rounds = times.map((files, round) => {
    const base = withNoRules[round]
    if (base?.length !== files.length || withNoRules.length !== times.length) {
      throw new RangeError('Only times of the same rounds and files can be compared.')
    }
    return { own: sum(files), base: sum(base) }
  })
  return {
    ratio: spreadOf(rounds.map(({ own, base }) => own / base)),
    difference: spreadOf(rounds.map(({ own, base }) => own - base)),
    quietRatio: sum(fastest(times)) / sum(fastest(withNoRules)),
  }
}

/** The fastest round of each file, in milliseconds. */
export function fastest(times: Times): readonly number[] {
  const files = times[0]?.length ?? 0
  return Array.from({ length: files }, (_, file) =>
    Math.min(...times.map((round) => round[file] ?? Infinity)),
  )
}

/**
 * How cost grows with size: 1 where twice the size costs twice as much, 2 where it costs four times
 * as much. From the first and the last of some sizes.
 * @throws RangeError where there are fewer than two, or one is not positive
 */
export function growthExponent(
  points: readonly { readonly size: number; readonly cost: number }[],
): number {
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined || points.length < 2) {
    throw new RangeError('Growth needs at least two sizes.')
  }
  if (points.some(({ size, cost }) => size <= 0 || cost <= 0)) {
    throw new RangeError('Growth needs sizes and costs above nothing.')
  }
  return Math.log(last.cost / first.cost) / Math.log(last.size / first.size)
}

export function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0)
}
