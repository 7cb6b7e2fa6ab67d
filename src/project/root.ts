import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { isInside } from './source-files.ts'

const roots = new Map<string, string>()

/**
 * The directory that a file's project takes up: the nearest above it that is a repository or a workspace's root; else
 * where the linter was started, if that is above the file; else the outermost with a `package.json`.
 */
export function rootOf(file: string, cwd: string): string {
  const directory = dirname(file)
  const key = `${directory}\0${cwd}`
  const known = roots.get(key)
  if (known !== undefined) return known
  const root = findRoot(directory, cwd)
  roots.set(key, root)
  return root
}

function findRoot(directory: string, cwd: string): string {
  const home = homedir()
  let outermost = directory
  for (let at = directory; ; at = dirname(at)) {
    const { isRoot, isPackage } = traitsOf(at)
    if (isRoot) return at
    if (at === home || dirname(at) === at) break
    if (isPackage) outermost = at
  }
  const isSomewhere = cwd !== home && dirname(cwd) !== cwd
  return isSomewhere && isInside(directory, cwd) ? cwd : outermost
}

interface Traits {
  readonly isRoot: boolean
  readonly isPackage: boolean
}

const traits = new Map<string, Traits>()

/** What the files in a directory make it; those above many files are asked for again and again. */
function traitsOf(directory: string): Traits {
  const known = traits.get(directory)
  if (known) return known
  const manifest = join(directory, 'package.json')
  const isPackage = existsSync(manifest)
  const isRoot =
    existsSync(join(directory, '.git')) ||
    existsSync(join(directory, 'pnpm-workspace.yaml')) ||
    (isPackage && hasWorkspaces(manifest))
  const found = { isRoot, isPackage }
  traits.set(directory, found)
  return found
}

function hasWorkspaces(file: string): boolean {
  try {
    const settings: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof settings === 'object' && settings !== null && 'workspaces' in settings
  } catch {
    return false
  }
}
