// settings: {"tables":{"Matches":{"partitionKey":"PK","sortKey":"SK","indexes":{"GSI1":{"partitionKey":"GSI1PK","sortKey":"GSI1SK"}}}}}
// An index whose key is always the same.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { APIGatewayProxyHandler } from 'aws-lambda'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

export const handler: APIGatewayProxyHandler = async (event) => {
  const { league, playedAt } = JSON.parse(event.body ?? '')
  const matchId = crypto.randomUUID()
  await documents.send(
    new PutCommand({
      TableName: 'Matches',
      Item: { PK: `MATCH#${matchId}`, SK: 'DETAILS', GSI1PK: 'MATCHES', GSI1SK: playedAt, league },
//                                                           ^^^^^^^^^ no-hot-partition-key: Partition key `GSI1PK` of index `GSI1`
    }),
  )
  return { statusCode: 201, body: matchId }
}
