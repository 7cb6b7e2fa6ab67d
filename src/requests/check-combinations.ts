import type { RequestFinding, RequestFindingCode } from './finding.ts'
import { memberOf, numberOf, textOf, valuesOf } from './given.ts'
import type { Given } from './given.ts'
import type { OperationKind } from './operation-kind.ts'

/** What is known of a table's indexes, by name. */
export interface KnownIndex {
  readonly kind: 'local' | 'global'
  /** null where it is not known. */
  readonly projectsAll: boolean | null
}

/** Members that do not go together, or not with the operation. */
export function checkCombinations(
  kind: OperationKind,
  request: Given,
  indexes: ReadonlyMap<string, KnownIndex>,
): readonly RequestFinding[] {
  switch (kind) {
    case 'PutItem':
    case 'DeleteItem':
      return checkReturnValues(request)
    case 'Query':
      return [...checkKeyCondition(request), ...checkRead(request, indexes)]
    case 'Scan':
      return [...checkSegments(request), ...checkRead(request, indexes)]
    default:
      return []
  }
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html */
function checkReturnValues(request: Given): readonly RequestFinding[] {
  const value = textOf(request, 'ReturnValues')
  const isOther = value === 'ALL_NEW' || value === 'UPDATED_OLD' || value === 'UPDATED_NEW'
  return isOther
    ? [found('returnValues', 'ReturnValues', value, 'ReturnValues can only be ALL_OLD or NONE')]
    : []
}

/** @see Query.html */
function checkKeyCondition(request: Given): readonly RequestFinding[] {
  const isMissing = ['KeyConditionExpression', 'KeyConditions'].every(
    (name) => memberOf(request, name).state === 'absent',
  )
  if (!isMissing || request.kind !== 'object') return []
  const message =
    'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.'
  return [{ code: 'keyConditionMissing', message, path: [], at: 'value', subject: 'Query' }]
}

function checkRead(
  request: Given,
  indexes: ReadonlyMap<string, KnownIndex>,
): readonly RequestFinding[] {
  return [...checkSelect(request), ...checkIndex(request, indexes)]
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
function checkSelect(request: Given): readonly RequestFinding[] {
  const select = textOf(request, 'Select')
  const projections = ['ProjectionExpression', 'AttributesToGet'].map((name) => ({
    name,
    state: memberOf(request, name).state,
  }))
  const projection = projections.find(({ state }) => state === 'present')
  const isPlain = projections.every(({ state }) => state === 'absent')
  switch (select) {
    case 'SPECIFIC_ATTRIBUTES':
      return isPlain ? [found('selectWithoutProjection', 'Select', select, null)] : []
    case 'ALL_ATTRIBUTES':
    case 'ALL_PROJECTED_ATTRIBUTES':
    case 'COUNT': {
      if (projection)
        return [found('selectWithProjection', 'Select', select, null, projection.name)]
      const isTable = memberOf(request, 'IndexName').state === 'absent'
      return select === 'ALL_PROJECTED_ATTRIBUTES' && isTable
        ? [found('selectWithoutIndex', 'Select', select, null)]
        : []
    }
    default:
      return []
  }
}

/** @see GSI.html */
function checkIndex(
  request: Given,
  indexes: ReadonlyMap<string, KnownIndex>,
): readonly RequestFinding[] {
  const name = textOf(request, 'IndexName')
  const index = name === null ? undefined : indexes.get(name)
  if (name === null || index?.kind !== 'global') return []
  const findings: RequestFinding[] = []
  if (isTrue(request, 'ConsistentRead')) {
    const message = 'Consistent reads are not supported on global secondary indexes'
    findings.push(found('consistentReadOnIndex', 'ConsistentRead', name, message))
  }
  if (index.projectsAll === false && textOf(request, 'Select') === 'ALL_ATTRIBUTES') {
    const message = `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${name} because its projection type is not ALL`
    findings.push(found('selectNotProjected', 'Select', name, message))
  }
  return findings
}

function isTrue(request: Given, name: string): boolean {
  const values = valuesOf(request, name)
  return (
    memberOf(request, name).state === 'present' &&
    values.every((value) => value.kind === 'boolean' && value.value === true)
  )
}

/** @see Scan.html */
function checkSegments(request: Given): readonly RequestFinding[] {
  const segment = memberOf(request, 'Segment')
  const total = memberOf(request, 'TotalSegments')
  if (segment.state === 'present' && total.state === 'absent') {
    const message =
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present'
    return [found('segments', 'Segment', 'Segment', message)]
  }
  if (total.state === 'present' && segment.state === 'absent') {
    const message =
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present'
    return [found('segments', 'TotalSegments', 'TotalSegments', message)]
  }
  const one = numberOf(request, 'Segment')
  const all = numberOf(request, 'TotalSegments')
  if (one === null || all === null || one < all) return []
  const message = `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${String(one)} is not less than TotalSegments: ${String(all)}`
  return [found('segments', 'Segment', 'Segment', message)]
}

function found(
  code: RequestFindingCode,
  member: string,
  subject: string,
  message: string | null,
  hint?: string,
): RequestFinding {
  const path = [member]
  return { code, message, path, at: 'value', subject, ...(hint === undefined ? {} : { hint }) }
}
