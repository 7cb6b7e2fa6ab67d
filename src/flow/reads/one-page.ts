import type { Analysis } from '../../operations/analysis.ts'
import { isRequest } from '../../frameworks/framework.ts'
import { keyConditionOf } from '../../operations/key-condition.ts'
import { plainValue } from '../../operations/plain-value.ts'
import { isLeftOut, memberOfRequest, requestOf } from '../../operations/request.ts'
import type { Request } from '../../operations/request.ts'
import { writesOf } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import { elementOf } from '../../project/elements.ts'
import { roundsOf } from '../loops/loops.ts'
import { givenBy } from '../../project/call.ts'
import { freeFrame } from '../../project/frame.ts'
import { functionOf, valueOf } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Reachability } from '../paths/reach.ts'
import { asksForBothKeys, asksForKey } from './asked.ts'
import { valuesAskedBy } from './asked-values.ts'
import { asksForRandomId, asksForWhatExpires } from './few-items.ts'
import { timeOf } from '../values/epoch.ts'
import { isFilledByCallers } from '../values/ownership.ts'
import { occurrencesIn, seenFrom } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { isAfterFailure } from '../paths/caught.ts'
import { usesOfResult } from './result-uses.ts'
import type { ListStep, ResultUse } from './result-uses.ts'
import { doneInCode } from './client-side.ts'
import { itemTests } from './item-tests.ts'
import { isBelow, isTakenInPart } from './taken-in-part.ts'
import { sourcesOf } from '../values/sources.ts'
import type { Source } from '../values/sources.ts'

/**
 * What is done with one page as if it were all there is.
 * - `deleted`, `changed`: each item is, and those of later pages are left.
 * - `joined`: something else is read by a key found in each.
 * - `searched`, `summed`, `counted`: the answer is wrong where an item is missing.
 * - `filtered`: those that fit something are handed on.
 * - `picked`: the first of them in an order that code put them in.
 * - `listed`: they are handed on as the whole list.
 */
export type PageUse =
  | 'deleted'
  | 'changed'
  | 'joined'
  | 'searched'
  | 'filtered'
  | 'summed'
  | 'counted'
  | 'picked'
  | 'listed'

/**
 * What code does with one page of a Query or Scan that takes it for the whole; null where it does not, or nobody can tell.
 *
 * @param listings whether a page of any partition is asked for that is only handed on
 */
export function pageTakenAsWhole(
  occurrence: Occurrence,
  analysis: Analysis,
  listings: boolean,
): PageUse | null {
  const { reachability, callers } = analysis
  if (!readsOnePage(occurrence) || asksForBothKeys(occurrence)) return null
  const request = requestOf(occurrence.spelling.request)
  const isUnlimited = isLeftOut(request, 'Limit')
  if (!isUnlimited && !isGenerous(request)) return null
  const uses = usesOfResult(occurrence)
  if (uses.some(({ kind }) => kind === 'cursor')) return null
  const all = [
    ...carriedOut(occurrence, uses).filter(
      (use) => isUnlimited || use !== 'joined' || isOpenEnded(occurrence),
    ),
    ...(isUnlimited ? answered(occurrence, uses) : []),
  ]
  if (all.length === 0 || isOfScanRule(occurrence, reachability)) return null
  const isTold = (use: PageUse): boolean => {
    // What a key could do in place of the filter is another matter.
    if (use === 'filtered' && doneInCode(occurrence, analysis) !== null) return false
    if (use === 'counted' && isTakenInPart(occurrence, callers())) return false
    if (use !== 'listed') return listings || !RESTS_ON_SIZE.has(use) || !asksForStretch(occurrence)
    const isAsked = isMadeHere(occurrence) && (listings || isAllOfAKind(occurrence, analysis))
    return isAsked && !isTakenInPart(occurrence, callers())
  }
  const told = all.find(isTold) ?? null
  return told === null || asksForRandomId(occurrence, analysis) ? null : told
}

/** All that there are of something are read, which grows with the application. */
function isOpenEnded({ spelling }: Occurrence): boolean {
  return spelling.kind === 'Scan' || asksForConstantPartition(spelling)
}

