import type { Outline } from './disk.ts'
import { indexImports } from './importers.ts'
import type { ImportIndex } from './importers.ts'
import { listingOf } from './listing.ts'
import type { Listing } from './listing.ts'
import { isSource } from './source-files.ts'

/** What the texts of a project's files show, as of one look at them. */
export interface Survey {
  readonly listing: Listing
  /** Of its sources. */
  readonly outlines: ReadonlyMap<string, Outline | null>
  readonly index: ImportIndex
  /** When it was last compared with all those files, in milliseconds. */
  comparedAt: number
}

/** How long it may go unnoticed, in milliseconds, that a file nobody lints came to import another. */
const MOST_AGE = 30_000

/** Source files beyond this many are not looked at. */
const MOST_FILES = 50_000

/**
 * Looks at the files of a project.
 *
 * @param isLeftOut files that are no part of it
 * @param outline what a file's text shows
 */
export function surveyOf(
  root: string,
  isLeftOut: (file: string) => boolean,
  outline: (file: string) => Outline | null,
): Survey {
  const comparedAt = performance.now()
  const listing = listingOf(root)
  const files = listing.files.filter((file) => isSource(file) && !isLeftOut(file))
  const outlines = new Map(files.slice(0, MOST_FILES).map((file) => [file, outline(file)]))
  return { listing, outlines, index: indexImports(root, outlines), comparedAt }
}

/** Whether no file came or went since; at times also whether none shows anything else. */
export function isStillSo(
  survey: Survey,
  root: string,
  outline: (file: string) => Outline | null,
): boolean {
  if (listingOf(root) !== survey.listing) return false
  const now = performance.now()
  if (now - survey.comparedAt <= MOST_AGE) return true
  survey.comparedAt = now
  for (const [file, known] of survey.outlines)
    if (!importsTheSame(outline(file), known)) return false
  return true
}

/** Whether two texts import from the same places, implement the same, and fill containers or do not, make functions or do not. */
export function importsTheSame(a: Outline | null, b: Outline | null): boolean {
  if (a === b) return true
  const names = ({ imports, heritage, registers, makes }: Outline): string =>
    [
      ...imports.map(({ source }) => source),
      '',
      ...heritage,
      String(registers),
      String(makes),
    ].join('\0')
  return a !== null && b !== null && names(a) === names(b)
}
