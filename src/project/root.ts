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
  let outermost = directory
  for (let at = directory; ; at = dirname(at)) {
    if (isWorkspaceRoot(at)) return at
    if (at === homedir() || dirname(at) === at) break
    if (existsSync(join(at, 'package.json'))) outermost = at
  }
  const isSomewhere = cwd !== homedir() && dirname(cwd) !== cwd
  return isSomewhere && isInside(directory, cwd) ? cwd : outermost
}

function isWorkspaceRoot(directory: string): boolean {
  return (
    existsSync(join(directory, '.git')) ||
    existsSync(join(directory, 'pnpm-workspace.yaml')) ||
    hasWorkspaces(join(directory, 'package.json'))
  )
}

function hasWorkspaces(file: string): boolean {
  try {
    const settings: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof settings === 'object' && settings !== null && 'workspaces' in settings
  } catch {
    return false
  }
}
