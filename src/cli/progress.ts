import type { Io } from './io.ts'

export interface Progress {
  /** Says how many files are done. */
  readonly tick: (done: number, total: number) => void
  /** Takes a line that is still showing off the terminal. */
  readonly end: () => void
}

const patience = 1000
const everyOnTerminal = 100
const everyInLog = 10_000
const clearLine = '\r\u001B[2K'

/**
 * Tells on stderr how far the check is once it has taken longer than a second: on a terminal in
 * one line that is written over, elsewhere in a plain line every ten seconds.
 */
export function createProgress({ stderr, now }: Io): Progress {
  const started = now()
  let last = -Infinity
  let showing = false
  return {
    tick(done, total) {
      const time = now()
      if (done === total || time - started <= patience) return
      if (time - last < (stderr.isTTY ? everyOnTerminal : everyInLog)) return
      last = time
      const text = `Checked ${String(done)} of ${String(total)} files`
      stderr.write(stderr.isTTY ? `${clearLine}${text} …` : `${text} …\n`)
      showing = stderr.isTTY
    },
    end() {
      if (showing) stderr.write(clearLine)
      showing = false
    },
  }
}
