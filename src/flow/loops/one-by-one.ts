import type { Analysis } from '../../operations/analysis.ts'
import { elementOf } from '../../project/elements.ts'
import { alternatives } from '../../project/term.ts'
import type { Term } from '../../project/term.ts'
import type { OperationKind } from '../../requests/operation-kind.ts'
import { besidesOf } from './besides.ts'
import { eachElementIn } from './each-element.ts'
import type { EachElement } from './each-element.ts'
import { lengthOf } from './list-length.ts'
import { sourcesOf } from '../values/sources.ts'

const READS: ReadonlySet<OperationKind> = new Set(['GetItem', 'Query'])

/** A page of so many items is read one by one without much harm. */
const FEW = 10

/**
 * The reads of a file that ask for one item after another: Gets for the elements of any list that may be long, Queries for
 * items that were read before. What is read to be written again in the same round is left out.
 */
export function readsOneByOne(analysis: Analysis): readonly EachElement[] {
  const found = new Map<number, EachElement>()
  for (const each of eachElementIn(analysis, READS)) {
    if (found.has(each.at.start) || !isMany(each, analysis)) continue
    if (besidesOf(each).writes.length === 0) found.set(each.at.start, each)
  }
  return [...found.values()]
}

/** Whether there may be many elements, as far as is known. */
function isMany({ occurrence, round: { over } }: EachElement, analysis: Analysis): boolean {
  if (over === null || isEventRecords(over)) return false
  if (occurrence.spelling.kind === 'Query' && !isReadBefore(over)) return false
  const length = lengthOf(over, analysis)
  return length.kind !== 'at most' || (length.count > FEW && isReadBefore(over))
}

/** What a queue or a stream hands to its consumer: a few at a time, each on its own. */
export function isEventRecords(over: Term): boolean {
  return alternatives(over).some((option) => option.kind === 'part' && option.key === 'Records')
}

function isReadBefore(over: Term): boolean {
  return sourcesOf(elementOf(over)).some(
    ({ listed, about, path }) => about === null && (listed || path.length > 0),
  )
}
