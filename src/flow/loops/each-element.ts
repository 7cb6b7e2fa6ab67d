import { importsTestRunner, isScriptFile } from '../../frameworks/scripts.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { quoteOf } from '../../operations/describe.ts'
import { placeOfTrail } from '../../operations/operation.ts'
import { freeFrame } from '../../project/frame.ts'
import type { Place } from '../../project/term.ts'
import type { OperationKind } from '../../requests/operation-kind.ts'
import { roundsOf } from './loops.ts'
import type { Round } from './loops.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { variesWith } from './varies.ts'

/** An operation that is carried out for each element of a list, and what it asks for differs each time. */
export interface EachElement {
  readonly occurrence: Occurrence
  readonly round: Round
  /** The call in the loop: the operation itself, or what leads to it. */
  readonly at: Place
}

/** The operations of some kinds that loops and mapped calls of a file carry out one by one. */
export function eachElementIn(
  analysis: Analysis,
  kinds: ReadonlySet<OperationKind>,
): readonly EachElement[] {
  const { module } = analysis
  if (importsTestRunner(module)) return []
  const found = module.facts.functions.flatMap((_, id) => {
    // What a file does when it is loaded is done once, by a program of its own.
    const occurrences = id === 0 ? [] : occurrencesIn(freeFrame(module, id))
    return occurrences.flatMap((occurrence) => {
      if (!kinds.has(occurrence.spelling.kind)) return []
      const round = roundsOf(occurrence).find((each) => variesWith(occurrence, each))
      if (round?.at.module !== module) return []
      return [{ occurrence, round, at: placeIn(round, occurrence) }]
    })
  })
  return found.length > 0 && isForMaintenance(analysis) ? [] : found
}

/** A file that scripts use, and nothing else but tests. */
function isForMaintenance({ module, reachability, importers }: Analysis): boolean {
  const files = importers().filter(({ isTest }) => !isTest)
  if (files.length === 0 || !files.every(({ file }) => isScriptFile(file))) return false
  return !module.facts.functions.some((_, id) => reachability.isEntry(freeFrame(module, id)))
}

/** Where the call stands in the round; where a function of another place is called back, the call that does. */
function placeIn(round: Round, occurrence: Occurrence): Place {
  const at = placeOfTrail(occurrence, round.level)
  const isInside =
    at.module === round.at.module && round.at.start <= at.start && at.end <= round.at.end
  return isInside ? at : placeOfTrail(occurrence, round.level - 1)
}

/** The list of a round as a message quotes it; null where it is no short piece of the file. */
export function listText({ overAt }: Round, { module, text }: Analysis): string | null {
  if (overAt?.module !== module) return null
  return quoteOf(text.slice(overAt.start, overAt.end).replace(/\s*\??\.\s*$/, ''))
}
