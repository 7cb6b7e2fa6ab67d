/** What the service asks of a member beyond its type. Lengths are characters of a text, elements of a list or map. */
export interface Constraint {
  readonly atLeast?: number
  readonly atMost?: number
  readonly shortest?: number
  readonly longest?: number
  readonly pattern?: RegExp
}

const NAME: Constraint = { shortest: 3, longest: 255, pattern: /^[a-zA-Z0-9_.-]+$/ }

/** A table may be named by its ARN, too. */
const TABLE: Constraint = { shortest: 3, longest: 1024, pattern: /^(?:[a-zA-Z0-9_.-]+|arn:.*)$/ }

const STATEMENT: Constraint = { shortest: 1, longest: 8192 }

/**
 * Constraints that the SDK's types do not tell, by structure and member; `*` stands for any structure.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
 */
const CONSTRAINTS: Readonly<Record<string, Constraint>> = {
  '*.TableName': TABLE,
  '*.IndexName': NAME,
  '*.Limit': { atLeast: 1 },
  '*.AttributesToGet': { shortest: 1 },
  'ScanInput.Segment': { atLeast: 0, atMost: 999_999 },
  'ScanInput.TotalSegments': { atLeast: 1, atMost: 1_000_000 },
  'BatchGetItemInput.RequestItems': { shortest: 1, longest: 100 },
  'KeysAndAttributes.Keys': { shortest: 1 },
  'BatchWriteItemInput.RequestItems': { shortest: 1, longest: 25 },
  'TransactGetItemsInput.TransactItems': { shortest: 1, longest: 100 },
  'TransactWriteItemsInput.TransactItems': { shortest: 1, longest: 100 },
  '*.ClientRequestToken': { shortest: 1, longest: 36 },
  '*.Statement': STATEMENT,
  '*.Parameters': { shortest: 1 },
  'BatchExecuteStatementInput.Statements': { shortest: 1, longest: 25 },
  'ExecuteTransactionInput.TransactStatements': { shortest: 1, longest: 100 },
  'ProvisionedThroughput.ReadCapacityUnits': { atLeast: 1 },
  'ProvisionedThroughput.WriteCapacityUnits': { atLeast: 1 },
  'Projection.NonKeyAttributes': { shortest: 1, longest: 20 },
}

export function constraintOf(structure: string, member: string): Constraint | null {
  return CONSTRAINTS[`${structure}.${member}`] ?? CONSTRAINTS[`*.${member}`] ?? null
}

/** Items that one call may name, over all its tables. */
export const BATCH_SIZES = { BatchGetItem: 100, BatchWriteItem: 25 } as const

/** Attributes of a key at most: a partition key and a sort key. */
export const MOST_KEY_ATTRIBUTES = 2
