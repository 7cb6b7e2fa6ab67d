import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { isIgnored, readIgnoreFile } from './gitignore.ts'
import type { IgnoreFile } from './gitignore.ts'

const SOURCE = /\.[mc]?[jt]sx?$/i
const GENERATED = /\.(?:d\.[mc]?ts|min\.[mc]?js)$/i

/** Directories whose files nobody wrote by hand. */
export const SKIPPED_DIRECTORIES: ReadonlySet<string> = new Set([
  'node_modules',
  'dist',
  'build',
  'coverage',
  'cdk.out',
  '.git',
  '.next',
  '.nuxt',
  '.open-next',
  '.serverless',
  '.aws-sam',
  '.sst',
  '.turbo',
])

/** Whether a file's name is one of JavaScript or TypeScript that people write: no declarations, nothing minified. */
export function isSource(file: string): boolean {
  return SOURCE.test(file) && !GENERATED.test(file)
}

/** Who is told of what while directories are looked through. */
export interface Watched {
  readonly unreadable?: (directory: string, thrown: unknown) => void
  readonly entered?: (directory: string, hasIgnoreFile: boolean) => void
}

/**
 * The source files below a directory, but for what `.gitignore` names, build output and declarations. Symbolic links to
 * directories are not followed.
 *
 * @param cwd outside a repository, ignore files above this directory do not count
 */
export function sourceFilesIn(
  directory: string,
  cwd: string,
  watched: Watched = {},
): Generator<string> {
  return filesIn(directory, cwd, isSource, watched)
}

/** As `sourceFilesIn`, for files of other names. */
export function* filesIn(
  directory: string,
  cwd: string,
  isWanted: (name: string) => boolean,
  watched: Watched = {},
): Generator<string> {
  yield* walk(directory, ignoreFilesAbove(directory, cwd), isWanted, watched)
}

function* walk(
  directory: string,
  above: readonly IgnoreFile[],
  isWanted: (name: string) => boolean,
  watched: Watched,
): Generator<string> {
  let entries
  try {
    entries = readdirSync(directory, { withFileTypes: true })
  } catch (thrown) {
    watched.unreadable?.(directory, thrown)
    return
  }
  const hasOwn = entries.some(({ name }) => name === '.gitignore')
  watched.entered?.(directory, hasOwn)
  const ignoreFiles = hasOwn ? [...above, ...ignoreFileOf(directory)] : above
  for (const entry of entries) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) {
      if (SKIPPED_DIRECTORIES.has(entry.name)) continue
      if (isIgnored(ignoreFiles, withSlashes(path), true)) continue
      yield* walk(path, ignoreFiles, isWanted, watched)
    } else if (isWanted(entry.name) && !isIgnored(ignoreFiles, withSlashes(path), false)) {
      if (entry.isFile() || isLinkToFile(path)) yield path
    }
  }
}

function isLinkToFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

/** The ignore files of the directories above, up to the repository's root or the working directory. */
export function ignoreFilesAbove(directory: string, cwd: string): readonly IgnoreFile[] {
  const above: string[] = []
  let top: string | undefined
  for (let at = directory; top === undefined; at = dirname(at)) {
    if (at !== directory) above.unshift(at)
    if (existsSync(join(at, '.git'))) top = at
    else if (dirname(at) === at) break
  }
  const inRepository = top !== undefined
  const below = above.filter((each) => inRepository || isInside(each, cwd))
  const exclude = top === undefined ? [] : ignoreFileAt(join(top, '.git/info/exclude'), top)
  return [...exclude, ...below.flatMap(ignoreFileOf)]
}

/** Whether a path is a directory or stands in it. */
export function isInside(path: string, directory: string): boolean {
  return (
    path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep)
  )
}

/** What a directory's own `.gitignore` says. */
export function ignoreFileOf(directory: string): readonly IgnoreFile[] {
  return ignoreFileAt(join(directory, '.gitignore'), directory)
}

function ignoreFileAt(file: string, directory: string): readonly IgnoreFile[] {
  try {
    const text = readFileSync(file, 'utf8')
    return [readIgnoreFile(text, withSlashes(directory).replace(/\/$/, ''))]
  } catch {
    return []
  }
}

/** A path with `/`, whatever the system writes. */
export function withSlashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/')
}
