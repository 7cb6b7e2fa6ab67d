import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import type { LintResult } from './lint.ts'
import type { Answer, Task } from './lint-child.ts'

/** A repository that could not be linted to the end. */
export type Crash = { readonly crash: string }

const longestMilliseconds = 15 * 60 * 1000
const lastWords = 2000

/**
 * Lints one repository in a child process of its own.
 * @param progress called about once a second with the number of files done and of all
 * @returns the result, or the last words of the child where it died, hung or was out of memory
 */
export function lintInChild(
  task: Task,
  progress: (done: number, all: number) => void,
): Promise<LintResult | Crash> {
  return new Promise((resolve) => {
    const child = fork(
      fileURLToPath(new URL('lint-child.ts', import.meta.url)),
      [JSON.stringify(task)],
      {
        execArgv: ['--import', 'tsx', '--max-old-space-size=4096'],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        serialization: 'json',
      },
    )
    let result: LintResult | undefined
    let errors = ''
    const timer = setTimeout(() => {
      errors += `Stopped after ${longestMilliseconds / 60_000} minutes.`
      child.kill('SIGKILL')
    }, longestMilliseconds)
    child.stderr?.on('data', (text: Buffer) => {
      errors = (errors + text.toString()).slice(-lastWords)
    })
    child.on('message', (message) => {
      const answer = message as Answer
      if (answer.kind === 'progress') progress(answer.done, answer.all)
      else result = answer.result
    })
    child.on('error', (error) => {
      errors += error.message
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const end = signal === null ? `exit code ${code}` : `signal ${signal}`
      resolve(result ?? { crash: `${end}: ${errors.trim()}` })
    })
  })
}

/** Runs a task for each value, so many at a time, and gives the results in the values' order. */
export async function inParallel<T, R>(
  values: readonly T[],
  atOnce: number,
  task: (value: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  const queue = values.entries()
  const worker = async (): Promise<void> => {
    for (const [index, value] of queue) results[index] = await task(value)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, values.length) }, worker))
  return results
}