/** What does no harm where there are a few, as between two dates. */
const RESTS_ON_SIZE: ReadonlySet<PageUse> = new Set([
  'joined',
  'searched',
  'filtered',
  'summed',
  'counted',
  'picked',
])

/** A Query with both ends of a range: somebody has thought of how many there are. */
function asksForStretch({ spelling }: Occurrence): boolean {
  if (spelling.kind !== 'Query') return false
  return keyConditionOf(requestOf(spelling.request))?.sort?.operator === 'BETWEEN'
}

/** A Query or Scan that begins at the beginning, and is not repeated by its library. */
export function readsOnePage(occurrence: Occurrence): boolean {
  const { kind, form, request: term } = occurrence.spelling
  if ((kind !== 'Query' && kind !== 'Scan') || form === 'paginator') return false
  const request = requestOf(term)
  return isLeftOut(request, 'ExclusiveStartKey') && !asksForKey(occurrence)
}

/** So many are meant to be all of them. */
const AS_GOOD_AS_ALL = 100

/** `Limit: 1000`, by somebody who does not think that there are more. */
function isGenerous(request: Request): boolean {
  const limit = memberOfRequest(request, 'Limit')
  if (limit.state !== 'known') return false
  return alternatives(limit.term).every(
    (t) => t.kind === 'literal' && typeof t.value === 'number' && t.value >= AS_GOOD_AS_ALL,
  )
}

/** Something is done for each item: what is wrong with the items that were not read, worst first. */
function carriedOut(occurrence: Occurrence, uses: readonly ResultUse[]): readonly PageUse[] {
  if (!uses.some(({ kind }) => kind === 'each' || kind === 'listed')) return []
  const [top] = occurrence.trail
  if (!top) return []
  const isItsItem = (source: Source): boolean =>
    source.frame === occurrence.frame &&
    source.call === occurrence.call &&
    source.listed &&
    source.about === null
  const found = new Set(
    occurrencesIn(top.frame).flatMap((other) => usesFor(other, isItsItem, occurrence)),
  )
  return WORST_FIRST.filter((use) => found.has(use))
}

const WORST_FIRST: readonly PageUse[] = ['deleted', 'changed', 'joined']

/** What another operation does with each of the items of a read. */
function usesFor(
  other: Occurrence,
  isItsItem: (source: Source) => boolean,
  read: Occurrence,
): readonly PageUse[] {
  const writes = writesOf(other.spelling).filter(
    ({ item }) => item !== null && sourcesOf(item).some(isItsItem),
  )
  if (writes.length > 0)
    return isCarriedOutForEach(other, writes, isItsItem)
      ? writes.map(({ kind }) => (kind === 'Delete' ? 'deleted' : 'changed'))
      : []
  const isOther = other.call !== read.call || other.frame !== read.frame
  const asked = isOther && other.spelling.kind !== 'Scan' ? valuesAskedBy(other) : []
  const isAskedFor = asked.some(({ value }) => sourcesOf(value).some(isItsItem))
  return isAskedFor && isCarriedOutForEach(other, [], isItsItem) ? ['joined'] : []
}

/**
 * Whether something is written, or read, for each of the items. What is made of all of them, such as a mail to everybody,
 * may be noted in one item.
 */
function isCarriedOutForEach(
  occurrence: Occurrence,
  writes: readonly Write[],
  isItsItem: (source: Source) => boolean,
): boolean {
  if (writes.some(({ inBatch, inTransaction }) => inBatch || inTransaction)) return true
  if (occurrence.spelling.kind === 'BatchGetItem') return true
  return roundsOf(occurrence).some((round) => {
    const { over } = round
    const isOverItems =
      over === null || [over, elementOf(over)].some((term) => sourcesOf(term).some(isItsItem))
    return isOverItems && !isAfterFailure(occurrence, round)
  })
}

