import { readFileSync, statSync } from 'node:fs'
import type { Stats } from 'node:fs'
import type { TSESTree } from '@typescript-eslint/utils'
import { MENTIONS_DYNAMODB } from '../clients/index.ts'
import { extractFacts } from '../facts/extract.ts'
import type { ModuleFacts } from '../facts/model.ts'
import { parseModule, withoutByteOrderMark } from '../parser/oxc.ts'
import type { KeptFacts } from './kept-facts.ts'

/** Larger files are generated; nothing a person wrote is missed by leaving them out. */
export const LARGEST = 400_000

/** What a file's text shows without a syntax tree. */
export interface Outline {
  readonly mentionsDynamoDB: boolean
  readonly imports: readonly ImportOutline[]
  /** What its classes and interfaces say they implement or extend, and its functions that they make; names. */
  readonly heritage: readonly string[]
  /** It may register something in a container of dependency injection. */
  readonly registers: boolean
  /** It may make functions of what it is given: `(orders) => async (id) => …`. */
  readonly makes: boolean
}

/** One import as it is written. Comments and strings may look like imports: there may be more of them than there are. */
export interface ImportOutline {
  readonly source: string
  readonly typeOnly: boolean
}

/**
 * Keeps something of each file for the life of the process, and begins anew when the file's size or time changes.
 *
 * @param empty what is kept of a file with this stamp that was not looked at before
 * @returns what is kept of a file with a stamp; null where there is no such file
 */
export function keptByStamp<Kept extends object>(
  empty: (stamp: string) => Kept,
): (file: string, stamp?: string | null) => Kept | null {
  const files = new Map<string, { readonly stamp: string; readonly kept: Kept }>()
  return (file, stamp = stampOf(file)) => {
    if (stamp === null) return null
    const known = files.get(file)
    if (known?.stamp === stamp) return known.kept
    const kept = empty(stamp)
    files.set(file, { stamp, kept })
    return kept
  }
}

interface Kept {
  /** In bytes. */
  readonly size: number
  facts?: ModuleFacts | null
  outline?: Outline | null
}

const keptOf = keptByStamp((stamp): Kept => ({ size: parseInt(stamp, 10) }))

/** Changes whenever a file does; null where there is no such file. */
export function stampOf(file: string): string | null {
  try {
    const stats = statSync(file, { throwIfNoEntry: false })
    return stats?.isFile() ? stampOfStats(stats) : null
  } catch {
    return null
  }
}

/** The size of a file first. */
export function stampOfStats({ size, mtimeMs }: Pick<Stats, 'size' | 'mtimeMs'>): string {
  return `${String(size)}:${String(mtimeMs)}`
}

/**
 * What a file on disk says; null where it cannot be read or parsed, or is too large.
 *
 * @param elsewhere where other processes keep what they know
 */
export function factsOf(file: string, elsewhere: KeptFacts): ModuleFacts | null {
  const kept = keptOf(file)
  if (kept === null) return null
  if (kept.facts === undefined) kept.facts = readFacts(file, kept.size, elsewhere)
  return kept.facts
}

/** What a file on disk imports; null where it cannot be read or is too large. */
export function outlineOf(file: string): Outline | null {
  const kept = keptOf(file)
  if (kept === null) return null
  if (kept.outline === undefined) {
    const text = readText(file, kept.size)
    kept.outline = text === null ? null : outlineOfText(text)
  }
  return kept.outline
}

/** Spares reading a file whose outline is known from elsewhere. */
export function rememberOutline(file: string, stamp: string, outline: Outline): void {
  const kept = keptOf(file, stamp)
  if (kept !== null) kept.outline ??= outline
}

export function outlineOfText(text: string): Outline {
  return {
    ...leadOfText(text),
    heritage: heritageOf(text),
    registers: registersIn(text),
    makes: makesFunctions(text),
  }
}

/** The part of an outline that says where a text leads; every linted text is asked for it. */
export type LeadOutline = Pick<Outline, 'mentionsDynamoDB' | 'imports'>

export function leadOfText(text: string): LeadOutline {
  return leadAndStartOf(text).lead
}

/** The beginning of a text that all its imports stand in, without a hold on the rest of it; null where that is long. */
export type Start = string | null

/** Longer ones are not kept for each file. */
const LONGEST_START = 4000

/** Where a text leads, and its start. */
export function leadAndStartOf(text: string): {
  readonly lead: LeadOutline
  readonly start: Start
} {
  const bySource = new Map<string, ImportOutline>()
  let end = 0
  // Not with `matchAll`, which makes the expression anew for each text.
  IMPORT.lastIndex = 0
  for (let found = IMPORT.exec(text); found; found = IMPORT.exec(text)) {
    end = IMPORT.lastIndex
    const source = copied(found[2] ?? '')
    // Each import once; of types only where it is so everywhere.
    if (bySource.get(source)?.typeOnly !== false)
      bySource.set(source, { source, typeOnly: found[1] !== undefined })
  }
  return {
    lead: { mentionsDynamoDB: MENTIONS_DYNAMODB.test(text), imports: [...bySource.values()] },
    start: end > LONGEST_START ? null : Buffer.from(text.slice(0, end)).toString(),
  }
}

