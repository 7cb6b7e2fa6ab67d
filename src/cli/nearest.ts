/** The candidate that takes the fewest typing mistakes to get from the name; undefined if none is near. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: distanceBetween(name, candidate) }))
    .sort((a, b) => a.distance - b.distance)
  if (best === undefined) return undefined
  const near = best.distance <= Math.max(2, Math.floor(name.length / 3))
  return near || best.candidate.includes(name) ? best.candidate : undefined
}

/** How many characters must be added, dropped or changed. */
function distanceBetween(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 0; i < from.length; i += 1) {
    const row = [i + 1]
    for (let j = 0; j < to.length; j += 1) {
      const changed = (previous[j] ?? 0) + (from[i] === to[j] ? 0 : 1)
      row.push(Math.min(changed, (previous[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1))
    }
    previous = row
  }
  return previous[to.length] ?? 0
}
