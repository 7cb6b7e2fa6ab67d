import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

/** Each guest of a list costs a request of its own. */
export async function guestsOf(ids: readonly string[]) {
  return Promise.all(
    ids.map(async (id) => {
      const { Item } = await documents.send(new GetCommand({ TableName: 'Guests', Key: { id } }))
//                                              ^^^^^^^^^^ no-n-plus-one: Each element of `ids` costs a GetItem
      return Item
    }),
  )
}
