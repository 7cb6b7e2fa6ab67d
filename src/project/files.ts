import { readFileSync, statSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import { ResolverFactory } from 'oxc-resolver'
import type { TSESTree } from '@typescript-eslint/utils'
import { extractFacts } from '../facts/extract.ts'
import type { ModuleFacts } from '../facts/model.ts'
import { parseModule, withoutByteOrderMark } from '../parser/oxc.ts'
import { newModule, newProject } from './module.ts'
import type { Module, Project } from './module.ts'

/** Larger files are generated; nothing a person wrote is missed by leaving them out. */
const LARGEST = 400_000

/** Files beyond this many are not followed from one linted file. */
const MOST_FILES = 150

/** Facts by file, kept for the life of the process and read again when the file's size or time changes. */
const factsOfFiles = new Map<
  string,
  { readonly stamp: string; readonly facts: ModuleFacts | null }
>()

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

/** A project that begins with one file and reads what it imports, when something asks for it. */
export function projectAround(): Project {
  const modules = new Map<string, Module | null>()
  const targets = new Map<string, Module | null>()
  const project = newProject((from, source) => {
    const key = `${from.facts.file}\0${source}`
    const known = targets.get(key)
    if (known !== undefined) return known
    const file = isOutside(source) ? null : resolveFrom(from.facts.file, source)
    const target = file === null ? null : moduleOf(project, modules, file)
    targets.set(key, target)
    return target
  })
  return project
}

/** A package's name cannot be a file of the project, unless the compiler settings or a workspace say so: those have a scope or a sign. */
function isOutside(source: string): boolean {
  return (
    source.startsWith('node:') || source.startsWith('@aws-sdk/') || source.startsWith('aws-sdk')
  )
}

/** Where imports lead, kept for the life of the process, as the resolver keeps what it sees of the disk. */
const resolved = new Map<string, string | null>()

function resolveFrom(file: string, source: string): string | null {
  const key = `${file}\0${source}`
  const known = resolved.get(key)
  if (known !== undefined) return known
  const path = resolveAnew(file, source)
  resolved.set(key, path)
  return path
}

function resolveAnew(file: string, source: string): string | null {
  try {
    const { path } = source.startsWith('.')
      ? resolver.sync(dirname(file), source)
      : resolver.resolveFileSync(file, source)
    if (path === undefined || path.includes(`${sep}node_modules${sep}`)) return null
    return /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path) ? path : null
  } catch {
    // A broken tsconfig is the compiler's to report; here the import only stays unknown.
    return null
  }
}

function moduleOf(
  project: Project,
  modules: Map<string, Module | null>,
  file: string,
): Module | null {
  const known = modules.get(file)
  if (known !== undefined) return known
  if (modules.size >= MOST_FILES) return null
  const facts = factsOf(file)
  const module = facts === null ? null : newModule(project, facts)
  modules.set(file, module)
  return module
}

function factsOf(file: string): ModuleFacts | null {
  try {
    const { size, mtimeMs } = statSync(file)
    const stamp = `${String(size)}:${String(mtimeMs)}`
    const known = factsOfFiles.get(file)
    if (known?.stamp === stamp) return known.facts
    const facts = size > LARGEST ? null : readFacts(file)
    factsOfFiles.set(file, { stamp, facts })
    return facts
  } catch {
    return null
  }
}

function readFacts(file: string): ModuleFacts | null {
  const text = withoutByteOrderMark(readFileSync(file, 'utf8'))
  const parsed = parseModule(text, file)
  if ('error' in parsed) return null
  // oxc gives typescript-estree's tree under types of its own.
  return extractFacts(parsed.program as unknown as TSESTree.Program, { file, text })
}
