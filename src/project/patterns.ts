import { dirname } from 'node:path'
import { isIgnored, readIgnoreFile } from './gitignore.ts'
import { isInside, withSlashes } from './source-files.ts'

/**
 * Whether a file is one of those that some patterns name, as lines of a `.gitignore` in a directory would.
 *
 * @param directory absolute; files outside of it match nothing
 * @returns takes absolute paths
 */
export function matcherOf(
  patterns: readonly string[],
  directory: string,
): (file: string) => boolean {
  if (patterns.length === 0) return () => false
  const files = [readIgnoreFile(patterns.join('\n'), withSlashes(directory).replace(/\/$/, ''))]
  const directories = new Map<string, boolean>()
  const isDirectoryNamed = (path: string): boolean => {
    if (path === directory || !isInside(path, directory)) return false
    const known = directories.get(path)
    if (known !== undefined) return known
    const named = isDirectoryNamed(dirname(path)) || isIgnored(files, withSlashes(path), true)
    directories.set(path, named)
    return named
  }
  return (file) =>
    isInside(file, directory) &&
    (isDirectoryNamed(dirname(file)) || isIgnored(files, withSlashes(file), false))
}
