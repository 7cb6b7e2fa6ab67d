// filename: src/repositories/ballots.js
// Requests that DynamoDB or its client libraries refuse, whatever their expressions say; some by way of a wrapper.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import {
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb'

const client = new DynamoDBClient({})
const documents = DynamoDBDocumentClient.from(client)
const TableName = 'Ballots'

const transact = (items) => documents.send(new TransactWriteCommand({ TransactItems: items }))

/** The check belongs to the delete itself. */
export async function withdraw(ballot, voter, before) {
  await transact([
    //  ^^^^^^^^ valid-request: TransactItems[0].ConditionCheck and TransactItems[1].Delete are one item.
    {
      ConditionCheck: {
        TableName,
        Key: { ballot, voter },
        ConditionExpression: 'choice = :before',
        ExpressionAttributeValues: { ':before': before },
      },
    },
    { Delete: { TableName, Key: { ballot, voter } } },
    { Update: { TableName, Key: { ballot, voter: 'TALLY' }, UpdateExpression: 'REMOVE closed' } },
  ])
}

/** Two voters: two items. */
export async function transfer(ballot, from, to) {
  await transact([
    { Delete: { TableName, Key: { ballot, voter: from } } },
    { Put: { TableName, Item: { ballot, voter: to } } },
  ])
}

export const open = (ballot, title) =>
  client.send(
    new PutItemCommand({
      TableName,
      Item: { ballot: { S: ballot }, voter: 'HEAD', title: { S: title } },
      //                                    ^^^^^^ valid-request: `PutItemCommand` takes attribute values such as `{ S: … }`, and `voter` is given a plain one
      ReturnValues: 'ALL_NEW',
      //            ^^^^^^^^^ valid-request: DynamoDB rejects this: ReturnValues can only be ALL_OLD or NONE
    }),
  )

const page = (request) => documents.send(new QueryCommand({ TableName, ...request }))

export const votes = (ballot, last) =>
  page({
    KeyConditionExpression: 'ballot = :ballot',
    ExpressionAttributeValues: { ':ballot': ballot },
    ExclusiveStartkey: last,
//  ^^^^^^^^^^^^^^^^^ valid-request: `ExclusiveStartkey` is no member of a Query request, and SDK v3 leaves it out without a word. Did you mean `ExclusiveStartKey`?
  })

export const everything = () => page({})
//                              ^^^^ valid-request: DynamoDB rejects this: Either the KeyConditions or KeyConditionExpression parameter

export const half = (segment) =>
  documents.send(
    new ScanCommand({
      TableName,
      Segment: segment,
      AttributesToGet: ['voter', 'choice'],
//    ^^^^^^^^^^^^^^^ no-legacy-parameters: `AttributesToGet`: legacy
    }),
  )

export const firstHalf = () => half(0)
//                             ^^^^ valid-request: DynamoDB rejects this: The TotalSegments parameter is required