/** What the answer is wrong for, what tells most first. */
function answered(occurrence: Occurrence, uses: readonly ResultUse[]): readonly PageUse[] {
  const has = (kind: ResultUse['kind']): boolean => uses.some((use) => use.kind === kind)
  const found: PageUse[] = []
  // Where the first will do as well, there is one at most that differs.
  const isOfOne = uses.some(({ kind, steps }) => kind === 'first' && steps.length === 0)
  if (!isOfOne && uses.some((use) => isSearch(use, has('listed')))) found.push('searched')
  if (has('summed')) found.push('summed')
  if (uses.some(isPicked)) found.push('picked')
  // What a wrapper does with every list that it reads, a check or a log, says nothing of this one.
  const below = occurrence.trail.slice(1).map(({ frame }) => frame)
  const isListed = uses.some(
    (use) => use.kind === 'listed' && !isCut(use) && !isBelow(use.frame, below),
  )
  // The number of what is listed is that of the page.
  if (has('counted') && !has('listed')) found.push('counted')
  else if (isListed && uses.some((use) => isFiltered(use, occurrence))) found.push('filtered')
  else if (isListed) found.push('listed')
  return found
}

/**
 * A request is answered with one partition that is always the same: all that there are of something, which grows with the
 * application, unless it expires.
 */
function isAllOfAKind(occurrence: Occurrence, analysis: Analysis): boolean {
  return (
    asksForConstantPartition(occurrence.spelling) &&
    occurrence.trail.some(({ frame }) => {
      const reach = analysis.reachability.from(freeFrame(frame.module, frame.function))
      return reach !== null && isRequest(reach.entry.trigger)
    }) &&
    !asksForWhatExpires(occurrence, analysis)
  )
}

function asksForConstantPartition(spelling: Occurrence['spelling']): boolean {
  if (spelling.kind !== 'Query') return false
  const condition = keyConditionOf(requestOf(spelling.request))
  if (condition?.partition?.operator !== '=') return false
  return condition.tests.every(({ value, operator }) => {
    const plain = value === null ? null : plainValue(value, spelling)
    return (operator === '=' || operator === 'begins_with') && plain?.kind === 'literal'
  })
}

/** No function below leaves nothing of the operation open: the list is one of this function. */
function isMadeHere(occurrence: Occurrence): boolean {
  return occurrence.trail.every((_, level) => {
    const seen = level === 0 ? occurrence : seenFrom(occurrence, level)
    const root = seen?.trail[0]?.frame
    return !seen || !root || isFilledByCallers(seen, root) === level > 0
  })
}

/** Items that come in several kinds, of which each is looked for and all are handed on, are a list in parts. */
function isSearch({ kind, steps, isTest }: ResultUse, isListed: boolean): boolean {
  if (kind === 'searched') {
    const search = steps.at(-1)
    return search !== undefined && !(isListed && asksForConstant(search))
  }
  const isFiltered = steps.some(({ method }) => method === 'filter')
  return isFiltered && !isListed && (kind === 'first' || (kind === 'tested' && isTest))
}

/** `items.find((item) => item.type === 'USER')` */
function asksForConstant({ frame, call }: ListStep): boolean {
  const predicate = givenBy(frame, call)[0]?.term()
  if (predicate?.kind !== 'function') return false
  const { module, function: id } = predicate
  return functionOf(module, id).returns.every(({ value }) => {
    const test = valueOf(module, value)
    if (test.kind !== 'binary') return false
    return [test.left, test.right].some((side) => valueOf(module, side).kind === 'literal')
  })
}

/** Handed on are those that are the same as something, or on one side of it that is no point in time. */
function isFiltered({ kind, steps }: ResultUse, read: Occurrence): boolean {
  return (
    kind === 'listed' &&
    steps
      .filter(({ method }) => method === 'filter')
      .flatMap((step) => itemTests(step, read))
      .some(({ comparator, against }) => comparator === '=' || timeOf(against) === null)
  )
}

function isPicked({ kind, steps }: ResultUse): boolean {
  const sorted = steps.findIndex(({ method }) => method === 'sort' || method === 'toSorted')
  if (sorted < 0) return false
  return kind === 'first' || steps.slice(sorted).some(({ method }) => method === 'slice')
}

function isCut({ steps }: ResultUse): boolean {
  return steps.some(({ method }) => method === 'slice')
}

/** A Scan that answers a request is a matter of its own, paged or not. */
function isOfScanRule({ spelling, trail }: Occurrence, reachability: Reachability): boolean {
  if (spelling.kind !== 'Scan') return false
  return trail.some(({ frame }) => {
    const reach = reachability.from(freeFrame(frame.module, frame.function))
    return reach !== null && isRequest(reach.entry.trigger)
  })
}
