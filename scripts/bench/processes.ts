/** Measurements that take a process of their own: whole applications, and the index of a project. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { table } from '../corpus/print.ts'
import type { BuiltPlugin } from './build.ts'
import type { Project } from './generate-project.ts'
import type { Clock } from './options.ts'
import { growthExponent, spreadOf } from './statistics.ts'

/** What one process took. */
export type Taken = { readonly wall: number; readonly cpu: number }
export type AppRun = Taken & { readonly files: number; readonly megabytes: number }
export type IndexRun = Taken & { readonly kilobytes: number }

/**
 * Ways of linting an application, by name: nothing but the parser first, then as many rules as the plugin has that do nothing,
 * which shows what ESLint itself takes more where there are any rules.
 */
export const appVariants = {
  'no rules': 'none',
  'rules that do nothing': 'nothing',
  'dynamodb strict': 'dynamodb',
  'typescript-eslint recommended': 'typescript-eslint',
  'import-x no-cycle': 'import-x no-cycle',
  'sonarjs recommended': 'sonarjs',
} as const

/** Lints all files of an application in one process, with this plugin's parser. */
export function runApp(
  built: BuiltPlugin,
  { directory, files }: { readonly directory: string; readonly files: readonly string[] },
  rules: (typeof appVariants)[keyof typeof appVariants],
): AppRun {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const list = join(folder, 'files.json')
    writeFileSync(list, JSON.stringify(files))
    const idle = Object.keys(built.plugin.rules ?? {}).length
    return runIn('lint-app.mjs', { directory, list, rules, idle, ...addresses(built) }) as AppRun
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Milliseconds of each lint of a changed text, by the way of linting. */
export type Typed = Readonly<Record<'none' | 'dynamodb' | 'typescript-eslint', readonly number[]>>

/**
 * Lints an application, and then some of its files again and again with a changed text, as an editor does.
 *
 * @param typed the files that are changed
 */
export function runTyping(
  built: BuiltPlugin,
  { directory, files }: { readonly directory: string; readonly files: readonly string[] },
  typed: readonly string[],
): Typed {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const list = join(folder, 'files.json')
    writeFileSync(list, JSON.stringify(files))
    return runIn('type-app.mjs', { directory, list, typed, keys: 4, ...addresses(built) }) as Typed
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The median and the dearest of ten lints, by application and way of linting. */
export function typingTable(apps: ReadonlyMap<string, Typed>): string {
  const rows = [...apps].flatMap(([app, typed]) =>
    Object.entries(typed).map(([name, times]) => {
      const dearest = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.9)] ?? 0
      const { median } = spreadOf(times)
      return [app, name, String(times.length), median.toFixed(1), dearest.toFixed(1)]
    }),
  )
  return table(['application', 'rules', 'lints', 'median, ms', 'one in ten, ms'], rows)
}

export type IndexRuns = {
  readonly files: number
  /** `dynamodb.project()` with nothing kept, with everything kept, and with everything kept but all times new. */
  readonly cold: readonly IndexRun[]
  readonly warm: readonly IndexRun[]
  readonly fresh: readonly IndexRun[]
  /** One file linted whose Scan's callers stand in others. */
  readonly linted: readonly IndexRun[]
}

/** Finds out what is known of a generated project's files, each time in a process of its own. */
export function runIndex(built: BuiltPlugin, project: Project, rounds: number): IndexRuns {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    for (const { path, text } of project.files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), text)
    }
    mkdirSync(join(directory, 'node_modules'))
    // Files this young are not told by their times.
    pause(2500)
    const file = join(directory, project.scanned)
    const run = (what: 'fingerprint' | 'lint'): IndexRun =>
      runIn('index-project.mjs', { directory, file, what, ...addresses(built) }) as IndexRun
    const inRounds = (before: () => void, what: 'fingerprint' | 'lint'): IndexRun[] =>
      Array.from({ length: rounds }, () => {
        before()
        return run(what)
      })
    const linted = inRounds(nothing, 'lint')
    const forget = (): void =>
      rmSync(join(directory, 'node_modules/.cache'), { recursive: true, force: true })
    const cold = inRounds(forget, 'fingerprint')
    const warm = inRounds(nothing, 'fingerprint')
    let time = Date.now() / 1000 - 1_000_000
    const touch = (): void => {
      time += 1
      for (const { path } of project.files) utimesSync(join(directory, path), time, time)
      pause(2500)
    }
    const fresh = inRounds(touch, 'fingerprint')
    return { files: project.files.length, cold, warm, fresh, linted }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Applications by name, each with its runs by name of the way of linting. */
export function appsTable(
  apps: ReadonlyMap<string, ReadonlyMap<string, readonly AppRun[]>>,
  clock: Clock,
): string {
  const rows = [...apps].flatMap(([app, variants]) => {
    const base = medianOf(variants.get('no rules') ?? [], clock)
    return [...variants].map(([name, runs]) => {
      const own = medianOf(runs, clock)
      return [
        app,
        String(runs[0]?.files ?? 0),
        name,
        own.toFixed(0),
        (own / base).toFixed(3),
        (own - base).toFixed(0),
        Math.max(...runs.map(({ megabytes }) => megabytes)).toFixed(0),
      ]
    })
  })
  return table(
    ['application', 'files', 'rules', 'ms', 'ratio', 'ms over no rules', 'peak MB'],
    rows,
  )
}

/** Time, files a second and memory at each size, and how the time grows: 1 is linear. */
export function indexTable(sizes: readonly IndexRuns[], clock: Clock): string {
  const kinds = [
    ['project(), nothing kept', 'cold'],
    ['project(), all kept', 'warm'],
    ['project(), times new', 'fresh'],
    ['one file linted', 'linted'],
  ] as const
  const rows = kinds.flatMap(([name, kind]) => {
    const points = sizes.map((runs) => ({ size: runs.files, cost: medianOf(runs[kind], clock) }))
    return sizes.map((runs, index) => {
      const cost = points[index]?.cost ?? 0
      const kilobytes = Math.max(...runs[kind].map((run) => run.kilobytes))
      return [
        name,
        String(runs.files),
        cost.toFixed(0),
        ((runs.files / cost) * 1000).toFixed(0),
        (kilobytes / runs.files).toFixed(2),
        index === sizes.length - 1 && sizes.length > 1 ? growthExponent(points).toFixed(2) : '',
      ]
    })
  })
  return table(['what', 'files', 'ms', 'files a second', 'KB kept a file', 'exponent'], rows)
}

function medianOf(runs: readonly Taken[], clock: Clock): number {
  return spreadOf(runs.map((run) => run[clock])).median
}

function addresses({ directory }: BuiltPlugin): {
  readonly plugin: string
  readonly parser: string
} {
  const address = (path: string): string => pathToFileURL(join(directory, 'src', path)).href
  return { plugin: address('index.js'), parser: address('parser/index.js') }
}

function runIn(script: string, given: object): unknown {
  const program = fileURLToPath(new URL(script, import.meta.url))
  const args = [
    '--expose-gc',
    '--no-warnings',
    '--max-old-space-size=8192',
    program,
    JSON.stringify(given),
  ]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

function nothing(): void {
  // What was kept stays.
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
