/** The part of `settings.dynamodb` that says what the project is and what calls into it. */
import { statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { describe, isFields, member, readEntries, type Fields, type Report } from './values.ts'
import { readWrappers, type WrapperInput, type Wrappers } from './wrapper-settings.ts'

/** What sets a function off: somebody who waits for its answer, or nobody. */
export type EntryPointKind = 'request' | 'job'

/** The project as a user may describe it. */
export interface ProjectInput {
  /** Absolute path of the directory that the project takes up, where the rules would find another. */
  readonly root?: string
  /** What is no part of the project, as lines of a `.gitignore` in its root. */
  readonly ignore?: readonly string[]
  /** Functions that something outside the code calls: `'src/rpc/*.ts'`, `'src/jobs.ts#nightly'`. */
  readonly entryPoints?: Readonly<Record<string, EntryPointKind>>
  /** Functions of packages that speak to DynamoDB: `'@acme/db#getItem': { operation: 'GetItem' }`. */
  readonly wrappers?: Readonly<Record<string, WrapperInput>>
  /** What `dynamodb.project()` writes, so that `eslint --cache` sees changes of other files. */
  readonly fingerprint?: string
}

/** The exports of some files that something outside the code calls. */
export interface EntryPointPattern {
  /** As a line of a `.gitignore` in the project's root. */
  readonly files: string
  /** The name of the one export that is meant; undefined for all of them. */
  readonly export: string | undefined
  readonly kind: EntryPointKind
}

/** The project as far as the settings describe it. */
export interface ProjectSettings {
  readonly root: string | undefined
  readonly ignore: readonly string[]
  readonly entryPoints: readonly EntryPointPattern[]
  readonly wrappers: Wrappers
}

export const noProjectSettings: ProjectSettings = {
  root: undefined,
  ignore: [],
  entryPoints: [],
  wrappers: new Map(),
}

export const projectFields = ['root', 'ignore', 'entryPoints', 'wrappers'] as const

export function readProject(fields: Fields, path: string, report: Report): ProjectSettings {
  return {
    root: readRoot(fields.root, `${path}.root`, report),
    ignore: readPatterns(fields.ignore, `${path}.ignore`, report),
    entryPoints: readEntries(fields.entryPoints, `${path}.entryPoints`, report).flatMap(
      ([pattern, kind]) =>
        readEntryPoint(pattern, kind, member(`${path}.entryPoints`, pattern), report) ?? [],
    ),
    wrappers: readWrappers(fields.wrappers, `${path}.wrappers`, report),
  }
}

/** The settings without what is for ESLint's cache only. */
export function withoutFingerprint(value: unknown, path: string, report: Report): unknown {
  if (!isFields(value) || !('fingerprint' in value)) return value
  const { fingerprint, ...rest } = value
  if (typeof fingerprint !== 'string')
    report(`${path}.fingerprint`, 'is written by dynamodb.project() and by nobody else. Remove it.')
  return rest
}

function readRoot(value: unknown, path: string, report: Report): string | undefined {
  if (value === undefined) return undefined
  const what = 'must be the absolute path of a directory, such as import.meta.dirname'
  if (typeof value !== 'string' || !isAbsolute(value)) {
    report(path, `${what}; it is ${describe(value)}.`)
    return undefined
  }
  if (statSync(value, { throwIfNoEntry: false })?.isDirectory() === true) return value
  report(path, `${what}; there is no directory ${value}.`)
  return undefined
}

function readPatterns(value: unknown, path: string, report: Report): readonly string[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every(isPattern)) return value
  report(
    path,
    `must be a list of patterns as in .gitignore, such as ['legacy/', '*.generated.ts']; it is ${describe(value)}.`,
  )
  return []
}

function isPattern(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function readEntryPoint(
  pattern: string,
  kind: unknown,
  path: string,
  report: Report,
): EntryPointPattern | null {
  if (kind !== 'request' && kind !== 'job') {
    report(path, `must be 'request' or 'job'; it is ${describe(kind)}.`)
    return null
  }
  const [files = '', name, ...more] = pattern.split('#')
  if (files.trim() !== '' && name !== '' && more.length === 0) return { files, export: name, kind }
  report(
    path,
    "must be named by a pattern of files, or by one and an export, such as 'src/rpc/*.ts' or 'src/jobs.ts#nightly'.",
  )
  return null
}
