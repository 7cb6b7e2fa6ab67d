// Writes that notice a change between the read and the write, or that need no read.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = 'Accounts'

interface Account {
  id: string
  owner: string
  balance: number
  status: string
  version: number
}

async function read(id: string): Promise<Account> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  return Item as Account
}

export async function deposit(id: string, amount: number): Promise<void> {
  const account = await read(id)
  await documents.send(
    new PutCommand({
      TableName,
      Item: { ...account, balance: account.balance + amount, version: account.version + 1 },
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': account.version },
    }),
  )
}

export async function withdraw(id: string, amount: number): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET balance = balance - :amount',
      ConditionExpression: 'balance >= :amount',
      ExpressionAttributeValues: { ':amount': amount },
    }),
  )
}

export async function close(id: string): Promise<void> {
  const account = await read(id)
  if (account.status !== 'open') throw new Error('It is closed already.')
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET #status = :closed',
      ConditionExpression: '#status = :open',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':closed': 'closed', ':open': 'open' },
    }),
  )
}

export async function rename(id: string, user: string, title: string): Promise<void> {
  const account = await read(id)
  if (account.owner !== user) throw new Error('Not yours.')
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET title = :title ADD visits :one',
      ExpressionAttributeValues: { ':title': title, ':one': 1 },
    }),
  )
}
