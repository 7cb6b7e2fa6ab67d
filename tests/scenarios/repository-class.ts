// filename: src/accounts/handler.ts
// A base class for repositories, one that extends it, and a handler wrapped by middy.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import middy from '@middy/core'
import httpJsonBodyParser from '@middy/http-json-body-parser'
import type { APIGatewayProxyEvent } from 'aws-lambda'

interface Account {
  accountId: string
  owner: string
  balance: number
  frozen: boolean
  version: number
}

abstract class Repository {
  protected readonly documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))

  protected abstract readonly tableName: string

  async get(key: Record<string, string>) {
    const { Item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: key }),
    )
    return Item
  }
}

class AccountRepository extends Repository {
  protected readonly tableName = 'Accounts'

  async load(accountId: string): Promise<Account> {
    const item = await this.get({ accountId })
    if (!item) throw new Error(`There is no account ${accountId}.`)
    return item as Account
  }

  async setBalance(accountId: string, balance: number): Promise<void> {
    await this.documents.send(
      new UpdateCommand({
        TableName: this.tableName,
        Key: { accountId },
        UpdateExpression: 'SET balance = :balance',
        ExpressionAttributeValues: { ':balance': balance },
      }),
    )
  }

  async saveVersion(account: Account): Promise<void> {
    await this.documents.send(
      new PutCommand({
        TableName: this.tableName,
        Item: { ...account, version: account.version + 1 },
        ConditionExpression: 'version = :version',
        ExpressionAttributeValues: { ':version': account.version },
      }),
    )
  }
}

const accounts = new AccountRepository()

async function deposit(accountId: string, amount: number) {
  const account = await accounts.load(accountId)
  if (account.frozen) throw new Error('The account is frozen.')
  await accounts.setBalance(accountId, account.balance + amount)
//               ^^^^^^^^^^ no-unconditional-read-modify-write: `balance` of `Accounts` is read in line 65, and a value derived from that is written back with no condition (AccountRepository.setBalance ← deposit ← book): of two requests at once, one is lost.
}

async function withdraw(accountId: string, amount: number) {
  const account = await accounts.load(accountId)
  if (account.balance < amount) throw new Error('Not enough.')
  account.balance -= amount
  await accounts.saveVersion(account)
}

const book = async (event: APIGatewayProxyEvent & { body: { amount: number } }) => {
  const accountId = event.pathParameters?.accountId ?? ''
  const { amount } = event.body
  if (amount > 0) await deposit(accountId, amount)
  else await withdraw(accountId, -amount)
  return { statusCode: 204, body: '' }
}

export const handler = middy(book).use(httpJsonBodyParser())
