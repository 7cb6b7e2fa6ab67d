// filename: src/server/routers/wallet.ts
// A tRPC router: a transfer that can lose money, one that cannot, and a look for the richest.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  paginateScan,
} from '@aws-sdk/lib-dynamodb'
import { initTRPC } from '@trpc/server'
import { z } from 'zod'

const t = initTRPC.create()
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = 'Wallets'

const transferInput = z.object({ from: z.string(), to: z.string(), amount: z.number().positive() })

async function balanceOf(walletId: string): Promise<number> {
  const { Item } = await client.send(new GetCommand({ TableName, Key: { walletId } }))
  return Item?.balance ?? 0
}

export const walletRouter = t.router({
  richest: t.procedure.query(async () => {
    let richest
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
//                                     ^^^^^^^^^^^^ no-scan-in-handler: Scan of `Wallets` runs on each query richest (in the handler itself): it reads the whole table.
      for (const wallet of Items) {
        if (!richest || wallet.balance > richest.balance) richest = wallet
      }
    }
    return richest
  }),

  transfer: t.procedure.input(transferInput).mutation(async ({ input }) => {
    const [from, to] = await Promise.all([balanceOf(input.from), balanceOf(input.to)])
    if (from < input.amount) throw new Error('Not enough.')
    const set = (walletId: string, balance: number) => ({
      Update: {
        TableName,
        Key: { walletId },
        UpdateExpression: 'SET balance = :balance',
        ExpressionAttributeValues: { ':balance': balance },
      },
    })
    await client.send(
      new TransactWriteCommand({
//        ^^^^^^^^^^^^^^^^^^^^ no-unconditional-read-modify-write: `balance` of `Wallets` is read in line 37, and a value derived from that is written back with no condition (in the handler itself): of two requests at once, one is lost.
        TransactItems: [set(input.from, from - input.amount), set(input.to, to + input.amount)],
      }),
    )
  }),

  safeTransfer: t.procedure.input(transferInput).mutation(async ({ input }) => {
    const values = { ':amount': input.amount }
    await client.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Update: {
              TableName,
              Key: { walletId: input.from },
              UpdateExpression: 'SET balance = balance - :amount',
              ConditionExpression: 'balance >= :amount',
              ExpressionAttributeValues: values,
            },
          },
          {
            Update: {
              TableName,
              Key: { walletId: input.to },
              UpdateExpression: 'ADD balance :amount',
              ExpressionAttributeValues: values,
            },
          },
        ],
      }),
    )
  }),
})
