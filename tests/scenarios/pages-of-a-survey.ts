// Answers of a survey: what one page cannot tell, and what asks for less than a Query.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = 'Answers'

export async function countOf(survey: string): Promise<number> {
  const page = await documents.send(
    new QueryCommand({
//      ^^^^^^^^^^^^ require-pagination: This Query of `Answers` (countOf) gives one page
//      ^^^^^^^^^^^^ no-client-side-filter: The Query of `Answers` reads and sends whole items, and this only takes their number
      TableName,
      KeyConditionExpression: 'survey = :s',
      ExpressionAttributeValues: { ':s': survey },
    }),
  )
  return page.Items?.length ?? 0
}

export async function firstYes(survey: string) {
  const { Items } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'survey = :s',
      FilterExpression: 'answer = :yes',
      ExpressionAttributeValues: { ':s': survey, ':yes': 'yes' },
      Limit: 1,
//    ^^^^^ no-limit-with-filter: Limit counts the items of `Answers` that this Query reads
    }),
  )
  return Items?.[0]
}

export async function allOf(survey: string) {
  const found = []
  const pages = paginateQuery(
    { client: documents },
    {
      TableName,
      KeyConditionExpression: 'survey = :s',
      ExpressionAttributeValues: { ':s': survey },
    },
  )
  for await (const { Items = [] } of pages) found.push(...Items)
  return found.length
}
