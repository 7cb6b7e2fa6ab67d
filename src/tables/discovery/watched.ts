import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isInside } from '../../project/source-files.ts'
import { lineAt } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Place } from '../../project/term.ts'
import { makesApp } from './code-alarms.ts'
import { tablesOfCode } from './code.ts'
import type { Watch } from './definition.ts'
import { framesOf } from './frames.ts'
import type { Discovered } from './index.ts'

/**
 * Whether an alarm of the same app may be over the throttling or the capacity of a table that code makes at a place.
 *
 * @param discovered what the project's infrastructure says; null where only the file itself is known
 * @returns null where no app is known: who takes a library of constructs has alarms of their own
 */
export function isWatched(at: Place, discovered: Discovered | null): boolean | null {
  const { module } = at
  const { file } = module.facts
  const line = lineAt(module, at.start)
  const isOver =
    (isBeside: (file: string) => boolean) =>
    ({ table, file: written }: Watch): boolean =>
      table === null ? isBeside(written) : table.file === file && table.line === line
  if (discovered === null) return watchesIn(module).some(isOver(() => true))
  const { root, watches, hasApp, definitions } = discovered
  const app = appAround(file, root)
  if (app === null && !hasApp && !makesApp(module)) return null
  // A file that is not on the disk yet.
  const isNew = !definitions.some((definition) => definition.at.file === file)
  const all = isNew ? [...watches, ...watchesIn(module)] : watches
  return all.some(isOver((other) => app === null || isInside(other, app)))
}

function watchesIn(module: Module): readonly Watch[] {
  return tablesOfCode(framesOf([module]), '').watches
}

/** The nearest directory above a file that the CDK is run in; null where there is none. */
function appAround(file: string, root: string): string | null {
  for (let at = dirname(file); ; at = dirname(at)) {
    if (existsSync(join(at, 'cdk.json'))) return at
    if (at === root || dirname(at) === at) return null
  }
}
