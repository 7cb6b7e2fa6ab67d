/** Work that is done when it is first asked for: what no rule asks of a file is never worked out. */
export function once<Result>(compute: () => Result): () => Result {
  let known: { result: Result } | null = null
  return () => (known ??= { result: compute() }).result
}
