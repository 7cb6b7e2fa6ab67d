/** Lints one repository in a process of its own, so that a crash of one is not the end of all. */
import { existsSync } from 'node:fs'

import type { ESLint, Linter } from 'eslint'

import { lintDirectory, type LintResult } from './lint.ts'

/** What the parent hands over, as JSON in the first argument. */
export type Task = { readonly directory: string; readonly preset: string; readonly rule?: string }

/** What the child answers. */
export type Answer =
  | { readonly kind: 'progress'; readonly done: number; readonly all: number }
  | { readonly kind: 'result'; readonly result: LintResult }

const root = new URL('../../', import.meta.url)

async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2] ?? '') as Task
  const plugin = await loadPlugin()
  const preset = plugin.configs?.[task.preset]
  if (preset === undefined) throw new Error(`The plugin has no preset "${task.preset}".`)
  if (task.rule !== undefined && plugin.rules?.[task.rule] === undefined) {
    throw new Error(`The plugin has no rule "${task.rule}".`)
  }
  const setup = {
    plugin,
    preset: (Array.isArray(preset) ? preset : [preset]) as readonly Linter.Config[],
    parser: await loadParser(),
    ...(task.rule === undefined ? {} : { rule: task.rule }),
  }
  let told = 0
  const result = await lintDirectory(task.directory, setup, (done, all) => {
    if (Date.now() - told < 1000) return
    told = Date.now()
    answer({ kind: 'progress', done, all })
  })
  answer({ kind: 'result', result })
}

async function loadPlugin(): Promise<ESLint.Plugin> {
  const loaded = (await import(new URL('src/index.ts', root).href)) as { default: ESLint.Plugin }
  return loaded.default
}

async function loadParser(): Promise<Linter.Parser> {
  const own = new URL('src/parser/index.ts', root)
  if (existsSync(own)) return (await import(own.href)) as Linter.Parser
  return await import('@typescript-eslint/parser')
}

function answer(message: Answer): void {
  process.send?.(message)
}

main().then(
  () => process.disconnect(),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
