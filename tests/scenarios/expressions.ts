// filename: src/repositories/tasks.ts
// Expressions that DynamoDB rejects: each at its own characters.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = 'Tasks'

function change(id: string, UpdateExpression: string, values: Record<string, unknown>) {
  return documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression,
      ConditionExpression: 'attribute_exist(id)',
      //                    ^^^^^^^^^^^^^^^ valid-expression: DynamoDB rejects this: Invalid ConditionExpression: Invalid function name; function: attribute_exist
      ExpressionAttributeValues: values,
    }),
  )
}

export const rename = (id: string, title: string) =>
  change(id, 'SET name = :title', { ':title': title })
//                ^^^^ no-reserved-attribute-name: `name` is a reserved word

export const assign = (id: string, to: string) =>
  change(id, 'SET assignee = :assignee', { ':to': to })
//                           ^^^^^^^^^ valid-placeholders: `:assignee` is not defined.
//                                         ^^^^^ valid-placeholders: No expression of this request uses `:to`.

export async function list(owner: string, tags: string[], onlyOpen: boolean) {
  const values: Record<string, unknown> = { ':owner': owner }
  const conditions = tags.map((tag, index) => {
    values[`:tag${index}`] = tag
    return `contains(tags, :tag${index})`
  })
  let filter = conditions.join(' AND ')
  if (onlyOpen) filter += ' && open = :yes'
  //                        ^^ valid-expression: DynamoDB rejects this: Invalid FilterExpression: Syntax error; token: "&", near: "… &&"
  const { Items } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'ownerId == :owner',
      //                               ^^ valid-expression: DynamoDB rejects this: Invalid KeyConditionExpression: Syntax error; token: "=", near: "== :owner"
      FilterExpression: filter,
      ExpressionAttributeValues: values,
    }),
  )
  return Items
}
