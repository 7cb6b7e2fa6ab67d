import { keptBy } from '../project/module.ts'
import type { Module } from '../project/module.ts'
import { controllers } from './controllers.ts'
import { decorators } from './decorators.ts'
import { endpoints, nitro, remix, sveltekit } from './file-routes.ts'
import type { EntryPoint, Framework, Trigger } from './framework.ts'
import { graphql } from './graphql.ts'
import { jobs } from './jobs.ts'
import { lambda } from './lambda.ts'
import { nextjs } from './nextjs.ts'
import { routeTables } from './route-table.ts'
import { routes } from './routes.ts'
import { scripts } from './scripts.ts'
import { isTestFile } from '../project/test-files.ts'
import { trpc } from './trpc.ts'

export { isScriptFile } from './scripts.ts'
export { isTestFile } from '../project/test-files.ts'

/** Those that name a route come before those that only know that there is one. */
const FRAMEWORKS: readonly Framework[] = [
  routes,
  routeTables,
  decorators,
  nextjs,
  remix,
  sveltekit,
  nitro,
  endpoints,
  trpc,
  graphql,
  jobs,
  controllers,
  lambda,
  scripts,
]

/**
 * The functions of a file that something outside the code calls, each once: where frameworks disagree, the first that
 * knows what sets it off is believed. Tests have none.
 */
export function entryPoints(module: Module): readonly EntryPoint[] {
  const modules = entriesIn(module.project)
  const known = modules.get(module)
  if (known) return known
  const found = isTestFile(module.facts.file) ? [] : findEntryPoints(module)
  modules.set(module, found)
  return found
}

const entriesIn = keptBy<Module, readonly EntryPoint[]>()

function findEntryPoints(module: Module): readonly EntryPoint[] {
  const found = new Map<string, EntryPoint>()
  for (const framework of FRAMEWORKS) {
    for (const entry of framework.entryPoints(module)) {
      const { handler } = entry
      const key = `${handler.module.facts.file}:${String(handler.function)}:${String(handler.lexical?.id ?? 0)}`
      const known = found.get(key)
      if (!known || rank(entry.trigger) > rank(known.trigger)) found.set(key, entry)
    }
  }
  return [...found.values()]
}

/** How much a trigger says. */
function rank(trigger: Trigger): number {
  if (trigger === 'unknown') return 0
  return trigger === 'script' ? 1 : 2
}
