import type { Path } from './given.ts'

/** What is wrong with a request. The names are stable. */
export type RequestFindingCode =
  // The members of a request and of its parts
  | 'missingMember'
  | 'unknownMember'
  | 'memberType'
  | 'memberValue'
  | 'memberRange'
  // Values of attributes
  | 'plainValue'
  | 'describedValue'
  | 'invalidValue'
  | 'keyValue'
  // What goes together
  | 'keyConditionMissing'
  | 'returnValues'
  | 'selectWithProjection'
  | 'selectWithoutProjection'
  | 'selectWithoutIndex'
  | 'selectNotProjected'
  | 'consistentReadOnIndex'
  | 'segments'
  // Batches and transactions
  | 'batchSize'
  | 'entryAction'
  | 'repeatedItem'
  // Tables
  | 'keyDefinition'

/** Something in a request that the service, or the client library, refuses or passes over. */
export interface RequestFinding {
  readonly code: RequestFindingCode
  /** DynamoDB's own message; null where there is none, or its words are not known. */
  readonly message: string | null
  /** Where it stands; the empty path is the request itself. */
  readonly path: Path
  /** The name or the value of what the path leads to. */
  readonly at: 'name' | 'value'
  /** The member, value or operation that it is about. */
  readonly subject: string
  /** What was likely meant. */
  readonly hint?: string
}

/** The message of a value that fails a constraint of the service's model. */
export function constraintMessage(path: Path, value: string | null, constraint: string): string {
  const shown = value === null ? 'null' : `'${value}'`
  return `1 validation error detected: Value ${shown} at '${memberPath(path)}' failed to satisfy constraint: ${constraint}`
}

/** A path as the service writes it: `transactItems.1.member.put.tableName`. */
function memberPath(path: Path): string {
  return path
    .map((step) =>
      typeof step === 'number'
        ? `${String(step + 1)}.member`
        : step.charAt(0).toLowerCase() + step.slice(1),
    )
    .join('.')
}
