import { EFFECT_PACKAGES } from '../clients/effects/index.ts'
import { leadOfText, outlineOf } from './disk.ts'
import type { LeadOutline, Start } from './disk.ts'
import type { WayGiven } from './handed.ts'
import { resolveFrom } from './resolution.ts'

/** Where a project is, and what in there is no part of it. */
export interface Extent {
  readonly root: string
  /** Whether a file is no part of the project. */
  readonly isLeftOut: (file: string) => boolean
  /** Packages that speak to DynamoDB, as the settings tell. */
  readonly speaking: ReadonlySet<string>
}

/** Whether files speak of DynamoDB or import one that does, however far away; as far as it was asked. */
export type Leads = Map<string, boolean>

/** What linted texts showed is kept for as long as this is the same, so that of most files nothing needs to be looked at again. */
export interface Shown {
  /** In milliseconds. */
  readonly since: number
}

/** What a linted text showed. */
export interface SeenText {
  readonly lead: LeadOutline
  readonly start: Start
  /** How what it has is given something. */
  readonly given: WayGiven | null
  /** Whether it would lead to DynamoDB by what it is given, in whatever way it is; null where nobody asked. */
  isHanded: boolean | null
  readonly leads: boolean
  readonly as: Shown
}

/**
 * How long it may go unnoticed, in milliseconds, that a file which led nowhere near DynamoDB does by the change of another
 * that nobody lints.
 */
export const MOST_AGE = 30_000

/**
 * The files from one to the nearest that speaks of DynamoDB, each imported by the one before; the first is the file itself.
 * null where it leads to none.
 */
export function wayToDynamoDB(
  extent: Extent,
  file: string,
  text: string,
): readonly string[] | null {
  const before = new Map<string, string | null>([[file, null]])
  for (const [at] of before) {
    const outline = (at === file ? leadOfText(text) : outlineOf(at)) ?? NOTHING
    const { imports } = outline
    if (speaks(extent, outline)) {
      const way: string[] = []
      for (let step: string | null = at; step !== null; step = before.get(step) ?? null)
        way.unshift(step)
      return way
    }
    for (const { source, typeOnly } of imports) {
      const target = typeOnly ? null : targetOf(extent, at, source)
      if (target !== null && !before.has(target)) before.set(target, at)
    }
  }
  return null
}

/**
 * Whether a file leads to DynamoDB, as far as texts show.
 *
 * @param leads takes up what was found out
 * @param outline what the text of the file itself shows, where that is not the disk's
 */
export function mayLead(
  extent: Extent,
  leads: Leads,
  file: string,
  outline?: LeadOutline | null,
): boolean {
  return leadsTo(extent, leads, file, (each) => speaks(extent, each), outline)
}

/** Whether a file leads to one that imports a package with calls whose effect is outside DynamoDB, as far as texts show. */
export function mayAct(extent: Extent, acts: Leads, file: string): boolean {
  return leadsTo(extent, acts, file, ({ imports }) =>
    imports.some(({ source, typeOnly }) => !typeOnly && EFFECT_PACKAGES.has(source)),
  )
}

/**
 * Whether a file leads to one that imports a container of dependency injection, as far as texts show: its functions may be
 * given one, and the name of what they are to take out of it.
 */
export function mayTakeOut(extent: Extent, containers: Leads, file: string): boolean {
  return leadsTo(extent, containers, file, ({ imports }) =>
    imports.some(({ source }) => CONTAINERS.test(source)),
  )
}

/**
 * Whether a file leads to one that imports a type from where DynamoDB is spoken of, as far as texts show: its functions may be
 * given something of that type.
 */
export function mayBeGiven(extent: Extent, leads: Leads, givens: Leads, file: string): boolean {
  return leadsTo(extent, givens, file, ({ imports }, at) =>
    imports.some(({ source, typeOnly }) => {
      const target = typeOnly ? targetOf(extent, at, source) : null
      return target !== null && mayLead(extent, leads, target)
    }),
  )
}

/** Frameworks that have one are not among them: every file imports these. */
const CONTAINERS = /^(?:awilix|inversify|tsyringe|typedi)$/

function leadsTo(
  extent: Extent,
  leads: Leads,
  file: string,
  isGoal: (outline: LeadOutline, file: string) => boolean,
  outline?: LeadOutline | null,
): boolean {
  const known = leads.get(file)
  if (known !== undefined) return known
  const seen = new Set([file])
  const waiting: (readonly [string, LeadOutline | null])[] = [
    [file, outline === undefined ? outlineOf(file) : outline],
  ]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [from, outline] = [next[0], next[1] ?? NOTHING]
    const { imports } = outline
    if (isGoal(outline, from) || leads.get(from) === true) {
      leads.set(file, true)
      return true
    }
    for (const { source, typeOnly } of imports) {
      const target = typeOnly ? null : targetOf(extent, from, source)
      if (target === null || seen.has(target) || leads.get(target) === false) continue
      seen.add(target)
      waiting.push([target, outlineOf(target)])
    }
  }
  for (const each of seen) leads.set(each, false)
  return false
}

/** Whether a text itself speaks of DynamoDB, or imports a package that does. */
export function speaks(
  { speaking }: Pick<Extent, 'speaking'>,
  { mentionsDynamoDB, imports }: LeadOutline,
): boolean {
  if (mentionsDynamoDB) return true
  return speaking.size > 0 && imports.some(({ source }) => speaking.has(source))
}

const NOTHING: LeadOutline = { mentionsDynamoDB: false, imports: [] }

/** The file of the project that an import in a file stands for. */
export function targetOf({ root, isLeftOut }: Extent, from: string, source: string): string | null {
  const target = resolveFrom(from, source, root)
  return target === null || isLeftOut(target) ? null : target
}
