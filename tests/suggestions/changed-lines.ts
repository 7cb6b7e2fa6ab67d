/** The lines that differ, `-` as they were and `+` as they are; what stays is left out. */
export function changedLines(before: string, after: string): string {
  const a = before.split('\n')
  const b = after.split('\n')
  const common = commonLines(a, b)
  const lines: string[] = []
  let i = 0
  let j = 0
  for (const [x, y] of [...common, [a.length, b.length] as const]) {
    while (i < x) lines.push(`- ${a[i++] ?? ''}`)
    while (j < y) lines.push(`+ ${b[j++] ?? ''}`)
    i = x + 1
    j = y + 1
  }
  return lines.join('\n')
}

/** The longest common subsequence, as pairs of line numbers. */
function commonLines(
  a: readonly string[],
  b: readonly string[],
): readonly (readonly [number, number])[] {
  const lengths = Array.from({ length: a.length + 1 }, () =>
    new Array<number>(b.length + 1).fill(0),
  )
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = lengths[i]
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: (readonly [number, number])[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return pairs
}
