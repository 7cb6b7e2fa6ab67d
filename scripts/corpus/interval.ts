/** A share with the bounds that it has at 95 % confidence, each between 0 and 1. */
export type Share = { readonly value: number; readonly low: number; readonly high: number }

const z = 1.959963984540054

/**
 * The Wilson score interval of a share, at 95 %.
 * @param successes how many of `total` went well
 * @param total how many there were
 * @returns undefined where there were none: nothing to say
 * @throws RangeError when successes are not between 0 and total
 */
export function wilson(successes: number, total: number): Share | undefined {
  if (successes < 0 || successes > total) {
    throw new RangeError(`${successes} successes out of ${total} cannot be.`)
  }
  if (total === 0) return undefined
  const value = successes / total
  const scale = 1 + (z * z) / total
  const middle = (value + (z * z) / (2 * total)) / scale
  const half =
    (z / scale) * Math.sqrt((value * (1 - value)) / total + (z * z) / (4 * total * total))
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/** A share as text: `92.3 % (80.1 to 97.4)`, or `-` where there is none. */
export function shareText(share: Share | undefined): string {
  if (share === undefined) return '-'
  return `${percent(share.value)} % (${percent(share.low)} to ${percent(share.high)})`
}

function percent(share: number): string {
  return (share * 100).toFixed(1)
}
