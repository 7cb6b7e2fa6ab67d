import type { ValueFormat } from './check-attribute.ts'
import { checkBatches } from './check-batches.ts'
import type { KeysOfTable } from './check-batches.ts'
import { checkDefinitions } from './check-definitions.ts'
import { checkCombinations } from './check-combinations.ts'
import type { KnownIndex } from './check-combinations.ts'
import { checkKeys } from './check-keys.ts'
import { checkStructure } from './check-shape.ts'
import type { RequestFinding } from './finding.ts'
import { isLeftOut } from './given.ts'
import type { Given } from './given.ts'
import type { OperationKind } from './operation-kind.ts'

/** What is known of a request beside its members. */
export interface RequestContext {
  /** How the client takes the values of attributes; null where nobody can tell. */
  readonly values: ValueFormat | null
  /** The indexes of the one table that a Query or Scan reads. */
  readonly indexes?: ReadonlyMap<string, KnownIndex>
  readonly keysOfTable?: KeysOfTable
}

/**
 * What is wrong with a request whatever the parts that are not known turn out to be: members, values and combinations
 * that the service refuses, and members that it never sees. Expressions and legacy parameters are looked at elsewhere.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
 */
export function check(
  kind: OperationKind,
  request: Given,
  context: RequestContext,
): readonly RequestFinding[] {
  if (request.kind === 'unknown' || isLeftOut(request)) return []
  return [
    ...withoutRepeats(checkStructure(`${kind}Input`, request, [], context.values)),
    ...checkCombinations(kind, request, context.indexes ?? new Map()),
    ...checkKeys(kind, request, context.values),
    ...(kind === 'CreateTable' ? checkDefinitions(request) : []),
    ...checkBatches(kind, request, context.keysOfTable ?? (() => null)),
  ]
}

/** One plain value says that all of them are. */
function withoutRepeats(findings: readonly RequestFinding[]): readonly RequestFinding[] {
  const plain = findings.find(({ code }) => code === 'plainValue')
  return findings.filter((finding) => finding.code !== 'plainValue' || finding === plain)
}
