// filename: src/handlers/search.ts
// Texts of a request in expressions and statements, and lists of any length in requests that take so many.
import { DynamoDBClient, ExecuteStatementCommand } from '@aws-sdk/client-dynamodb'
import { BatchWriteCommand, DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'

const client = new DynamoDBClient({})
const documents = DynamoDBDocumentClient.from(client)
const TableName = process.env.TABLE_NAME
const SORTABLE = new Set(['placed', 'weight'])

export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const query = event.queryStringParameters ?? {}
  const body = JSON.parse(event.body ?? '{}')
  if (query.state) await byState(query.state)
  await mark(body.order, body.position)
  await drop(body.parcels)
  if (SORTABLE.has(body.sort)) await touch(body.sort)
  await client.send(
    new ExecuteStatementCommand({
      Statement: `SELECT * FROM "${TableName}" WHERE owner = '${query.owner}' AND weight > ${Number(query.weight)}`,
      //                                                        ^^^^^^^^^^^ no-expression-injection: `query.owner`, which a request brings (Lambda handler), is put into the PartiQL statement as text
    }),
  )
  return { statusCode: 200, body: '' }
}

async function byState(state: string) {
  return documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'parcelState = ' + state,
      //                                   ^^^^^ no-expression-injection: `state`, which a request brings (Lambda handler), is put into the FilterExpression as text
      ExpressionAttributeValues: { ':pk': 'PARCEL' },
    }),
  )
}

async function mark(id: string, position: number) {
  if (position < 0) throw new RangeError('no such position')
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { pk: id },
      UpdateExpression: `SET parcels[${position}].done = :yes`,
      //                               ^^^^^^^^ no-expression-injection: `position`, which a request brings (Lambda handler), stands in the UpdateExpression as the index of a list
      ExpressionAttributeValues: { ':yes': true },
    }),
  )
}

/** What may be sorted by is looked up. */
async function touch(attribute: string) {
  await documents.send(
    new UpdateCommand({ TableName, Key: { pk: 'SORT' }, UpdateExpression: `ADD uses.${attribute} :one`, ExpressionAttributeValues: { ':one': 1 } }),
  )
}

async function drop(parcels: string[]) {
  await documents.send(
    new BatchWriteCommand({
    //  ^^^^^^^^^^^^^^^^^ require-unprocessed-retry: Nobody looks at UnprocessedItems
      RequestItems: { Parcels: parcels.map((pk) => ({ DeleteRequest: { Key: { pk } } })) },
      //                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no-unchunked-batch: `parcels.map((pk) => ({ DeleteRequest: { Key: { pk } } }))` may hold any number of puts and deletes
    }),
  )
}
