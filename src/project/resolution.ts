import { existsSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, isAbsolute, join, sep } from 'node:path'
import { ResolverFactory } from 'oxc-resolver'
import { listingOf } from './listing.ts'
import type { Listing } from './listing.ts'
import { aliasesOf, forgetAliases } from './aliases.ts'
import { candidatesIn, forgetPackages, packagesIn } from './packages.ts'
import { isInside, isSource } from './source-files.ts'

const resolver = new ResolverFactory({
  extensions: ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'],
  extensionAlias: {
    '.js': ['.ts', '.tsx', '.js'],
    '.mjs': ['.mts', '.mjs'],
    '.cjs': ['.cts', '.cjs'],
    '.jsx': ['.tsx', '.jsx'],
  },
  conditionNames: ['types', 'import', 'require', 'node', 'default'],
  mainFields: ['source', 'module', 'main'],
  tsconfig: 'auto',
})

/** Where imports lead, by where they stand and name, until `forgetResolutions`. */
const resolved = new Map<string, string | null>()

/** Relative imports of files that were not there. */
const missing = new Map<string, { readonly file: string; readonly source: string }>()

/**
 * The source file that an import in a file stands for; null where it is outside the project, or nowhere.
 *
 * @param root the project's directory: its packages are found by name even where nobody installed or built them
 */
export function resolveFrom(file: string, source: string, root: string): string | null {
  if (isOutside(source)) return null
  const isRelative = source.startsWith('.')
  const directory = dirname(file)
  // Files of one package have their settings in common.
  const key = `${isRelative ? directory : packageOf(directory)}\0${source}`
  const known = resolved.get(key)
  if (known !== undefined) return known
  const path = source.startsWith(LAYERS) ? findLayer(source, root) : find(file, source)
  if (path === null && isRelative) missing.set(key, { file, source })
  const isThere = path !== null && isOfProject(path) && !BUILT.test(path)
  const target =
    isThere || isRelative
      ? path
      : (findAlias(file, source, root) ?? findInPackages(source, root) ?? path)
  const found = target !== null && isOfProject(target) ? target : null
  resolved.set(key, found)
  return found
}

/** Where a Lambda function finds the files of its layers: https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html. */
const LAYERS = '/opt/'

/** The one file of the project that a layer's file can have been made of; null where there is none, or more than one. */
function findLayer(source: string, root: string): string | null {
  const path = source.slice(LAYERS.length).replace(/^nodejs\//, '')
  const isIt = new RegExp(`[/\\\\]${escaped(path)}(?:[/\\\\]index)?(?:\\.[cm]?[jt]s)?$`)
  const [first, second] = listingOf(root).files.filter((each) => isSource(each) && isIt.test(each))
  return first !== undefined && second === undefined ? first : null
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** Where builds are put. */
const BUILT = /[/\\](?:dist|build|lib|out)[/\\]/

function findAlias(file: string, source: string, root: string): string | null {
  for (const path of aliasesOf(file, source, root)) {
    const found = find(file, path)
    if (found !== null && isOfProject(found)) return found
  }
  return null
}

function findInPackages(source: string, root: string): string | null {
  const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(source) ?? []
  const found = packagesIn(root).get(name)
  if (!found) return null
  for (const candidate of candidatesIn(found, rest === '' ? '.' : `./${rest}`)) {
    const path = find(join(found.directory, 'package.json'), candidate)
    if (path !== null && isOfProject(path)) return path
  }
  return null
}

/** Forgets what was seen of the disk. */
export function forgetResolutions(): void {
  resolver.clearCache()
  resolved.clear()
  missing.clear()
  forgetPackages()
  forgetAliases()
  packages.clear()
}

const packages = new Map<string, string>()

/** The nearest directory with a `package.json` or a `tsconfig.json`. */
function packageOf(directory: string): string {
  const known = packages.get(directory)
  if (known !== undefined) return known
  const isPackage = ['package.json', 'tsconfig.json'].some((name) =>
    existsSync(join(directory, name)),
  )
  const parent = dirname(directory)
  const found = isPackage || parent === directory ? directory : packageOf(parent)
  packages.set(directory, found)
  return found
}

/** Resolves again what led nowhere; still so that `somethingAppearedIn` tells others of it. */
export function lookAgainIn(root: string): void {
  if (!isMissingNoMore(root)) return
  for (const [key, { file, source }] of missing) {
    if (!isInside(file, root)) continue
    const path = find(file, source)
    if (path !== null && isOfProject(path)) resolved.set(key, path)
  }
}

/** The files that there were when imports which led nowhere were last tried, and when that was, in milliseconds. */
const looked = new Map<string, { readonly listing: Listing; readonly at: number }>()

/** How long it may go unnoticed that a file came to be which the project does not count as one of its own. */
const MOST_AGE = 30_000

/** Whether an import in a directory that led nowhere does now. */
export function somethingAppearedIn(root: string): boolean {
  const [known, now] = [looked.get(root), performance.now()]
  const listing = listingOf(root)
  if (known?.listing === listing && now - known.at <= MOST_AGE) return false
  looked.set(root, { listing, at: now })
  return isMissingNoMore(root)
}

function isMissingNoMore(root: string): boolean {
  const here = [...missing.values()].filter(({ file }) => isInside(file, root))
  if (here.length === 0) return false
  resolver.clearCache()
  return here.some(({ file, source }) => find(file, source) !== null)
}

/** Whether an import is of something that is no part of any project: the platform's own, or the SDK. */
export function isOutside(source: string): boolean {
  return (
    source.startsWith('node:') ||
    source.startsWith('@aws-sdk/') ||
    source.startsWith('aws-sdk') ||
    BUILT_IN.has(source)
  )
}

const BUILT_IN: ReadonlySet<string> = new Set(builtinModules)

function find(file: string, source: string): string | null {
  try {
    const { path } =
      source.startsWith('.') || isAbsolute(source)
        ? resolver.sync(dirname(file), source)
        : resolver.resolveFileSync(file, source)
    return path ?? null
  } catch {
    // A broken tsconfig is the compiler's to report; here the import only stays unknown.
    return null
  }
}

function isOfProject(path: string): boolean {
  return (
    /\.[cm]?[jt]sx?$/.test(path) &&
    !/\.d\.[cm]?ts$/.test(path) &&
    !path.includes(`${sep}node_modules${sep}`)
  )
}
