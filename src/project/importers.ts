import { statSync } from 'node:fs'
import { basename, dirname, extname } from 'node:path'
import type { Outline } from './disk.ts'
import { isOutside, resolveFrom } from './resolution.ts'
import { isInside, sourceFilesIn } from './source-files.ts'

/** Who imports what in a project, as far as the text of its files shows. */
export interface ImportIndex {
  /** The files that import a file, each once. */
  readonly importers: (file: string) => readonly string[]
  /** The directories that were looked through, with when each last had a file come or go. */
  readonly directories: ReadonlyMap<string, number>
}

/** Files beyond this many are not looked at. */
const MOST_FILES = 50_000

interface WrittenImport {
  readonly file: string
  readonly source: string
}

/**
 * Reads what the files of a project import. Where an import leads is only found out for those whose name says that they
 * may be of the file that is asked for.
 *
 * @param outline what a file's text shows
 * @param files of the project
 */
export function indexImports(
  root: string,
  outline: (file: string) => Outline | null,
  files: Iterable<string> = sourceFilesIn(root, root),
): ImportIndex {
  const directories = new Map<string, number>()
  const relative = new Map<string, WrittenImport[]>()
  const bare = new Map<string, WrittenImport[]>()
  let count = 0
  for (const file of files) {
    count += 1
    if (count > MOST_FILES) break
    for (let at = dirname(file); !directories.has(at) && isInside(at, root); at = dirname(at))
      directories.set(at, changedAt(at))
    for (const { source } of outline(file)?.imports ?? []) {
      if (isOutside(source)) continue
      const [table, key] = source.startsWith('.') ? [relative, tailOf(source)] : [bare, source]
      const known = table.get(key)
      if (known) known.push({ file, source })
      else table.set(key, [{ file, source }])
    }
  }
  const known = new Map<string, readonly string[]>()
  let packages: ReadonlyMap<string, readonly string[]> | null = null
  const importers = (file: string): readonly string[] => {
    const seen = known.get(file)
    if (seen) return seen
    packages ??= targetsOf(bare, root)
    const found = new Set(packages.get(file))
    for (const tail of tailsOf(file)) {
      for (const written of relative.get(tail) ?? [])
        if (resolveFrom(written.file, written.source, root) === file) found.add(written.file)
    }
    const all = [...found]
    known.set(file, all)
    return all
  }
  return { importers, directories }
}

/** Whether a file came or went in one of the directories. */
export function hasOtherFiles({ directories }: Pick<ImportIndex, 'directories'>): boolean {
  for (const [directory, at] of directories) if (changedAt(directory) !== at) return true
  return false
}

/** When a directory last had a file come or go, in milliseconds; 0 where there is no such directory. */
export function changedAt(directory: string): number {
  return statSync(directory, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** The last step of a relative import, without what names its language. */
function tailOf(source: string): string {
  const last = basename(source)
  return last === '.' || last === '..' || last === '' ? '.' : withoutExtension(last)
}

/** What the last step of an import of a file may be. */
function tailsOf(file: string): readonly string[] {
  const name = withoutExtension(basename(file))
  // The main file of a directory can be imported by the directory's name.
  return [name, basename(file), basename(dirname(file)), '.']
}

function withoutExtension(name: string): string {
  return /^\.[cm]?[jt]sx?$/.test(extname(name)) ? name.slice(0, -extname(name).length) : name
}

/** Where imports lead that are not relative: to another package of the workspace, or where the compiler settings say. */
function targetsOf(
  bare: ReadonlyMap<string, readonly WrittenImport[]>,
  root: string,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [source, imports] of bare) {
    for (const { file } of imports) {
      const target = resolveFrom(file, source, root)
      if (target === null) continue
      const known = found.get(target)
      if (known) known.push(file)
      else found.set(target, [file])
    }
  }
  return found
}
