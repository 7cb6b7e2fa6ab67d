import type { Module } from '../project/module.ts'
import { pathInProject } from '../project/test-files.ts'

const segments = new WeakMap<Module, readonly string[]>()

/** The folders and the name of a module's file. */
function segmentsOf(module: Module): readonly string[] {
  const known = segments.get(module)
  if (known) return known
  const split = pathInProject(module.facts.file).split('/')
  segments.set(module, split)
  return split
}

/** `route` of `app/orders/route.ts`. */
export function baseName(module: Module): string {
  return (segmentsOf(module).at(-1) ?? '').replace(/\.[cm]?[jt]sx?$/, '')
}

/** The folders of a file that stand below a folder of a given name, wherever that is; null where there is none. */
export function foldersBelow(module: Module, folder: string): readonly string[] | null {
  const folders = segmentsOf(module).slice(0, -1)
  const at = folders.indexOf(folder)
  return at < 0 ? null : folders.slice(at + 1)
}

/** What only scheduled jobs are called: `scheduled/`, `cron/`, `nightly-cleanup.ts`, `sync.cron.ts`. */
const SCHEDULED =
  /^(crons?|cron-?jobs?|scheduled|nightly|hourly)$|^(cron|nightly|hourly|scheduled)[-_.]|[-_.](cron|nightly|hourly)$/i

/** A file or a folder that only scheduled jobs have. */
export function isScheduledPath(module: Module): boolean {
  return [...segmentsOf(module).slice(0, -1), baseName(module)].some((name) => SCHEDULED.test(name))
}
