import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { TSESTree } from '@typescript-eslint/utils'
import { parseModule } from '../parser/oxc.ts'
import { isObject, readManifest, starOf } from './packages.ts'
import { isInside } from './source-files.ts'

/**
 * What names stand for by the settings of a folder, beside what the resolver reads: `paths` of a `jsconfig.json`, and of a
 * `tsconfig.json` that extends what is not installed; `_moduleAliases` of a `package.json`.
 */

interface Alias {
  /** A `*` stands for any text. */
  readonly name: string
  /** Absolute, in the order in which they are tried. */
  readonly targets: readonly string[]
}

/**
 * The paths that an import by name may stand for, without what names their language; the nearest settings that have one for
 * it, up to the project's root.
 */
export function aliasesOf(file: string, source: string, root: string): readonly string[] {
  for (let at = dirname(file); isInside(at, root); at = dirname(at)) {
    const found = bestOf(aliasesIn(at), source)
    if (found.length > 0) return found
    if (at === root || dirname(at) === at) break
  }
  return []
}

/** Forgets what settings say. */
export function forgetAliases(): void {
  folders.clear()
}

const folders = new Map<string, readonly Alias[]>()

function aliasesIn(folder: string): readonly Alias[] {
  const known = folders.get(folder)
  if (known) return known
  const found = [
    ...pathsOf(join(folder, 'tsconfig.json'), 0),
    ...pathsOf(join(folder, 'jsconfig.json'), 0),
    ...moduleAliasesOf(join(folder, 'package.json')),
  ]
  folders.set(folder, found)
  return found
}

/** An exact name before patterns, and of these the one with the longest beginning: https://www.typescriptlang.org/tsconfig/#paths. */
function bestOf(aliases: readonly Alias[], source: string): readonly string[] {
  let best: { readonly rank: number; readonly targets: readonly string[] } | null = null
  for (const { name, targets } of aliases) {
    const star = starOf(name, source)
    const rank = name.includes('*') ? name.indexOf('*') : Infinity
    if (star === null || (best !== null && best.rank >= rank)) continue
    best = { rank, targets: targets.map((target) => target.replaceAll('*', star)) }
  }
  return best?.targets ?? []
}

/** Settings extend others no deeper than this. */
const DEEPEST = 4

function pathsOf(file: string, depth: number): readonly Alias[] {
  const settings = readSettings(file)
  if (settings === null || depth > DEEPEST) return []
  const folder = dirname(file)
  const { compilerOptions, extends: bases } = settings
  const options = isObject(compilerOptions) ? compilerOptions : {}
  const { paths, baseUrl } = options
  if (isObject(paths) || typeof baseUrl === 'string') {
    const base = typeof baseUrl === 'string' ? resolve(folder, baseUrl) : folder
    const any = typeof baseUrl === 'string' ? { '*': '*' } : {}
    return aliasesFrom({ ...any, ...(isObject(paths) ? paths : {}) }, base)
  }
  // The last one counts.
  for (const extended of (Array.isArray(bases) ? bases : [bases]).toReversed()) {
    if (typeof extended !== 'string' || !extended.startsWith('.')) continue
    const path = resolve(folder, extended.endsWith('.json') ? extended : `${extended}.json`)
    const found = pathsOf(path, depth + 1)
    if (found.length > 0) return found
  }
  return []
}

/** https://github.com/ilearnio/module-alias: a name stands for a folder, and for what is in it. */
function moduleAliasesOf(file: string): readonly Alias[] {
  const { _moduleAliases: aliases } = readManifest(file)
  if (!isObject(aliases)) return []
  const all = Object.entries(aliases).flatMap(([name, to]) => [
    [name, to] as const,
    [`${name}/*`, `${String(to)}/*`] as const,
  ])
  return aliasesFrom(Object.fromEntries<unknown>(all), dirname(file))
}

function aliasesFrom(paths: Readonly<Record<string, unknown>>, base: string): readonly Alias[] {
  return Object.entries(paths).map(([name, to]) => ({
    name,
    targets: (Array.isArray(to) ? to : [to]).flatMap((target) =>
      typeof target === 'string' ? [resolve(base, target)] : [],
    ),
  }))
}

/** null where there is no such file, or it holds something else. Comments and commas too many are taken, as compilers do. */
function readSettings(file: string): Readonly<Record<string, unknown>> | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  const parsed = parseModule(`export default ${text}`, 'settings.js')
  if ('error' in parsed) return null
  const [statement] = (parsed.program as unknown as TSESTree.Program).body
  const settings =
    statement?.type === 'ExportDefaultDeclaration' ? dataOf(statement.declaration) : null
  return isObject(settings) ? settings : null
}

function dataOf(node: TSESTree.Node | null): unknown {
  if (node?.type === 'Literal') return node.value
  if (node?.type === 'ArrayExpression') return node.elements.map(dataOf)
  if (node?.type !== 'ObjectExpression') return null
  return Object.fromEntries(
    node.properties.flatMap((property) =>
      property.type === 'Property' && property.key.type === 'Literal'
        ? [[property.key.value, dataOf(property.value)]]
        : [],
    ),
  ) as unknown
}
