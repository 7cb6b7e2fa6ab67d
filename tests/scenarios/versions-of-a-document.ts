// settings: {"tables":{"Documents":{"partitionKey":"PK","sortKey":"SK"}}}
// Sort keys with numbers, some of them read by their order.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

interface Version {
  documentId: string
  number: number
  text: string
}

export async function keep({ documentId, number, text }: Version): Promise<void> {
  await documents.send(
    new PutCommand({
      TableName: 'Documents',
      Item: { PK: `DOC#${documentId}`, SK: `V#${number}`, text },
//                                         ^^^^^^^^^^^^^ no-unpadded-sort-key: Sort key `SK` of `Documents` holds a number as it is (`V#${number}`) (keep): as text, 10 comes before 9
      ConditionExpression: 'attribute_not_exists(PK)',
    }),
  )
}

export async function keepPage(documentId: string, page: number, text: string): Promise<void> {
  await documents.send(
    new PutCommand({
      TableName: 'Documents',
      Item: { PK: `PAGES#${documentId}`, SK: `P#${page}`, text },
      ConditionExpression: 'attribute_not_exists(PK)',
    }),
  )
}

export async function latest(documentId: string): Promise<unknown> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: 'Documents',
      KeyConditionExpression: 'PK = :document AND begins_with(SK, :version)',
      ExpressionAttributeValues: { ':document': `DOC#${documentId}`, ':version': 'V#' },
      ScanIndexForward: false,
      Limit: 1,
    }),
  )
  return Items[0]
}
