import { createHash } from 'node:crypto'
import { basename, relative } from 'node:path'
import type { Outline } from './disk.ts'
import { indexImports } from './importers.ts'
import type { KeptFiles } from './kept-files.ts'
import { listingOf } from './listing.ts'
import { speaks } from './leading.ts'
import { lookAgainIn, resolveFrom } from './resolution.ts'
import { isSource, withSlashes } from './source-files.ts'

/** What the reports in a project's files rest on beside each file's own text. */
export interface Fingerprint {
  /** Another one whenever a file changes that a report in another file may rest on. */
  readonly text: string
  /** The files whose reports may: they speak of DynamoDB, lead to one that does, or may be handed one. Absolute paths. */
  readonly leading: ReadonlySet<string>
}

export interface FingerprintOptions {
  readonly root: string
  readonly kept: KeptFiles
  /** Files that are no part of the project. */
  readonly isLeftOut: (file: string) => boolean
  /** Files that no other rests on, and whose reports rest on no other. */
  readonly isAlone: (file: string) => boolean
  /** Files that reports may rest on though they lead nowhere near DynamoDB. */
  readonly isAsked: (file: string, outline: Outline | null) => boolean
  /** Packages that speak to DynamoDB, as the settings tell. */
  readonly speaking: ReadonlySet<string>
}

/** Looks through a project, which takes some microseconds a file where little has changed. */
export function fingerprintOf(options: FingerprintOptions): Fingerprint {
  const { root, kept, isLeftOut, isAlone, isAsked, speaking } = options
  lookAgainIn(root)
  const files: string[] = []
  const descriptions: string[] = []
  for (const file of listingOf(root, true).files) {
    if (!isOfInterest(basename(file)) || isLeftOut(file)) continue
    if (isSource(file)) files.push(file)
    else if (!isHidden(relative(root, file))) descriptions.push(file)
  }
  const outline = (file: string): Outline | null => kept.of(file)?.outline ?? null
  const leading = leadingFiles(files, root, outline, speaking)
  const handed = handedFiles(files, root, outline, leading)
  for (const file of handed) leading.add(file)
  for (const file of leading) if (isAlone(file)) leading.delete(file)
  const asked = files.filter(
    (file) => !isAlone(file) && (handed.has(file) || isAsked(file, outline(file))),
  )
  const restedOn = withImported(new Set([...leading, ...asked]), outline, options)
  // What a maker of functions is given, it is given by those who import it.
  for (const file of restedOn)
    if (outline(file)?.makes === true && !isAlone(file)) leading.add(file)
  const lines = [...restedOn, ...descriptions].map((file) => {
    const path = withSlashes(relative(root, file))
    return `${path}\0${kept.of(file)?.hash ?? ''}`
  })
  const text = createHash('sha1').update(lines.sort().join('\n')).digest('base64')
  return { text, leading }
}

/** The files that speak of DynamoDB, and those that import them, however far away. */
function leadingFiles(
  files: readonly string[],
  root: string,
  outline: (file: string) => Outline | null,
  speaking: ReadonlySet<string>,
): Set<string> {
  const atRunTime = (file: string): Outline | null => {
    const shown = outline(file) ?? NOTHING
    return { ...shown, imports: shown.imports.filter(({ typeOnly }) => !typeOnly) }
  }
  const { importers } = indexImports(
    root,
    files.map((file) => [file, atRunTime(file)] as const),
  )
  const leading = new Set(files.filter((file) => speaks({ speaking }, outline(file) ?? NOTHING)))
  for (const file of leading) for (const importer of importers(file)) leading.add(importer)
  return leading
}

/**
 * Files that come to DynamoDB without importing what does: by an interface that a leading file implements, by the type of
 * what it makes, or by a container. They import the interface or the type, or fill the container.
 */
function handedFiles(
  files: readonly string[],
  root: string,
  outline: (file: string) => Outline | null,
  leading: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set(files.filter((file) => outline(file)?.registers === true))
  const heirs = [...leading].filter((file) => (outline(file)?.heritage.length ?? 0) > 0)
  for (const heir of heirs) {
    for (const { source } of outline(heir)?.imports ?? []) {
      const target = resolveFrom(heir, source, root)
      if (target !== null) found.add(target)
    }
  }
  const { importers } = indexImports(
    root,
    files.map((file) => [file, outline(file)] as const),
  )
  for (const file of leading)
    for (const importer of importers(file)) if (!leading.has(importer)) found.add(importer)
  if (heirs.length === 0 && found.size === 0) return found
  for (const file of found) for (const importer of importers(file)) found.add(importer)
  return found
}

/** Some files, and whatever they import, however far away. */
function withImported(
  files: ReadonlySet<string>,
  outline: (file: string) => Outline | null,
  { root, isLeftOut }: FingerprintOptions,
): ReadonlySet<string> {
  const all = new Set(files)
  for (const file of all) {
    for (const { source } of outline(file)?.imports ?? []) {
      const target = resolveFrom(file, source, root)
      if (target !== null && !isLeftOut(target)) all.add(target)
    }
  }
  return all
}

const NOTHING: Outline = {
  mentionsDynamoDB: false,
  imports: [],
  heritage: [],
  registers: false,
  makes: false,
}

function isOfInterest(name: string): boolean {
  return isSource(name) || DESCRIPTIONS.test(name)
}

/** What stands in `.github` and its like is about the repository, not about the code. */
function isHidden(path: string): boolean {
  return /(?:^|[\\/])\.[^\\/]+[\\/]/.test(path)
}

/** Files that say where imports lead, or what sets which function off. */
const DESCRIPTIONS =
  /^(?:package\.json|[jt]sconfig.*\.json|pnpm-workspace\.yaml|.*\.(?:tf|tofu)|.*\.arc|(?!pnpm-lock|docker-compose|compose\.).*\.ya?ml|.*(?:template|stack|cloudformation).*\.json|cdk\.json|serverless.*\.json)$/i
