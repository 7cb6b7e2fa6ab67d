import { importsTestRunner } from '../../frameworks/scripts.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { batchLists, operandLists } from '../../operations/batch-lists.ts'
import type { LimitedList } from '../../operations/batch-lists.ts'
import { placeOfTrail } from '../../operations/operation.ts'
import { freeFrame } from '../../project/frame.ts'
import { valueOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Place, Term } from '../../project/term.ts'
import { boundOfLength, countsElements } from '../guards/length-tests.ts'
import { lengthOf } from './list-length.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'

/** A list of any length in a request that takes so many elements and no more. */
export interface UnchunkedList extends LimitedList {
  readonly occurrence: Occurrence
  /** Where a report stands: the list, or the call that leads to it. */
  readonly reportAt: Place
}

/** The lists of a file's requests that may be longer than DynamoDB takes them. */
export function unchunkedLists(analysis: Analysis): readonly UnchunkedList[] {
  const { module } = analysis
  const found = new Map<string, UnchunkedList>()
  if (importsTestRunner(module)) return []
  module.facts.functions.forEach((_, id) => {
    for (const occurrence of occurrencesIn(freeFrame(module, id))) {
      for (const list of [
        ...batchLists(occurrence.spelling),
        ...operandLists(occurrence.spelling),
      ]) {
        if (!isAnyLength(list, analysis) || countsElements(occurrence, list.at)) continue
        const reportAt = list.at.module === module ? list.at : placeOfTrail(occurrence, 0)
        const key = `${reportAt.module.facts.file}:${String(reportAt.start)}`
        const known = found.get(key)
        if (!known || occurrence.trail.length < known.occurrence.trail.length)
          found.set(key, { ...list, occurrence, reportAt })
      }
    }
  })
  return [...found.values()]
}

/**
 * Whether a list may be of any length, and the code that holds it answers for that. A function that hands on the list it
 * is given leaves that to its callers; so does one that makes a transaction of it, which holds what belongs together.
 */
function isAnyLength({ term, at, taker, most }: LimitedList, analysis: Analysis): boolean {
  const isOurs = at.module === analysis.module
  if (!isOurs && !(isHandedOn(at) && isMadeIn(term, analysis))) return false
  const length = lengthOf(term, analysis)
  if (length.kind !== 'any') return false
  if (length.attribute !== null && isCapped(length.attribute, most, analysis)) return false
  if (!length.given) return true
  const isWhole = alternatives(term).some(({ kind }) => kind === 'parameter' || kind === 'part')
  return !isWhole && !taker.startsWith('Transact') && taker !== 'ExecuteTransaction'
}

/** Whether code of the project lets a list attribute of that name have no more elements than a request takes. */
function isCapped(attribute: string, most: number, analysis: Analysis): boolean {
  const { module } = analysis
  const holds = (each: Module): boolean => {
    const bound = boundOfLength(each, attribute)
    return bound !== null && bound <= most
  }
  return holds(module) || analysis.writersBeside([module]).some(holds)
}

/** Whether it is this file that makes a list. */
function isMadeIn(term: Term, { module }: Analysis): boolean {
  return alternatives(term).some(
    (option) =>
      (option.kind === 'array' || option.kind === 'sequence') && option.ref.frame.module === module,
  )
}

/** Whether what stands at a place is a parameter, as it is. */
function isHandedOn({ module, start }: Place): boolean {
  return module.facts.values.some(
    (value) =>
      value.kind === 'object' &&
      value.entries.some(
        (entry) =>
          entry.kind !== 'spread' &&
          entry.valueAt.start === start &&
          valueOf(module, entry.value).kind === 'parameter',
      ),
  )
}