/**
 * Whether a text imports what another one did by its start, and does not speak of DynamoDB. It is asked at every lint, of texts
 * that mostly are so: most of what is looked at is compared in one piece.
 */
export function importsNoMoreThan(start: string, text: string): boolean {
  if (!text.startsWith(start)) return false
  IMPORT.lastIndex = start.length
  return !IMPORT.test(text) && !MENTIONS_DYNAMODB.test(text)
}

/** Whether two outlines are equal. */
export function leadsTheSame(a: LeadOutline, b: LeadOutline): boolean {
  if (a.mentionsDynamoDB !== b.mentionsDynamoDB || a.imports.length !== b.imports.length)
    return false
  return a.imports.every(({ source, typeOnly }, index) => {
    const other = b.imports[index]
    return other?.source === source && other.typeOnly === typeOnly
  })
}

/** How the words of registering end: most texts have none, and looking for ends takes half as long as for the words. */
const ENDS_OF_REGISTERING =
  /(?:seClass|seFactory|seValue|seExisting|oConstantValue|oDynamicValue|oSelf|erSingleton|erInstance|sClass|sFunction)\b/

function registersIn(text: string): boolean {
  return (
    (ENDS_OF_REGISTERING.test(text) && REGISTERING.test(text)) ||
    REGISTERS.some((one) => one.test(text))
  )
}

const REGISTERING =
  /\b(?:useClass|useFactory|useValue|useExisting|toConstantValue|toDynamicValue|toSelf|registerSingleton|registerInstance|asClass|asFunction)\b/

/** Apart, because one pattern that begins in so many ways takes longer than all of them. */
const REGISTERS = [
  /\bbind\s*(?:<[^()]{0,200}>)?\s*\([^()]{0,200}\)\s*\.to\(/,
  /\.(?:register|set)\(\s*['"`][\w./:-]+['"`]\s*,\s*(?:new\b|\(|async\b|[A-Z])/,
  /@(?:Service|provide|injectable)\(\s*['"`{A-Z]/,
]

function heritageOf(text: string): readonly string[] {
  const names = new Set<string>()
  if (/\b(?:implements|extends)\b/.test(text)) {
    for (const [, clause = ''] of text.matchAll(HERITAGE))
      for (const [name] of clause.matchAll(/[A-Za-z_$][\w$]*/g)) names.add(copied(name))
  }
  if (GIVES_FUNCTIONS.test(text)) {
    for (const [, made = ''] of text.matchAll(MADE)) names.add(copied(made))
  }
  return [...names]
}

/** A function that gives an object back which begins with a name or a method: `return { list, get }`. */
const GIVES_FUNCTIONS = /(?:\breturn\s*|=>\s*\(\s*)\{\s*(?:async\s+)?\w+\s*[,(}]/

/** Whether a text may have a function that gives back functions. Few have. */
export function makesFunctions(text: string): boolean {
  return MAKES_ONE.test(text) || MAKES_MANY.test(text)
}

/** `(orders) => async (id) => …`, `return async (id) => …`. */
const MAKES_ONE = /=>\s*(?:\(\s*)?async\b|\breturn\s+async\b/

/** `return { list: async (id) => …`, `=> ({ async list(id) …`. */
const MAKES_MANY =
  /(?:\breturn\s*|=>\s*\(\s*)\{\s*(?:async\s+\w+\s*\(|\w+\s*(?::\s*(?:\w+\(\s*)?async\b|\())/

/** The type that a function says it returns: `(db: Db): OrderStore => {`. */
const MADE = /\)\s*:\s*([A-Z][\w$]*)\s*(?:=>\s*\(?\s*)?\{/g

const HERITAGE = /\b(?:class|interface)\b[^{};=]{0,200}?\b(?:implements|extends)\s([^{}]{1,300})\{/g

const copies = new Map<string, string>()

/** The same text, once for all files: a piece of a file's text would hold all of it in memory. */
function copied(piece: string): string {
  const known = copies.get(piece)
  if (known !== undefined) return known
  const copy = Buffer.from(piece).toString()
  copies.set(copy, copy)
  return copy
}

const IMPORT =
  /\b(?:((?:im|ex)port\s+type\b[^'"`;]*?\bfrom)|from|import|require)\s*\(?\s*['"`]([^'"`\n]{1,300})['"`]/g

function readText(file: string, size: number): string | null {
  try {
    return size > LARGEST ? null : withoutByteOrderMark(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function readFacts(file: string, size: number, elsewhere: KeptFacts): ModuleFacts | null {
  const text = readText(file, size)
  if (text === null) return null
  const known = elsewhere.of(file, text)
  if (known !== null) return known
  try {
    const parsed = parseModule(text, file)
    if ('error' in parsed) return null
    // oxc gives typescript-estree's tree under types of its own.
    const facts = extractFacts(parsed.program as unknown as TSESTree.Program, { file, text })
    elsewhere.keep(facts)
    return facts
  } catch {
    return null
  }
}
