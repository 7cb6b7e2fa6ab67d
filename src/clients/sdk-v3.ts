import { OPERATION_KINDS } from '../requests/operation-kind.ts'
import type { OperationKind } from '../requests/operation-kind.ts'
import type { ClientLibrary } from './client-library.ts'

const LOW_LEVEL = '@aws-sdk/client-dynamodb'
const DOCUMENT = '@aws-sdk/lib-dynamodb'

/** The document client shortens some names. */
const DOCUMENT_OPERATIONS: Readonly<Record<string, OperationKind>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  Query: 'Query',
  Scan: 'Scan',
  BatchGet: 'BatchGetItem',
  BatchWrite: 'BatchWriteItem',
  TransactGet: 'TransactGetItems',
  TransactWrite: 'TransactWriteItems',
  ExecuteStatement: 'ExecuteStatement',
  BatchExecuteStatement: 'BatchExecuteStatement',
  ExecuteTransaction: 'ExecuteTransaction',
}

function methodName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/**
 * AWS SDK for JavaScript v3: the low-level client and the document client, as commands, aggregated clients and paginators.
 * https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/dynamodb/
 */
export const sdkV3: ClientLibrary = {
  name: 'AWS SDK v3',
  version: 'v3',
  // The low-level client calls its commands as the API does; each is a method of the aggregated client, too.
  commands: Object.fromEntries<ClientLibrary['commands'][string]>([
    ...OPERATION_KINDS.map(
      (kind) => [`${LOW_LEVEL}#${kind}Command`, { kind, values: 'attribute-value' }] as const,
    ),
    ...Object.entries(DOCUMENT_OPERATIONS).map(
      ([name, kind]) => [`${DOCUMENT}#${name}Command`, { kind, values: 'document' }] as const,
    ),
  ]),
  paginators: {
    [`${LOW_LEVEL}#paginateScan`]: { kind: 'Scan', values: 'attribute-value' },
    [`${LOW_LEVEL}#paginateQuery`]: { kind: 'Query', values: 'attribute-value' },
    [`${DOCUMENT}#paginateScan`]: { kind: 'Scan', values: 'document' },
    [`${DOCUMENT}#paginateQuery`]: { kind: 'Query', values: 'document' },
  },
  clients: [
    {
      made: [`${LOW_LEVEL}#DynamoDB`],
      from: [],
      methods: Object.fromEntries(OPERATION_KINDS.map((kind) => [methodName(kind), kind])),
      values: 'attribute-value',
    },
    {
      made: [`${DOCUMENT}#DynamoDBDocument`],
      from: [`${DOCUMENT}#DynamoDBDocument.from`],
      methods: Object.fromEntries(
        Object.entries(DOCUMENT_OPERATIONS).map(([name, kind]) => [methodName(name), kind]),
      ),
      values: 'document',
    },
    {
      made: [`${LOW_LEVEL}#DynamoDBClient`, `${DOCUMENT}#DynamoDBDocumentClient`],
      from: [`${DOCUMENT}#DynamoDBDocumentClient.from`],
      methods: {},
      values: 'document',
    },
  ],
}
