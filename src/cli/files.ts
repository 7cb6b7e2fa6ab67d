import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { globSync, isDynamicPattern } from 'tinyglobby'
import { firstLine } from './cannot-run.ts'
import { isIgnored, readIgnoreFile, type IgnoreFile } from './gitignore.ts'

/** Something that was asked for and could not be checked. */
export interface NotChecked {
  /** As written by the user, or relative to the working directory. */
  readonly path: string
  /** 1-based; undefined where the whole file is meant. */
  readonly line?: number
  readonly column?: number
  /** A sentence without its period. */
  readonly reason: string
}

export interface FoundFiles {
  /** Absolute paths, sorted, each once. */
  readonly files: readonly string[]
  readonly notChecked: readonly NotChecked[]
}

const source = /\.[mc]?[jt]sx?$/i
const generated = /\.(?:d\.[mc]?ts|min\.[mc]?js)$/i
const skippedDirectories = new Set([
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

/**
 * The files that the paths stand for. A file that is named is taken as it is; in a directory and
 * for a pattern, what `.gitignore` names, build output and declarations are left out. Symbolic
 * links to directories are not followed.
 */
export function findFiles(paths: readonly string[], cwd: string): FoundFiles {
  const files = new Set<string>()
  const notChecked: NotChecked[] = []
  for (const path of paths.length === 0 ? ['.'] : paths) {
    const found = filesOf(path, cwd, notChecked)
    if (typeof found === 'string') notChecked.push({ path, reason: found })
    else for (const file of found) files.add(file)
  }
  return { files: [...files].sort(), notChecked }
}

/** The path as people write it: relative to the working directory, with `/`. */
export function displayPath(file: string, cwd: string): string {
  return withSlashes(relative(cwd, file)) || '.'
}

function filesOf(path: string, cwd: string, notChecked: NotChecked[]): readonly string[] | string {
  const absolute = resolve(cwd, path)
  let stats
  try {
    stats = statSync(absolute)
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT') return `cannot be read: ${firstLine(thrown)}`
    return isDynamicPattern(path) ? matches(path, cwd) : 'there is no such file or directory'
  }
  if (stats.isDirectory()) {
    const files: string[] = []
    walk(absolute, ignoreFilesAbove(absolute, cwd), cwd, files, notChecked)
    return files.length === 0 ? 'there is no JavaScript or TypeScript file in it' : files
  }
  return source.test(absolute) ? [absolute] : 'it is not a JavaScript or TypeScript file'
}

function matches(pattern: string, cwd: string): readonly string[] | string {
  const ignoreFiles = new Map<string, readonly IgnoreFile[]>()
  const files = globSync(withSlashes(pattern), {
    cwd,
    absolute: true,
    dot: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore: [...skippedDirectories].map((name) => `**/${name}/**`),
  })
    .map((file) => resolve(file))
    .filter((file) => isSource(file) && !isIgnoredBelow(file, cwd, ignoreFiles))
  return files.length === 0 ? 'no JavaScript or TypeScript file matches it' : files
}

function isSource(file: string): boolean {
  return source.test(file) && !generated.test(file)
}

function isIgnoredBelow(
  file: string,
  cwd: string,
  known: Map<string, readonly IgnoreFile[]>,
): boolean {
  const directory = dirname(file)
  const ignoreFiles = known.get(directory) ?? [
    ...ignoreFilesAbove(directory, cwd),
    ...ignoreFileOf(directory),
  ]
  known.set(directory, ignoreFiles)
  const top = ignoreFiles[0]?.directory
  if (top === undefined) return false
  const steps = withSlashes(file)
    .slice(top.length + 1)
    .split('/')
  return steps.some((_, index) => {
    const path = `${top}/${steps.slice(0, index + 1).join('/')}`
    const above = ignoreFiles.filter((each) => path.startsWith(`${each.directory}/`))
    return isIgnored(above, path, index < steps.length - 1)
  })
}

function walk(
  directory: string,
  above: readonly IgnoreFile[],
  cwd: string,
  files: string[],
  notChecked: NotChecked[],
): void {
  let entries
  try {
    entries = readdirSync(directory, { withFileTypes: true })
  } catch (thrown) {
    const reason = `cannot be read: ${firstLine(thrown)}`
    notChecked.push({ path: displayPath(directory, cwd), reason })
    return
  }
  const ignoreFiles = [...above, ...ignoreFileOf(directory)]
  for (const entry of entries) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) {
      if (skippedDirectories.has(entry.name)) continue
      if (isIgnored(ignoreFiles, withSlashes(path), true)) continue
      walk(path, ignoreFiles, cwd, files, notChecked)
    } else if (isSource(entry.name) && !isIgnored(ignoreFiles, withSlashes(path), false)) {
      if (entry.isFile() || isLinkToFile(path)) files.push(path)
    }
  }
}

function isLinkToFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

/** The ignore files of the directories above, up to the repository's root or the working directory. */
function ignoreFilesAbove(directory: string, cwd: string): readonly IgnoreFile[] {
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

function isInside(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory + sep)
}

function ignoreFileOf(directory: string): readonly IgnoreFile[] {
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

function withSlashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/')
}

function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined
}
