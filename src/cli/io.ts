/** The world as the command line sees it, so that tests can give another one. */
export interface Io {
  /** Absolute path that relative paths are resolved against. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
  /** Milliseconds since some point in the past. */
  readonly now: () => number
}

export interface Output {
  readonly write: (text: string) => void
  readonly isTTY: boolean
}

/** Whether to colour what goes to the output: see https://no-color.org. */
export function hasColor({ env }: Io, output: Output): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0') return true
  return output.isTTY && env.TERM !== 'dumb'
}
