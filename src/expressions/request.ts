import type { Edit, FindingCode } from './findings.ts'
import type { ExpressionKind, Range } from './nodes.ts'
import type { AttributeNames, AttributeValues } from './placeholders.ts'
import type { TableSchema } from './schema.ts'
import type { ExpressionText } from './text.ts'

/** The members of a request that hold an expression. */
export type ExpressionMember = `${ExpressionKind}Expression`

/** In the order in which their findings are given. */
export const expressionMembers: readonly (readonly [ExpressionMember, ExpressionKind])[] = [
  ['KeyConditionExpression', 'KeyCondition'],
  ['FilterExpression', 'Filter'],
  ['UpdateExpression', 'Update'],
  ['ConditionExpression', 'Condition'],
  ['ProjectionExpression', 'Projection'],
]

/** The operations that take expressions, and the entries of a batch or a transaction that do. */
export type ExpressionOperation =
  'Query' | 'Scan' | 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheck'

/** What of a request bears on its expressions. */
export interface ExpressionRequest {
  readonly operation: ExpressionOperation
  /** The texts. One that is there but wholly unknown is a single hole. */
  readonly expressions: Readonly<Partial<Record<ExpressionMember, ExpressionText | undefined>>>
  /** ExpressionAttributeNames; absent if the request has none. */
  readonly names?: AttributeNames | undefined
  /** ExpressionAttributeValues; absent if the request has none. */
  readonly values?: AttributeValues | undefined
  /** Whether the request may have members that are not given here. */
  readonly open?: boolean | undefined
  /** The keys of the table, where they are known. */
  readonly table?: TableSchema | undefined
  /** IndexName, if the request has one; its name where that is known. */
  readonly index?: { readonly name?: string | undefined } | undefined
  readonly consistentRead?: boolean | undefined
  /** The attributes of the request's Key, where they are known: those of the table's key. */
  readonly keyAttributes?: readonly string[] | undefined
  /**
   * The attributes that the request's key condition names whatever is unknown of it: keys of what it
   * queries, or it is refused.
   */
  readonly queriedAttributes?: readonly string[] | undefined
  /** The legacy parameters that the request has, such as `KeyConditions`. */
  readonly legacyParameters?: readonly string[] | undefined
}

/** Where in a request a finding is. */
export type FindingPlace =
  | { readonly in: 'expression'; readonly member: ExpressionMember; readonly range: Range }
  /** In ExpressionAttributeNames or ExpressionAttributeValues: at one entry, or the whole map. */
  | { readonly in: 'names' | 'values'; readonly placeholder?: string }
  | { readonly in: 'request' }

/** Something DynamoDB would refuse. */
export interface RequestFinding {
  readonly code: FindingCode
  /** DynamoDB's own message, whole. It may put "1 validation error detected: " before it. */
  readonly message: string
  readonly place: FindingPlace
  /** The word, placeholder, function, attribute or operator that it is about. */
  readonly subject?: string
  /** What mends it, within the text of that expression; only where it can be meant in one way. */
  readonly edits?: readonly Edit[]
}
