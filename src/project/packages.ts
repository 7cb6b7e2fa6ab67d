import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { listingOf } from './listing.ts'

/** A package of a workspace. */
export interface Package {
  readonly directory: string
  /** What its `package.json` says leads into it; a `*` stands for any text. */
  readonly entries: ReadonlyMap<string, readonly string[]>
}

const workspaces = new Map<string, ReadonlyMap<string, Package>>()

/** The packages below a directory that have a name, by that name. */
export function packagesIn(root: string): ReadonlyMap<string, Package> {
  const known = workspaces.get(root)
  if (known) return known
  const packages = new Map<string, Package>()
  for (const file of listingOf(root).files) {
    if (basename(file) !== 'package.json') continue
    const manifest = readManifest(file)
    const { name } = manifest
    if (typeof name !== 'string' || packages.has(name)) continue
    packages.set(name, { directory: dirname(file), entries: entriesOf(manifest) })
  }
  workspaces.set(root, packages)
  return packages
}

/** Forgets which packages there are. */
export function forgetPackages(): void {
  workspaces.clear()
}

/**
 * The files that an import by name may stand for, from the package's directory and without what names their language: as
 * its `package.json` says, at the source that what it says is built from, and where sources usually are.
 *
 * @param subpath what follows the package's name: `.` or `./orders`
 */
export function candidatesIn({ entries }: Package, subpath: string): readonly string[] {
  const written = [...entries].flatMap(([key, targets]) => {
    const star = starOf(key, subpath)
    return star === null ? [] : targets.map((target) => target.replaceAll('*', star))
  })
  const usual =
    subpath === '.' ? ['./src/index', './index'] : [subpath, `./src/${subpath.slice(2)}`]
  return [...written.flatMap((target) => [sourceOf(target), target]), ...usual].map(withoutLanguage)
}

/** What the `*` of a key stands for in a path, or nothing where it has none; null where the key is of another path. */
export function starOf(key: string, subpath: string): string | null {
  const [before = '', after] = key.split('*')
  if (after === undefined) return key === subpath ? '' : null
  const isOfKey =
    subpath.length >= before.length + after.length &&
    subpath.startsWith(before) &&
    subpath.endsWith(after)
  return isOfKey ? subpath.slice(before.length, subpath.length - after.length) : null
}

/** What a file of the build was made from. */
function sourceOf(target: string): string {
  return target.replace(
    /^\.\/(?:dist|build|lib|out|output)\/(?:(?:esm|cjs|es|module|types)\/)?(?:src\/)?/,
    './src/',
  )
}

function withoutLanguage(path: string): string {
  return path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '')
}

type Manifest = Readonly<Record<string, unknown>>

/** What a `package.json` says; nothing where there is none, or none that can be read. */
export function readManifest(file: string): Manifest {
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isObject(manifest) ? manifest : {}
  } catch {
    // A broken manifest is the package manager's to report.
    return {}
  }
}

function entriesOf(manifest: Manifest): ReadonlyMap<string, readonly string[]> {
  const { exports } = manifest
  const entries = new Map<string, readonly string[]>()
  const byPath = isObject(exports) && Object.keys(exports).every((key) => key.startsWith('.'))
  if (byPath) for (const [key, value] of Object.entries(exports)) entries.set(key, targetsIn(value))
  else if (exports !== undefined) entries.set('.', targetsIn(exports))
  const { source, module, main } = manifest
  const mains = [source, module, main]
    .flatMap(targetsIn)
    .map((path) => path.replace(/^(?!\.)/, './'))
  entries.set('.', [...(entries.get('.') ?? []), ...mains])
  return entries
}

/** The paths that an entry of `exports` leads to, under whatever condition. */
function targetsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return isObject(value) ? Object.values(value).flatMap(targetsIn) : []
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
