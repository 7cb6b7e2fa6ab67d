/** Writes that rest on an existence test, each a whole file. */

const imports = (names: string): string =>
  `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ${names} } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = 'Things'

`

/** What a suggestion has to make of each; the outputs are in the tests. */
export const fixtures: Readonly<Record<string, string>> = {
  'an item is created': `${imports('GetCommand, PutCommand')}export async function create(id: string, title: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (Item) throw new Error('There is one')
  await documents.send(new PutCommand({ TableName, Item: { id, title } }))
}
`,
  'the key is a reserved word': `${imports('GetCommand, PutCommand')}export async function create(name: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { name } }))
  if (Item) return null
  await documents.send(
    new PutCommand({
      TableName,
      Item: { name, createdAt: new Date().toISOString() },
    }),
  )
  return name
}
`,
  'the key has two attributes, of which a Query says which is which': `${imports('GetCommand, PutCommand, QueryCommand')}export const list = (order: string) =>
  documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: '#order = :order',
      ExpressionAttributeNames: { '#order': 'order' },
      ExpressionAttributeValues: { ':order': order },
    }),
  )

export async function add(line: string, order: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { line, order } }))
  if (Item === undefined) {
    await documents.send(new PutCommand({ TableName, Item: { line, order } }))
  }
}
`,
  'an item is changed, with an alias that is there': `${imports('GetCommand, UpdateCommand')}export async function rename(uuid: string, name: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { uuid } }))
  if (!Item) throw new Error('There is none')
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { uuid },
      UpdateExpression: 'SET #name = :name',
      ExpressionAttributeNames: { '#name': 'name', '#id': 'uuid' },
      ExpressionAttributeValues: { ':name': name },
    }),
  )
}
`,
  'in a transaction': `${imports('GetCommand, TransactWriteCommand')}export async function answer(quiz: string, user: string, choice: number) {
  const Key = { PK: \`QUIZ#\${quiz}\`, SK: \`USER#\${user}\` }
  const { Item } = await documents.send(new GetCommand({ TableName, Key }))
  if (Item) throw new Error('There is an answer')
  await documents.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Put: {
            TableName,
            Item: { PK: \`QUIZ#\${quiz}\`, SK: \`USER#\${user}\`, choice },
          },
        },
      ],
    }),
  )
}
`,
  'asked for by a Query of the whole key': `${imports('PutCommand, QueryCommand')}export async function create(PK: string, SK: string) {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'PK = :pk AND SK = :sk',
      ExpressionAttributeValues: { ':pk': PK, ':sk': SK },
    }),
  )
  if (Items.length > 0) return
  await documents.send(new PutCommand({ TableName, Item: { PK, SK } }))
}
`,
  'low level': `import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({})

export async function create(id: string) {
  const Key = { id: { S: id } }
  const { Item } = await client.send(new GetItemCommand({ TableName: 'Things', Key }))
  if (!Item) {
    await client.send(new PutItemCommand({ TableName: 'Things', Item: { id: { S: id } } }))
  }
}
`,
}

/** Reported, with nothing to offer. */
export const withheld: Readonly<Record<string, string>> = {
  'what is looked up by another attribute': `${imports('PutCommand, QueryCommand')}export async function create(id: string, email: string) {
  const { Count } = await documents.send(
    new QueryCommand({
      TableName,
      IndexName: 'byEmail',
      KeyConditionExpression: 'email = :email',
      ExpressionAttributeValues: { ':email': email },
    }),
  )
  if (Count) throw new Error('Taken')
  await documents.send(new PutCommand({ TableName, Item: { id, email } }))
}
`,
  'a batch, which takes no conditions': `${imports('BatchWriteCommand, GetCommand')}export async function create(id: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (Item) return
  await documents.send(
    new BatchWriteCommand({ RequestItems: { Things: [{ PutRequest: { Item: { id } } }] } }),
  )
}
`,
  'a request that others use, too': `${imports('GetCommand, PutCommand')}export async function create(id: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  const request = { TableName, Item: { id } }
  if (!Item) await documents.send(new PutCommand(request))
  return request
}
`,
  'a wrapper that others use, too': `${imports('GetCommand, PutCommand')}const put = (Item: Record<string, unknown>) =>
  documents.send(new PutCommand({ TableName, Item }))

export async function create(id: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (!Item) await put({ id })
}

export async function replace(id: string) {
  await put({ id })
}
`,
}
