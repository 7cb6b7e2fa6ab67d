import type { Occurrence } from '../flow/paths/occurrences.ts'
import { expressionMembers } from '../expressions/index.ts'
import type { Place } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import { legacyParameters } from '../requests/legacy.ts'
import type { LegacyParameter } from '../requests/legacy.ts'
import { structures } from '../requests/model.ts'
import type { Structure } from '../requests/shape.ts'
import type { Analysis } from './analysis.ts'
import { isAbove, shownLowest } from './lowest.ts'
import { placeOfTrail } from './operation.ts'
import { memberOfRequest, requestOf, termOfMember } from './request.ts'
import type { Request } from './request.ts'

/** A request, or the part of a batch that reads one table, with parameters that expressions have taken the place of. */
export interface LegacyRequest {
  readonly request: Request
  /** In the order of the code where that is one. */
  readonly parameters: readonly LegacyParameter[]
  /** Those that DynamoDB refuses, because of the expressions beside them. */
  readonly refused: readonly LegacyParameter[]
  readonly mixedWith: readonly string[]
}

export interface LocatedLegacyRequest extends LegacyRequest {
  readonly at: Place
  readonly occurrence: Occurrence
}

/** The requests of a file that use legacy parameters, each at the lowest function in which it shows. */
export function legacyRequestsIn(analysis: Analysis): readonly LocatedLegacyRequest[] {
  return shownLowest(analysis, legacyRequests, keyOf).map(({ finding, occurrence }) => ({
    ...finding,
    occurrence,
    at: placeOf(finding, occurrence, analysis),
  }))
}

function legacyRequests({ spelling }: Occurrence): readonly LegacyRequest[] {
  const request = requestOf(spelling.request)
  if (spelling.kind !== 'BatchGetItem')
    return legacyIn(request, structures[`${spelling.kind}Input`])
  const tables = termOfMember(request, 'RequestItems')
  const view = tables === null ? null : viewOf(tables)
  return [...(view?.fields.values() ?? []), ...(view?.computed ?? [])].flatMap((table) =>
    legacyIn(requestOf(table.term()), structures.KeysAndAttributes),
  )
}

function legacyIn(request: Request, structure: Structure = {}): readonly LegacyRequest[] {
  const parameters = legacyParameters.filter(
    (name) => name in structure && memberOfRequest(request, name).state === 'known',
  )
  if (parameters.length === 0) return []
  const expressions = expressionMembers
    .map(([name]) => name)
    .filter((name) => isThere(request, name))
  // KeyConditions may stand beside a FilterExpression.
  const refused = parameters.filter(
    (name) =>
      expressions.length > 0 &&
      isThere(request, name) &&
      (name !== 'KeyConditions' || expressions.includes('KeyConditionExpression')),
  )
  return [{ request, parameters, refused, mixedWith: expressions }]
}

function isThere(request: Request, name: string): boolean {
  const member = memberOfRequest(request, name)
  return member.state === 'known' && member.certain && member.term.kind !== 'choice'
}

/** That it is refused makes it another finding. */
function keyOf({ parameters, refused }: LegacyRequest): string {
  return `${parameters.join()}:${refused.join()}`
}

function placeOf(
  { request, parameters }: LegacyRequest,
  occurrence: Occurrence,
  analysis: Analysis,
): Place {
  const places = parameters.flatMap((name) => {
    const member = memberOfRequest(request, name)
    return member.state === 'known' && isAbove(member.keyAt, occurrence, analysis)
      ? [member.keyAt]
      : []
  })
  const [first] = [...places].sort((a, b) => a.start - b.start)
  return first ?? placeOfTrail(occurrence, 0)
}
