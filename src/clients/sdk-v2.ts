import type { OperationKind } from '../requests/operation-kind.ts'
import type { ClientLibrary } from './client-library.ts'

const DOCUMENT_METHODS: Readonly<Record<string, OperationKind>> = {
  get: 'GetItem',
  put: 'PutItem',
  update: 'UpdateItem',
  delete: 'DeleteItem',
  query: 'Query',
  scan: 'Scan',
  batchGet: 'BatchGetItem',
  batchWrite: 'BatchWriteItem',
  transactGet: 'TransactGetItems',
  transactWrite: 'TransactWriteItems',
}

const LOW_LEVEL_METHODS: Readonly<Record<string, OperationKind>> = {
  getItem: 'GetItem',
  putItem: 'PutItem',
  updateItem: 'UpdateItem',
  deleteItem: 'DeleteItem',
  query: 'Query',
  scan: 'Scan',
  batchGetItem: 'BatchGetItem',
  batchWriteItem: 'BatchWriteItem',
  transactGetItems: 'TransactGetItems',
  transactWriteItems: 'TransactWriteItems',
  executeStatement: 'ExecuteStatement',
  batchExecuteStatement: 'BatchExecuteStatement',
  executeTransaction: 'ExecuteTransaction',
  createTable: 'CreateTable',
  updateTable: 'UpdateTable',
  updateTimeToLive: 'UpdateTimeToLive',
}

/**
 * AWS SDK for JavaScript v2: `DocumentClient` and `DynamoDB`, with promises or callbacks.
 * https://docs.aws.amazon.com/AWSJavaScriptSDK/latest/AWS/DynamoDB/DocumentClient.html
 */
export const sdkV2: ClientLibrary = {
  name: 'AWS SDK v2',
  version: 'v2',
  commands: {},
  paginators: {},
  clients: [
    {
      made: [
        'aws-sdk#DynamoDB.DocumentClient',
        'aws-sdk/clients/dynamodb#DocumentClient',
        'aws-sdk/clients/dynamodb#DynamoDB.DocumentClient',
        'aws-sdk/clients/all#DynamoDB.DocumentClient',
      ],
      from: [],
      methods: DOCUMENT_METHODS,
      values: 'document',
    },
    {
      made: [
        'aws-sdk#DynamoDB',
        'aws-sdk/clients/dynamodb#',
        'aws-sdk/clients/dynamodb#DynamoDB',
        'aws-sdk/clients/all#DynamoDB',
      ],
      from: [],
      methods: LOW_LEVEL_METHODS,
      values: 'attribute-value',
    },
  ],
}
