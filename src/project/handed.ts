import { basename } from 'node:path'
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

/** Whether a text has a class that is given something when it is made, or a function that is given what keeps data. */
export function isGivenWhenMade(text: string): boolean {
  // Few words end so, and shorter ones are found sooner.
  return (text.includes('uctor') && GIVEN_WHEN_MADE.test(text)) || KEEPER.test(text)
}

/**
 * Whether a file may come to DynamoDB without importing what does: its classes or functions are given something of an
 * interface that a file implements which leads there, or of a class that leads there and of which it imports the type alone.
 */
export function isHanded(handing: Handing, file: string, { imports }: LeadOutline): boolean {
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

/** Whether a file could be handed anything of the project: it imports some of it. Types are not looked for. */
export function mayBeHanded(extent: Extent, file: string, { imports }: LeadOutline): boolean {
  return imports.some(({ source, typeOnly }) => typeOnly || targetOf(extent, file, source) !== null)
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
