import { statSync } from 'node:fs'
import { join } from 'node:path'
import { filesIn } from './source-files.ts'

/** The files of a project that say something of it: sources, and what describes or deploys them. */
export interface Listing {
  /** Absolute paths, but for what `.gitignore` names. */
  readonly files: readonly string[]
  /** The directories that were looked through and their ignore files, with when each last changed. */
  readonly times: ReadonlyMap<string, number>
}

interface Kept {
  readonly listing: Listing
  /** When it was last compared with the disk, and how long that took; in milliseconds. */
  comparedAt: number
  comparing: number
}

const listings = new Map<string, Kept>()

/** Names of files that anything is read of. */
const OF_INTEREST = /\.(?:[cm]?[jt]sx?|ya?ml|json|tf|tofu|arc)$/i

/** Files beyond this many are not looked at. */
const MOST_FILES = 150_000

/** For so long, in milliseconds, nobody is taken to have made or removed a file. */
const MOMENT = 100

/** Times of files are no finer than this everywhere, in milliseconds. */
const GRAIN = 2000

/**
 * The files of a project, found by one look through its directories for all who ask. The same value as before where no
 * file came or went since; that is compared with the disk at most ten times a second, and less often where it takes long.
 *
 * @param isNow whether it has to be compared now
 */
export function listingOf(root: string, isNow = false): Listing {
  const known = listings.get(root)
  const now = performance.now()
  if (known) {
    const isDue = now - known.comparedAt > Math.max(MOMENT, known.comparing * 50)
    if (!isDue && !isNow) return known.listing
    const isSame = [...known.listing.times].every(([path, at]) => changedAt(path) === at)
    known.comparedAt = performance.now()
    known.comparing = known.comparedAt - now
    if (isSame) return known.listing
  }
  const listing = lookThrough(root)
  listings.set(root, { listing, comparedAt: now, comparing: known?.comparing ?? 0 })
  return listing
}

function lookThrough(root: string): Listing {
  const times = new Map<string, number>()
  const files: string[] = []
  const settled = Date.now() - GRAIN
  const note = (path: string): void => {
    const at = changedAt(path)
    // A change in the same moment would not show.
    times.set(path, at < settled ? at : NaN)
  }
  const entered = (directory: string, hasIgnoreFile: boolean): void => {
    note(directory)
    if (hasIgnoreFile) note(join(directory, '.gitignore'))
  }
  for (const file of filesIn(root, root, (name) => OF_INTEREST.test(name), { entered })) {
    if (files.length >= MOST_FILES) break
    files.push(file)
  }
  return { files, times }
}

/** When a file last changed, or a directory last had one come or go, in milliseconds; 0 where there is none. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
