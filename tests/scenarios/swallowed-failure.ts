import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

/** Whoever is second is told that the name is theirs. */
export async function claim(name: string) {
  try {
    await documents.send(
      new PutCommand({
        TableName: 'Names',
        Item: { name },
        ConditionExpression: 'attribute_not_exists(#name)',
        ExpressionAttributeNames: { '#name': 'name' },
      }),
    )
  } catch (error) { console.error(error) }
//  ^^^^^ no-swallowed-conditional-failure: A condition that does not hold ends here
  return { claimed: name }
}
