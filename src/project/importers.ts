import { basename, dirname, extname } from 'node:path'
import type { Outline } from './disk.ts'
import { isOutside, resolveFrom } from './resolution.ts'

/** Who imports what in a project, as far as the text of its files shows. */
export interface ImportIndex {
  /** The files that import a file, each once. */
  readonly importers: (file: string) => readonly string[]
  /** The files with a class or an interface that says it implements or extends something of that name. */
  readonly heirs: (name: string) => readonly string[]
  /** The files that may register something in a container of dependency injection. */
  readonly containers: readonly string[]
}

interface WrittenImport {
  readonly file: string
  readonly source: string
}

/**
 * Turns what the files of a project import round. Where an import leads is only found out for those whose name says that
 * they may be of the file that is asked for.
 *
 * @param outlines what the texts of its files show
 */
export function indexImports(
  root: string,
  outlines: Iterable<readonly [file: string, outline: Outline | null]>,
): ImportIndex {
  const relative = new Map<string, WrittenImport[]>()
  const bare = new Map<string, WrittenImport[]>()
  const heirs = new Map<string, string[]>()
  const containers: string[] = []
  for (const [file, outline] of outlines) {
    if (outline === null) continue
    for (const { source } of outline.imports) {
      if (isOutside(source)) continue
      const [table, key] = source.startsWith('.') ? [relative, tailOf(source)] : [bare, source]
      add(table, key, { file, source })
    }
    for (const name of outline.heritage) add(heirs, name, file)
    if (outline.registers) containers.push(file)
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
  return { importers, heirs: (name) => heirs.get(name) ?? [], containers }
}

function add<T>(table: Map<string, T[]>, key: string, value: T): void {
  const known = table.get(key)
  if (known) known.push(value)
  else table.set(key, [value])
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
