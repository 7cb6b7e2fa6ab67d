import type { Occurrence } from '../flow/occurrences.ts'
import { occurrencesIn } from '../flow/occurrences.ts'
import { freeFrame } from '../project/frame.ts'
import { functionOf } from '../project/module.ts'
import type { Place } from '../project/term.ts'
import type { Analysis } from './analysis.ts'
import { checkedRequests } from './checked-request.ts'
import type { CheckedRequest } from './checked-request.ts'
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
  const { module } = analysis
  const checks = new Map<Occurrence, readonly Checked[]>()
  const located = module.facts.functions.flatMap((_, id) =>
    occurrencesIn(freeFrame(module, id)).flatMap((occurrence) => {
      const below = shownBelow(occurrence, analysis, checks)
      return checkedIn(occurrence, analysis, checks).flatMap(({ checked, findings }) =>
        findings
          .filter((finding) => !below.has(keyOfFinding(finding)))
          .map((finding): LocatedFinding => {
            const at = placeOf(finding, checked, occurrence, analysis)
            return { finding, at, checked, occurrence, together: findings }
          }),
      )
    }),
  )
  known.set(analysis, located)
  return located
}

interface Checked {
  readonly checked: CheckedRequest
  readonly findings: readonly Finding[]
}

function checkedIn(
  occurrence: Occurrence,
  analysis: Analysis,
  checks: Map<Occurrence, readonly Checked[]>,
): readonly Checked[] {
  const seen = checks.get(occurrence)
  if (seen) return seen
  const found = checkedRequests(occurrence.spelling, analysis).map((checked) => ({
    checked,
    findings: findingsOf(checked),
  }))
  checks.set(occurrence, found)
  return found
}

/** What shows of an operation already in the functions below, whoever calls them. */
function shownBelow(
  occurrence: Occurrence,
  analysis: Analysis,
  checks: Map<Occurrence, readonly Checked[]>,
): ReadonlySet<string> {
  const shown = new Set<string>()
  for (let { trail } = occurrence; trail.length > 1;) {
    trail = trail.slice(1)
    const [next] = trail
    if (!next) break
    const calls = callsOf(trail)
    const inside = occurrencesIn(freeFrame(next.frame.module, next.frame.function))
    const same = inside.find((candidate) => callsOf(candidate.trail) === calls)
    if (!same) continue
    for (const { findings } of checkedIn(same, analysis, checks))
      for (const finding of findings) shown.add(keyOfFinding(finding))
  }
  return shown
}

function callsOf(trail: Occurrence['trail']): string {
  return trail.map(({ call }) => call).join('.')
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

/** Whether a place is in this file, and not within a function that the operation's owner calls. */
function isAbove(at: Place, { trail }: Occurrence, { module }: Analysis): boolean {
  if (at.module !== module) return false
  const [first, ...below] = trail
  const isIn = (step: (typeof trail)[number]): boolean => {
    const own = functionOf(step.frame.module, step.frame.function)
    const isModule = own.parent === null
    return (
      !isModule && step.frame.module === module && own.at.start <= at.start && at.end <= own.at.end
    )
  }
  return (first !== undefined && isIn(first)) || !below.some(isIn)
}
