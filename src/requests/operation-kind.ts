/**
 * The operations of DynamoDB's API that touch items.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
 */
export const OPERATION_KINDS = [
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'BatchGetItem',
  'BatchWriteItem',
  'TransactGetItems',
  'TransactWriteItems',
  'ExecuteStatement',
  'BatchExecuteStatement',
  'ExecuteTransaction',
  'CreateTable',
  'UpdateTable',
  'UpdateTimeToLive',
] as const

export type OperationKind = (typeof OPERATION_KINDS)[number]

const READS: ReadonlySet<OperationKind> = new Set([
  'GetItem',
  'Query',
  'Scan',
  'BatchGetItem',
  'TransactGetItems',
])
/** Whether an operation gives items back and changes none. */
export function isRead(kind: OperationKind): boolean {
  return READS.has(kind)
}
