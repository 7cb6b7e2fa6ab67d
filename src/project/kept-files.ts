import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { LARGEST, outlineOfText, rememberOutline, stampOfStats } from './disk.ts'
import type { ImportOutline, Outline } from './disk.ts'
import { withoutByteOrderMark } from '../parser/oxc.ts'
import { isInside, isSource, withSlashes } from './source-files.ts'

/** What is kept of one file: a hash of its content, and what its text shows. */
export interface KeptFile {
  readonly hash: string
  /** null where the file is no source, or too large to be one that a person wrote. */
  readonly outline: Outline | null
}

/** What is known of the files of a project from one run to the next. */
export interface KeptFiles {
  /** Looks at the file's size and times, and reads it only where these are not the ones kept. */
  readonly of: (file: string) => KeptFile | null
  /** Writes what was found out to disk, if that is anything new. */
  readonly save: () => void
}

interface Entry extends KeptFile {
  /** Empty where the file was so young that a later change might not show in its times. */
  readonly stamp: string
}

/**
 * As it stands on disk: stamp, hash, and of a source whether it speaks of DynamoDB, what it imports, types apart, what its
 * classes implement or extend, whether it registers anything in a container, and whether it
 * may make functions.
 */
type Row = readonly [
  stamp: string,
  hash: string,
  outline?:
    | readonly [
        mentions: 0 | 1,
        imports: readonly string[],
        types: readonly string[],
        heritage: readonly string[],
        registers: 0 | 1,
        makes: 0 | 1,
      ]
    | null,
]

/** Times of files are no finer than this everywhere, in milliseconds. */
const GRAIN = 2000

/**
 * @param root of the project
 * @param folder where to keep what is known; null for nowhere
 * @param version of the plugin: what another one wrote is not read
 */
export function keptFilesIn(root: string, folder: string | null, version: string): KeptFiles {
  const place = folder === null ? null : join(folder, `files-${nameOf(root)}.json`)
  const before = place === null ? new Map<string, Entry>() : readEntries(place, version)
  const now = new Map<string, Entry>()
  let isNew = false
  const look = (file: string): Entry | null => {
    const path = withSlashes(relative(root, file))
    const seen = now.get(path)
    if (seen) return seen
    const stats = statSync(file, { throwIfNoEntry: false })
    if (!stats?.isFile()) return null
    const known = before.get(path)
    const stamp = stampOf(stats)
    if (known?.stamp !== stamp) isNew = true
    const entry = known?.stamp === stamp ? known : readEntry(file, stats, known)
    now.set(path, entry)
    if (entry.outline !== null) rememberOutline(file, stampOfStats(stats), entry.outline)
    return entry
  }
  const save = (): void => {
    if (place !== null && (isNew || now.size !== before.size)) writeEntries(place, version, now)
  }
  return { of: quietly(look), save }
}

/**
 * The folder that plugins keep such things in: `.cache` in the nearest `node_modules` from a directory up to the project's
 * root. null where there is none, as a project without packages is not to get such a folder.
 */
export function cacheFolder(directory: string, root: string): string | null {
  for (let at = directory; isInside(at, root); at = dirname(at)) {
    const packages = join(at, 'node_modules')
    if (statSync(packages, { throwIfNoEntry: false })?.isDirectory())
      return join(packages, '.cache/eslint-plugin-dynamodb')
    if (dirname(at) === at) break
  }
  return null
}

function nameOf(root: string): string {
  return createHash('sha1').update(resolve(root)).digest('hex').slice(0, 12)
}

function stampOf(stats: Stats): string {
  return `${stampOfStats(stats)}:${String(stats.ctimeMs)}`
}

function readEntry(file: string, stats: Stats, known: Entry | undefined): Entry {
  const content = readFileSync(file)
  const hash = createHash('sha1').update(content).digest('base64')
  const isYoung = Date.now() - Math.max(stats.mtimeMs, stats.ctimeMs) < GRAIN
  const stamp = isYoung ? '' : stampOf(stats)
  if (known?.hash === hash) return { ...known, stamp }
  const isRead = isSource(file) && content.length <= LARGEST
  const outline = isRead ? outlineOfText(withoutByteOrderMark(content.toString('utf8'))) : null
  return { stamp, hash, outline }
}

function quietly(look: (file: string) => Entry | null): KeptFiles['of'] {
  return (file) => {
    try {
      return look(file)
    } catch {
      // A file that goes away meanwhile, or that may not be read, is as good as none.
      return null
    }
  }
}

function writeEntries(place: string, version: string, entries: ReadonlyMap<string, Entry>): void {
  const files = Object.fromEntries([...entries].map(([path, entry]) => [path, rowOf(entry)]))
  const unfinished = `${place}.${randomUUID()}`
  try {
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(unfinished, JSON.stringify({ version, files }))
    renameSync(unfinished, place)
  } catch {
    // Without a place to keep it, it is found out again.
    rmSync(unfinished, { force: true })
  }
}

function rowOf({ stamp, hash, outline }: Entry): Row {
  if (outline === null) return [stamp, hash]
  const sources = (typeOnly: boolean): string[] =>
    outline.imports.filter((one) => one.typeOnly === typeOnly).map(({ source }) => source)
  const { mentionsDynamoDB, heritage } = outline
  const mentions = mentionsDynamoDB ? 1 : 0
  const [registers, makes] = [outline.registers ? 1 : 0, outline.makes ? 1 : 0] as const
  return [stamp, hash, [mentions, sources(false), sources(true), heritage, registers, makes]]
}

/** What is kept, without whatever does not look like it. */
function readEntries(place: string, version: string): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  const kept = readJson(place)
  if (!isRecord(kept) || kept.version !== version || !isRecord(kept.files)) return entries
  for (const [path, row] of Object.entries(kept.files)) {
    const entry = entryOf(row)
    if (entry !== null) entries.set(path, entry)
  }
  return entries
}

function readJson(place: string): unknown {
  try {
    return JSON.parse(readFileSync(place, 'utf8'))
  } catch {
    return null
  }
}

function entryOf(row: unknown): Entry | null {
  if (!Array.isArray(row)) return null
  const [stamp, hash, outline] = row as readonly unknown[]
  if (typeof stamp !== 'string' || typeof hash !== 'string') return null
  if (outline === undefined) return { stamp, hash, outline: null }
  if (!Array.isArray(outline)) return null
  const [mentions, imports, types, heritage, registers, makes] = outline as readonly unknown[]
  if (!isBit(mentions) || !isTexts(imports) || !isTexts(types)) return null
  if (!isTexts(heritage) || !isBit(registers) || !isBit(makes)) return null
  const all: ImportOutline[] = [
    ...imports.map((source) => ({ source, typeOnly: false })),
    ...types.map((source) => ({ source, typeOnly: true })),
  ]
  return {
    stamp,
    hash,
    outline: {
      mentionsDynamoDB: mentions === 1,
      imports: all,
      heritage,
      registers: registers === 1,
      makes: makes === 1,
    },
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isBit(value: unknown): value is 0 | 1 {
  return value === 0 || value === 1
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
