import { basename } from 'node:path'
import { makesFunctions } from './disk.ts'
import type { LeadOutline, Outline } from './disk.ts'
import { mayLead, speaks, targetOf } from './leading.ts'
import type { Extent, Leads } from './leading.ts'
import type { Survey } from './survey.ts'
import { isTestFile } from './test-files.ts'

/** What is asked of a project to tell what its classes may be handed. */
export interface Handing {
  readonly extent: Extent
  readonly leads: Leads
  readonly survey: () => Survey
  /** What the text of a file shows. */
  readonly outline: (file: string) => Outline | null
}

/** A class that is given something when it is made: by a container, or by whoever makes it. */
const GIVEN_WHEN_MADE = /\bconstructor\s*\([^{}]{0,2000}?\b(?:private|protected|public|readonly)\b/

/** Something that is given a function under the name of what keeps data. */
const KEEPER =
  /:\s*[A-Z]\w*(?:Adapter|Client|DAO|Dao|Database|Datastore|DB|Db|Gateway|Persistence|Port|Provider|Repo|Repository|Service|Storage|Store|Table)\b/

/**
 * How what a text has is given something: `typed` is a class that is given it when it is made, or a function that is given
 * what keeps data; `maker` a function that makes functions of it.
 */
export type WayGiven = 'typed' | 'maker' | 'both'

/** How what a text has may be given what leads to DynamoDB; null where it has nothing that is given anything. */
export function wayGivenIn(text: string): WayGiven | null {
  // Few words end so, and shorter ones are found sooner.
  const isTyped = (text.includes('uctor') && GIVEN_WHEN_MADE.test(text)) || KEEPER.test(text)
  if (makesFunctions(text)) return isTyped ? 'both' : 'maker'
  return isTyped ? 'typed' : null
}

/** Whether a file may come to DynamoDB without importing what does, by what its classes and functions are given. */
export function isHanded(
  handing: Handing,
  file: string,
  outline: LeadOutline,
  way: WayGiven,
): boolean {
  return (
    (way !== 'typed' && isMadeUseOf(handing, file)) ||
    (way !== 'maker' && isPromised(handing, file, outline))
  )
}

/** A file that leads to DynamoDB comes to a maker of functions through no more imports than this. */
const MOST_STEPS = 3

/** Whether a file that leads to DynamoDB imports a file, itself or through others. */
export function isMadeUseOf({ extent, leads, survey }: Handing, file: string): boolean {
  const { importers } = survey().index
  const seen = new Set([file])
  let latest: readonly string[] = [file]
  for (let step = 0; step < MOST_STEPS; step += 1) {
    latest = latest
      .flatMap(importers)
      .filter((each) => !seen.has(each) && !isTestFile(each) && !extent.isLeftOut(each))
    if (latest.some((each) => mayLead(extent, leads, each))) return true
    for (const each of latest) seen.add(each)
  }
  return false
}

/**
 * Whether a file is given something of an interface that a file implements which leads to DynamoDB, or of a class that leads
 * there and of which it imports the type alone.
 */
function isPromised(handing: Handing, file: string, { imports }: LeadOutline): boolean {
  const { extent, leads } = handing
  const targets = imports.flatMap(({ source, typeOnly }) => {
    const target = targetOf(extent, file, source)
    return target === null ? [] : [{ target, typeOnly }]
  })
  // What imports nothing of the project has no need of what all of it shows.
  if (targets.length === 0) return false
  const promises = promisesOf(handing)
  return targets.some(({ target, typeOnly }) =>
    [target, ...handedOnBy(handing, target)].some(
      (each) => promises.has(each) || (typeOnly && mayLead(extent, leads, each)),
    ),
  )
}

/** What a file that stands for its directory may hand on. */
function handedOnBy({ extent, outline }: Handing, file: string): readonly string[] {
  if (!/^index\.\w+$/.test(basename(file))) return []
  const { imports } = outline(file) ?? { imports: [] }
  return imports.flatMap(({ source }) => targetOf(extent, file, source) ?? [])
}

/** The files that declare what files which lead to DynamoDB implement or extend. */
function promisesOf({ extent, leads, survey: surveyed }: Handing): ReadonlySet<string> {
  const survey = surveyed()
  const known = promisesIn.get(survey)
  if (known) return known
  const found = new Set<string>()
  const outlines = [...survey.outlines]
  const isAnywhere = outlines.some(([, outline]) => outline && speaks(extent, outline))
  for (const [file, outline] of isAnywhere ? outlines : []) {
    if (outline === null || outline.heritage.length === 0 || isTestFile(file)) continue
    if (!speaks(extent, outline) && !mayLead(extent, leads, file)) continue
    for (const { source } of outline.imports) {
      const target = targetOf(extent, file, source)
      if (target !== null) found.add(target)
    }
  }
  promisesIn.set(survey, found)
  return found
}

const promisesIn = new WeakMap<Survey, ReadonlySet<string>>()
