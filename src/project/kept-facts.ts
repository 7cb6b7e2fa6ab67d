import { createHash, randomUUID } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import { version } from '../version.ts'
import { hashOf } from '../facts/extract.ts'
import type { ModuleFacts } from '../facts/model.ts'
import { stampOf } from './disk.ts'

/**
 * The facts of files from one process to the next, and between the workers of one: each under the hash of the text that they
 * were taken from, so that a fresh checkout finds them too. Whatever cannot be read or written is worked out again.
 */
export interface KeptFacts {
  /** The facts of a file with this text; null where none are kept. */
  readonly of: (file: string, text: string) => ModuleFacts | null
  readonly keep: (facts: ModuleFacts) => void
}

/** Nothing is kept. */
const nothingKept: KeptFacts = { of: () => null, keep: () => undefined }

/** What was not written anew for so long, in milliseconds, is thrown away: texts come and go. */
const LONGEST_KEPT = 30 * 24 * 60 * 60 * 1000

/** @param folder where to keep them, as `cacheFolder` gives it; null for nowhere */
export function keptFactsIn(folder: string | null): KeptFacts {
  if (folder === null) return nothingKept
  const place = join(folder, 'facts', nameOf(extractor()))
  let isWritable: boolean | null = null
  const entryOf = (file: string, hash: string): string =>
    join(place, nameOf(`${extname(file)}\0${hash}`))
  return {
    of: (file, text) => {
      const hash = hashOf(text)
      const kept = read(entryOf(file, hash))
      return kept?.text.hash === hash ? { ...kept, file } : null
    },
    keep: (facts) => {
      isWritable ??= prepare(join(folder, 'facts'), place)
      if (isWritable) isWritable = write(entryOf(facts.file, facts.text.hash), facts)
    },
  }
}

/** What takes facts from texts: this version, the file that holds this, and where it is being worked on, the files as they stand. */
function extractor(): string {
  const own = stampOf(fileURLToPath(import.meta.url)) ?? ''
  const code = fileURLToPath(new URL('../facts', import.meta.url))
  const names = existsSync(code) ? readdirSync(code) : []
  const stamps = names.map((name) => `${name}:${stampOf(join(code, name)) ?? ''}`)
  return [version, own, ...stamps].join('\n')
}

function nameOf(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}

function read(entry: string): ModuleFacts | null {
  try {
    const kept: unknown = deserialize(readFileSync(entry))
    return looksLikeFacts(kept) ? kept : null
  } catch {
    return null
  }
}

/** Nobody but this file writes there; what a full disk or another program left is still not to be taken for facts. */
function looksLikeFacts(kept: unknown): kept is ModuleFacts {
  if (typeof kept !== 'object' || kept === null) return false
  const { text, values, places, functions, calls } = kept as Partial<ModuleFacts>
  return (
    typeof text?.hash === 'string' &&
    [values, places, functions, calls].every((table) => Array.isArray(table))
  )
}

/** Under another name first: somebody else may be reading, or writing the same. */
function write(entry: string, facts: ModuleFacts): boolean {
  const unfinished = `${entry}.${randomUUID()}`
  try {
    writeFileSync(unfinished, serialize(facts))
    renameSync(unfinished, entry)
    return true
  } catch {
    rmSync(unfinished, { force: true })
    return false
  }
}

/** Makes the place, and throws away what is old; false where it cannot be written to. */
function prepare(all: string, place: string): boolean {
  try {
    mkdirSync(place, { recursive: true })
    for (const name of readdirSync(all))
      if (join(all, name) !== place) rmSync(join(all, name), { recursive: true, force: true })
    const oldest = Date.now() - LONGEST_KEPT
    for (const name of readdirSync(place)) {
      const entry = join(place, name)
      const at = statSync(entry, { throwIfNoEntry: false })?.mtimeMs
      if (at !== undefined && at < oldest) rmSync(entry, { force: true })
    }
    return true
  } catch {
    return false
  }
}
