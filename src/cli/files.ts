import { statSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { globSync, isDynamicPattern } from 'tinyglobby'
import { isIgnored } from '../project/gitignore.ts'
import type { IgnoreFile } from '../project/gitignore.ts'
import {
  SKIPPED_DIRECTORIES,
  ignoreFileOf,
  ignoreFilesAbove,
  isSource,
  sourceFilesIn,
  withSlashes,
} from '../project/source-files.ts'
import { firstLine } from './cannot-run.ts'

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
    const files = [
      ...sourceFilesIn(absolute, cwd, {
        unreadable: (directory, thrown) => {
          const reason = `cannot be read: ${firstLine(thrown)}`
          notChecked.push({ path: displayPath(directory, cwd), reason })
        },
      }),
    ]
    return files.length === 0 ? 'there is no JavaScript or TypeScript file in it' : files
  }
  return /\.[mc]?[jt]sx?$/i.test(absolute)
    ? [absolute]
    : 'it is not a JavaScript or TypeScript file'
}

function matches(pattern: string, cwd: string): readonly string[] | string {
  const ignoreFiles = new Map<string, readonly IgnoreFile[]>()
  const files = globSync(withSlashes(pattern), {
    cwd,
    absolute: true,
    dot: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore: [...SKIPPED_DIRECTORIES].map((name) => `**/${name}/**`),
  })
    .map((file) => resolve(file))
    .filter((file) => isSource(file) && !isIgnoredBelow(file, cwd, ignoreFiles))
  return files.length === 0 ? 'no JavaScript or TypeScript file matches it' : files
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

function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined
}
