import type { RequestFindingCode } from '../../src/requests/finding.ts'
import type { OperationKind } from '../../src/requests/operation-kind.ts'

/** A request of the low-level interface on the table `Orders` (`pk`, `sk`), and what is wrong with it. */
export interface Case {
  readonly title: string
  readonly operation: OperationKind
  readonly request: Readonly<Record<string, unknown>>
  readonly finds: readonly RequestFindingCode[]
  /** Where an engine's answer is known to differ from the service's: the engines, and why. */
  readonly differs?: Readonly<Partial<Record<'dynalite' | 'Dynoxide', string>>>
}

const Key = { pk: { S: 'a' }, sk: { S: 'b' } }
const TableName = 'Orders'
const query = {
  TableName,
  KeyConditionExpression: 'pk = :p',
  ExpressionAttributeValues: { ':p': { S: 'a' } },
}
const keys = (count: number): readonly object[] =>
  Array.from({ length: count }, (_, index) => ({ pk: { S: String(index) }, sk: { S: 'b' } }))

export const cases: readonly Case[] = [
  { title: 'a plain read', operation: 'GetItem', request: { TableName, Key }, finds: [] },
  { title: 'a plain query', operation: 'Query', request: query, finds: [] },
  {
    title: 'no table',
    operation: 'GetItem',
    request: { Key },
    finds: ['missingMember'],
  },
  {
    title: 'no key',
    operation: 'GetItem',
    request: { TableName },
    finds: ['missingMember'],
  },
  {
    title: 'no key condition',
    operation: 'Query',
    request: { TableName },
    finds: ['keyConditionMissing'],
  },
  {
    title: 'a table name that none can have',
    operation: 'GetItem',
    request: { TableName: 'my orders', Key },
    finds: ['memberRange'],
  },
  {
    title: 'a limit of nothing',
    operation: 'Scan',
    request: { TableName, Limit: 0 },
    finds: ['memberRange'],
  },
  {
    title: 'a limit in words',
    operation: 'Scan',
    request: { TableName, Limit: '10' },
    finds: ['memberType'],
  },
  {
    title: 'a number for a table',
    operation: 'Scan',
    request: { TableName: 5 },
    finds: ['memberType'],
  },
  {
    title: 'a member that a boolean cannot be',
    operation: 'GetItem',
    request: { TableName, Key, ConsistentRead: 1 },
    finds: ['memberType'],
  },
  {
    title: 'an unknown selection',
    operation: 'Query',
    request: { ...query, Select: 'ALL' },
    finds: ['memberValue'],
  },
  {
    title: 'new values of a put',
    operation: 'PutItem',
    request: { TableName, Item: Key, ReturnValues: 'ALL_NEW' },
    finds: ['returnValues'],
  },
  {
    title: 'old values of a put',
    operation: 'PutItem',
    request: { TableName, Item: Key, ReturnValues: 'ALL_OLD' },
    finds: [],
  },
  {
    title: 'updated values of a delete',
    operation: 'DeleteItem',
    request: { TableName, Key, ReturnValues: 'UPDATED_OLD' },
    finds: ['returnValues'],
    differs: { dynalite: 'the service says the same as of a put; dynalite looks at puts only' },
  },
  {
    title: 'a segment of an unknown number',
    operation: 'Scan',
    request: { TableName, Segment: 1 },
    finds: ['segments'],
  },
  {
    title: 'a number of segments and none of them',
    operation: 'Scan',
    request: { TableName, TotalSegments: 2 },
    finds: ['segments'],
  },
  {
    title: 'a segment after the last',
    operation: 'Scan',
    request: { TableName, Segment: 2, TotalSegments: 2 },
    finds: ['segments'],
  },
  {
    title: 'the last segment',
    operation: 'Scan',
    request: { TableName, Segment: 1, TotalSegments: 2 },
    finds: [],
  },
  {
    title: 'a consistent read of a global index',
    operation: 'Query',
    request: {
      ...query,
      IndexName: 'byG',
      KeyConditionExpression: 'gpk = :p',
      ConsistentRead: true,
    },
    finds: ['consistentReadOnIndex'],
  },
  {
    title: 'a consistent read of a local index',
    operation: 'Query',
    request: { ...query, IndexName: 'byL', ConsistentRead: true },
    finds: [],
  },
  {
    title: 'a plain value for a key',
    operation: 'GetItem',
    request: { TableName, Key: { pk: 'a', sk: 'b' } },
    finds: ['plainValue'],
  },
  {
    title: 'a number that is no text',
    operation: 'PutItem',
    request: { TableName, Item: { ...Key, n: { N: 5 } } },
    finds: ['invalidValue'],
  },
  {
    title: 'a number that is none',
    operation: 'PutItem',
    request: { TableName, Item: { ...Key, n: { N: 'five' } } },
    finds: ['invalidValue'],
  },
  {
    title: 'an empty set',
    operation: 'PutItem',
    request: { TableName, Item: { ...Key, tags: { SS: [] } } },
    finds: ['invalidValue'],
  },
  {
    title: 'a set with the same twice',
    operation: 'PutItem',
    request: { TableName, Item: { ...Key, tags: { SS: ['a', 'a'] } } },
    finds: ['invalidValue'],
  },
  {
    title: 'null that is not',
    operation: 'PutItem',
    request: { TableName, Item: { ...Key, none: { NULL: false } } },
    finds: ['invalidValue'],
  },
  {
    title: 'a value of no type, in a list',
    operation: 'PutItem',
    request: { TableName, Item: { ...Key, list: { L: [{ S: 'a' }, {}] } } },
    finds: ['invalidValue'],
  },
  {
    title: 'a value of two types, in a map',
    operation: 'PutItem',
    request: { TableName, Item: { ...Key, map: { M: { a: { S: 'a', N: '1' } } } } },
    finds: ['invalidValue'],
  },
  {
    title: 'values of all types',
    operation: 'PutItem',
    request: {
      TableName,
      Item: {
        ...Key,
        n: { N: '-1.5e3' },
        b: { B: 'YQ==' },
        yes: { BOOL: true },
        none: { NULL: true },
        tags: { SS: ['a', 'b'] },
        list: { L: [{ M: { a: { L: [] } } }] },
        map: { M: {} },
      },
    },
    finds: [],
  },
  {
    title: 'a key without attributes',
    operation: 'GetItem',
    request: { TableName, Key: {} },
    finds: ['keyValue'],
  },
  {
    title: 'a key of three attributes',
    operation: 'GetItem',
    request: { TableName, Key: { ...Key, a: { S: 'a' } } },
    finds: ['keyValue'],
  },
  {
    title: 'a key that is a boolean',
    operation: 'DeleteItem',
    request: { TableName, Key: { pk: { BOOL: true }, sk: { S: 'b' } } },
    finds: ['keyValue'],
  },
  {
    title: 'a key that is empty',
    operation: 'GetItem',
    request: { TableName, Key: { pk: { S: '' }, sk: { S: 'b' } } },
    finds: ['keyValue'],
  },
  {
    title: 'a hundred keys',
    operation: 'BatchGetItem',
    request: { RequestItems: { Orders: { Keys: keys(100) } } },
    finds: [],
  },
  {
    title: 'a hundred and one keys',
    operation: 'BatchGetItem',
    request: { RequestItems: { Orders: { Keys: keys(101) } } },
    finds: ['batchSize'],
  },
  {
    title: 'a key twice',
    operation: 'BatchGetItem',
    request: { RequestItems: { Orders: { Keys: [...keys(2), ...keys(1)] } } },
    finds: ['repeatedItem'],
  },
  {
    title: 'no keys',
    operation: 'BatchGetItem',
    request: { RequestItems: { Orders: { Keys: [] } } },
    finds: ['memberRange'],
  },
  {
    title: 'no tables',
    operation: 'BatchWriteItem',
    request: { RequestItems: {} },
    finds: ['memberRange'],
  },
  {
    title: 'twenty-five writes',
    operation: 'BatchWriteItem',
    request: { RequestItems: { Orders: keys(25).map((Key) => ({ DeleteRequest: { Key } })) } },
    finds: [],
  },
  {
    title: 'twenty-six writes',
    operation: 'BatchWriteItem',
    request: { RequestItems: { Orders: keys(26).map((Key) => ({ DeleteRequest: { Key } })) } },
    finds: ['batchSize'],
  },
  {
    title: 'a put and a delete of one item in a batch',
    operation: 'BatchWriteItem',
    request: {
      RequestItems: {
        Orders: [{ PutRequest: { Item: { ...Key, a: { S: 'a' } } } }, { DeleteRequest: { Key } }],
      },
    },
    finds: ['repeatedItem'],
  },
  {
    title: 'an entry with two actions',
    operation: 'BatchWriteItem',
    request: {
      RequestItems: {
        Orders: [
          { PutRequest: { Item: { pk: { S: 'c' }, sk: { S: 'd' } } }, DeleteRequest: { Key } },
        ],
      },
    },
    finds: ['entryAction'],
    differs: {
      dynalite: 'the API reference asks for two entries; dynalite takes the put',
      Dynoxide: 'the API reference asks for two entries; Dynoxide takes one of them',
    },
  },
  {
    title: 'an entry without an action',
    operation: 'BatchWriteItem',
    request: { RequestItems: { Orders: [{}] } },
    finds: ['entryAction'],
  },
  {
    title: 'a check and a put of one item',
    operation: 'TransactWriteItems',
    request: {
      TransactItems: [
        { ConditionCheck: { TableName, Key, ConditionExpression: 'attribute_exists(pk)' } },
        { Put: { TableName, Item: { ...Key, a: { S: 'a' } } } },
      ],
    },
    finds: ['repeatedItem'],
  },
  {
    title: 'two items in a transaction',
    operation: 'TransactWriteItems',
    request: {
      TransactItems: [
        { Put: { TableName, Item: { ...Key, a: { S: 'a' } } } },
        { Delete: { TableName, Key: { ...Key, sk: { S: 'c' } } } },
      ],
    },
    finds: [],
  },
  {
    title: 'one item read twice in a transaction',
    operation: 'TransactGetItems',
    request: { TransactItems: [{ Get: { TableName, Key } }, { Get: { TableName, Key } }] },
    finds: ['repeatedItem'],
  },
  {
    title: 'an entry of a transaction with two actions',
    operation: 'TransactWriteItems',
    request: {
      TransactItems: [
        { Put: { TableName, Item: Key }, Delete: { TableName, Key: { ...Key, sk: { S: 'c' } } } },
      ],
    },
    finds: ['entryAction'],
    differs: { Dynoxide: 'the service names this fault; Dynoxide takes one of the two' },
  },
  {
    title: 'an update in a transaction that changes nothing',
    operation: 'TransactWriteItems',
    request: { TransactItems: [{ Update: { TableName, Key } }] },
    finds: ['missingMember'],
  },
  {
    title: 'a transaction of nothing',
    operation: 'TransactWriteItems',
    request: { TransactItems: [] },
    finds: ['memberRange'],
  },
  {
    title: 'a statement of nothing',
    operation: 'ExecuteStatement',
    request: { Statement: '' },
    finds: ['memberRange'],
  },
  {
    title: 'a table of one key',
    operation: 'CreateTable',
    request: {
      TableName: 'New1',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
    },
    finds: [],
  },
  {
    title: 'a table with an index',
    operation: 'CreateTable',
    request: {
      TableName: 'New2',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'a', AttributeType: 'S' },
        { AttributeName: 'b', AttributeType: 'N' },
      ],
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byB',
          KeySchema: [{ AttributeName: 'b', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    },
    finds: [],
  },
  {
    title: 'an attribute defined that is no key',
    operation: 'CreateTable',
    request: {
      TableName: 'New3',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'a', AttributeType: 'S' },
        { AttributeName: 'b', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
    },
    finds: ['keyDefinition'],
  },
  {
    title: 'a key of an index that is not defined',
    operation: 'CreateTable',
    request: {
      TableName: 'New4',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byB',
          KeySchema: [{ AttributeName: 'b', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    },
    finds: ['keyDefinition'],
  },
  {
    title: 'a key that is partition and sort key',
    operation: 'CreateTable',
    request: {
      TableName: 'New5',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
      KeySchema: [
        { AttributeName: 'a', KeyType: 'HASH' },
        { AttributeName: 'a', KeyType: 'RANGE' },
      ],
    },
    finds: ['keyDefinition'],
  },
  {
    title: 'a sort key first',
    operation: 'CreateTable',
    request: {
      TableName: 'New6',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'a', AttributeType: 'S' },
        { AttributeName: 'b', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'b', KeyType: 'RANGE' },
        { AttributeName: 'a', KeyType: 'HASH' },
      ],
    },
    finds: ['keyDefinition'],
  },
  {
    title: 'a type that no key has',
    operation: 'CreateTable',
    request: {
      TableName: 'New7',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'STRING' }],
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
    },
    finds: ['memberValue'],
  },
]
