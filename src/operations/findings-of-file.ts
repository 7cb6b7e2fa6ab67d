import type { Occurrence } from '../flow/paths/occurrences.ts'
import type { Place } from '../project/term.ts'
import type { Analysis } from './analysis.ts'
import { checkedRequests } from './checked-request.ts'
import type { CheckedRequest } from './checked-request.ts'
import { isAbove, shownLowest } from './lowest.ts'
import { placeOfTrail } from './operation.ts'
import { findingsOf, keyOfFinding } from './request-findings.ts'
import type { Finding } from './request-findings.ts'
import { placeOfRange } from './source-map.ts'

/** A finding in a request, and where a report of it stands. */
export interface LocatedFinding {
  readonly finding: Finding
  readonly at: Place
  readonly checked: CheckedRequest
  readonly occurrence: Occurrence
  /** All that was found in the same request. */
  readonly together: readonly Finding[]
}

const known = new WeakMap<Analysis, readonly LocatedFinding[]>()

/**
 * What DynamoDB would refuse in the expressions, and their placeholders, of the requests that a file makes. Each stands
 * at the lowest function in which it shows: at the text itself where the file holds it, at the call of a wrapper where
 * what the call gives makes it wrong.
 */
export function findingsOfFile(analysis: Analysis): readonly LocatedFinding[] {
  const seen = known.get(analysis)
  if (seen) return seen
  const shown = shownLowest(
    analysis,
    ({ spelling, trail }) =>
      checkedRequests(spelling, analysis).flatMap((checked) => {
        const findings = findingsOf(checked, trail.length === 1)
        return findings.map((finding) => ({ finding, checked, together: findings }))
      }),
    ({ finding }) => keyOfFinding(finding),
  )
  const located = shown.map(({ finding: { finding, checked, together }, occurrence }) => {
    const at = placeOf(finding, checked, occurrence, analysis)
    return { finding, at, checked, occurrence, together }
  })
  known.set(analysis, located)
  return located
}

function placeOf(
  { place }: Finding,
  checked: CheckedRequest,
  occurrence: Occurrence,
  analysis: Analysis,
): Place {
  const inOwner = (at: Place | null | undefined): Place | null =>
    at && isAbove(at, occurrence, analysis) ? at : null
  const call = placeOfTrail(occurrence, 0)
  if (place.in === 'expression') {
    const mapped = placeOfRange(place.text, place.range, analysis)
    const member = checked.expressions.get(place.member)
    return inOwner(mapped?.at) ?? inOwner(member?.at) ?? call
  }
  if (place.in === 'item') return inOwner(place.at) ?? inOwner(place.item.at) ?? call
  const map = checked[place.in]
  const field = place.placeholder === null ? undefined : map?.fields.get(place.placeholder)
  return inOwner(field?.keyAt) ?? inOwner(map?.at) ?? call
}
