import type { Range } from '../facts/model.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'
import { evaluate } from '../project/evaluate.ts'
import { argumentTerm, alternatives } from '../project/term.ts'
import { typeOf } from '../project/member.ts'
import { isMarshalled } from '../project/models.ts'
import { callOf, functionOf, placeOf as placeOfValue, valueOf } from '../project/module.ts'
import type { Place } from '../project/term.ts'
import { isClosed, viewOf } from '../project/view.ts'
import { check } from '../requests/check.ts'
import type { KnownIndex } from '../requests/check-combinations.ts'
import type { RequestFinding } from '../requests/finding.ts'
import type { OperationKind } from '../requests/operation-kind.ts'
import { tablesCreatedIn } from '../tables/create-table.ts'
import { keyNames } from '../tables/schema.ts'
import type { TableSchema } from '../tables/schema.ts'
import type { Analysis } from './analysis.ts'
import { tableOfRequest } from './describe.ts'
import { givenOf, placeOfPath, termOfPath } from './given.ts'
import { isAbove, shownLowest } from './lowest.ts'
import { placeOfTrail } from './operation.ts'
import { memberOfRequest, requestOf } from './request.ts'

/** Something wrong with a request, and where a report of it stands. */
export interface Malformed {
  readonly kind: OperationKind
  readonly finding: RequestFinding
  readonly at: Place
  readonly occurrence: Occurrence
}

/**
 * What the service or the client library refuses in the requests that a file makes, beside their expressions. A request
 * that only its shape tells may be completed by whatever it is given to; of it nothing is said.
 */
export function malformedIn(analysis: Analysis): readonly Malformed[] {
  const shown = shownLowest(analysis, (occurrence) => found(occurrence, analysis), keyOf)
  return shown.flatMap(({ finding, occurrence }) => {
    const at = placeOf(finding, occurrence, analysis)
    return at === null ? [] : [{ kind: occurrence.spelling.kind, finding, at, occurrence }]
  })
}

function found(occurrence: Occurrence, analysis: Analysis): readonly RequestFinding[] {
  const { spelling } = occurrence
  if (spelling.library === null) return []
  const { certain } = tableOfRequest(requestOf(spelling.request), analysis)
  const keysOfTable = (identity: string): readonly string[] | null => {
    const schema = tableOfIdentity(identity, analysis)
    return schema === null ? null : keyNames(schema)
  }
  const given = givenOf(spelling.request)
  const findings = check(spelling.kind, given, {
    values: spelling.values,
    indexes: certain === null ? new Map<string, KnownIndex>() : indexesOf(certain),
    keysOfTable,
  })
  return [
    ...findings.filter(
      ({ code, subject }) =>
        // A client of v2 may be made with members that all of its requests get.
        !(code === 'missingMember' && subject === 'TableName' && mayBeBound(occurrence)),
    ),
    ...marshalledMembers(occurrence, analysis),
  ]
}

/** The table of a name that is known, or that a CreateTable call of the file has. */
function tableOfIdentity(identity: string, analysis: Analysis): TableSchema | null {
  const name: unknown = identity.startsWith('"') ? JSON.parse(identity) : null
  const told = typeof name === 'string' ? analysis.schemas.get(name) : undefined
  const schema = told ?? tablesCreatedIn(analysis.module).get(identity)
  return schema?.certainty === 'defined' ? schema : null
}

/** `Key: marshall(…)` for a document client, which marshalls it once more. */
function marshalledMembers(
  { spelling }: Occurrence,
  { module, text }: Analysis,
): readonly RequestFinding[] {
  if (spelling.values !== 'document') return []
  const request = requestOf(spelling.request)
  return ['Key', 'Item'].flatMap((name): readonly RequestFinding[] => {
    const member = memberOfRequest(request, name)
    if (member.state !== 'known' || member.at.module !== module) return []
    const written = text.slice(member.at.start, member.at.end)
    if (!isMarshalled(member.term) || !/^(?:[\w$]+\.)*marshall\s*\(/.test(written)) return []
    const message = 'The provided key element does not match the schema'
    return [{ code: 'describedValue', message, path: [name], at: 'value', subject: name }]
  })
}

/** An index with the table's own partition key may be local or global. */
function indexesOf({ partitionKey, indexes }: TableSchema): ReadonlyMap<string, KnownIndex> {
  return new Map(
    indexes.map((index): [string, KnownIndex] => [
      index.name,
      {
        kind: index.partitionKey.name === partitionKey.name ? 'local' : 'global',
        projectsAll: index.projection === null ? null : index.projection === 'ALL',
      },
    ]),
  )
}

function mayBeBound({ frame, call, spelling }: Occurrence): boolean {
  if (spelling.library?.version !== 'v2') return false
  const callee = valueOf(frame.module, callOf(frame.module, call).callee)
  if (callee.kind !== 'member') return true
  const client = typeOf(evaluate({ frame, value: callee.of }))
  if (client.kind !== 'made' || client.arguments === null) return true
  if (client.arguments.length === 0) return false
  const options = argumentTerm(client.arguments, 0)
  const view = options === null ? null : viewOf(options)
  return view === null || !isClosed(view) || view.fields.has('params')
}

function keyOf({ code, path }: RequestFinding): string {
  return `${code}:${path.join('\n')}`
}

function placeOf(
  finding: RequestFinding,
  occurrence: Occurrence,
  analysis: Analysis,
): Place | null {
  // Neither of two entries is the one too many.
  if (finding.code === 'repeatedItem') return placeOfTrail(occurrence, 0)
  const place = placeOfPath(occurrence.spelling.request, finding.path, finding.at)
  const isHere = place !== null && isAbove(place, occurrence, analysis)
  if (finding.code === 'unknownMember')
    return isHere && isForThisRequest(place, finding, occurrence) ? place : null
  return isHere ? place : placeOfTrail(occurrence, 0)
}

/**
 * Whether a member that the operation does not have was written for it: in its own literal, or in the function that comes
 * to the call. What is spread into it from elsewhere may be there for others. SDK v2 throws in any case.
 */
function isForThisRequest(
  place: Place,
  { path }: RequestFinding,
  { trail: [first], spelling }: Occurrence,
): boolean {
  if (spelling.library?.version === 'v2') return true
  const owner = first ? functionOf(first.frame.module, first.frame.function) : null
  const isInFunction = owner !== null && owner.parent !== null
  if (isInFunction && isWithin(place, owner.at)) return true
  const holder = termOfPath(spelling.request, path.slice(0, -1))
  return alternatives(holder ?? spelling.request).some(
    (option) =>
      option.kind === 'object' &&
      option.ref.frame.module === place.module &&
      isWithin(place, placeOfValue(place.module, option.ref.value)),
  )
}

function isWithin(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
