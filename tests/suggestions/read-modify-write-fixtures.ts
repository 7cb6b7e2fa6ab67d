/** Unguarded read-modify-writes, each a whole file. */

const imports = (names: string): string =>
  `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ${names} } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = 'Things'

`

const getUpdate = imports('GetCommand, UpdateCommand')

const aggregated = `import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocument.from(new DynamoDB({}))
const TableName = 'Things'

`

/** What a suggestion has to make of each; the outputs are in the tests. */
export const fixtures: Readonly<Record<string, string>> = {
  'a counter that nothing else reads': `${getUpdate}export async function visit(id: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  const visits = (Item?.visits ?? 0) + 1

  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET visits = :visits',
      ExpressionAttributeValues: { ':visits': visits },
    }),
  )
}
`,
  'a bound on the old value': `${getUpdate}export async function take(id: string, quantity: number) {
  const { Item: product } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (!product) throw new Error('No such product')
  if (!product.stock || product.stock < quantity) throw new Error('Not enough')
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET stock = :s',
      ExpressionAttributeValues: {
        ':s': product.stock - quantity,
      },
    }),
  )
}
`,
  'a bound on the new value': `${getUpdate}export async function pay(id: string, amount: number) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  const balance = Item?.balance - amount
  if (balance < 0) throw new Error('Too little')
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET #b = :balance, paidAt = :now',
      ConditionExpression: 'attribute_exists(id) OR attribute_exists(#b)',
      ExpressionAttributeNames: { '#b': 'balance' },
      ExpressionAttributeValues: { ':balance': balance, ':now': Date.now() },
    }),
  )
}
`,
  'a cap': `${getUpdate}const seats = { most: 20 }

export async function join(id: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (Item && Item.taken >= seats.most) throw new Error('Full')
  const params = {
    TableName,
    Key: { id },
    UpdateExpression: 'SET taken = :taken',
    ExpressionAttributeValues: { ':taken': (Item?.taken || 0) + 1 },
  }
  await documents.send(new UpdateCommand(params))
}
`,
  'a variable changed in steps': `${getUpdate}export async function refund(id: string, amount: number) {
  const response = await documents.send(new GetCommand({ TableName, Key: { id } }))
  let balance = response.Item!.balance
  balance += amount
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: "SET balance = :balance",
      ExpressionAttributeValues: { ":balance": balance },
    }),
  )
}
`,
  'a list that grows': `${getUpdate}export async function note(id: string, text: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  const notes = [...(Item?.notes ?? []), { text, at: Date.now() }]
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET notes = :notes',
      ExpressionAttributeValues: { ':notes': notes },
    }),
  )
}
`,
  'a list that grows at its head': `${getUpdate}export async function push(id: string, event: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (!Item) return
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET recent = :recent',
      ExpressionAttributeValues: { ':recent': [event, ...Item.recent] },
    }),
  )
}
`,
  'destructured, aggregated client': `${aggregated}export async function spend(id: string, input: { points: number }) {
  const { Item = {} } = await documents.get({ TableName, Key: { id } })
  const { points = 0, name } = Item
  await documents.update({ TableName, Key: { id }, UpdateExpression: 'SET points = :p', ExpressionAttributeValues: { ':p': points - Number(input.points) } })
  return name
}
`,
  'a value that only a condition can guard': `${getUpdate}export async function grow(id: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (!Item) throw new Error('No such item')
  const size = Math.round(Item.size * 1.1)
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET #size = :size',
      ExpressionAttributeNames: { '#size': 'size' },
      ExpressionAttributeValues: { ':size': size },
    }),
  )
}
`,
  'a state that must not be': `${getUpdate}export async function ship(id: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (Item?.status === 'cancelled') throw new Error('Cancelled')
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET #status = :shipped',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':shipped': 'shipped' },
    }),
  )
}
`,
  'a flag that is not set yet': `${getUpdate}export async function use(id: string, userId: string) {
  const { Item: coupon } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (!coupon || coupon.usedBy) throw new Error('Used')
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET usedBy = :user',
      ExpressionAttributeValues: { ':user': userId },
    }),
  )
}
`,
  'a state tested by a helper': `${getUpdate}const open = ['new', 'paid']

export async function close(id: string) {
  const { Item: order } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (!order) throw new Error('No such order')
  if (!open.includes(order.state)) throw new Error('Closed')
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET #s = :closed',
      ExpressionAttributeNames: { '#s': 'state' },
      ExpressionAttributeValues: { ':closed': 'closed' },
    }),
  )
}
`,
  'a version that is counted': `${imports('GetCommand, PutCommand')}export async function save(id: string, title: string) {
  const { Item: page } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (!page) throw new Error('No such page')
  const next = { ...page, title, version: page.version + 1 }
  await documents.send(new PutCommand({ TableName, Item: next }))
  return next
}
`,
  'a time that is set anew': `${imports('GetCommand, PutCommand')}export async function save(id: string, title: string) {
  const result = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (!result.Item) throw new Error('No such page')
  await documents.send(
    new PutCommand({
      TableName,
      Item: { ...result.Item, title, updatedAt: new Date().toISOString() },
    }),
  )
}
`,
  'deleted in one state': `${imports('DeleteCommand, GetCommand')}export async function remove(id: string) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (Item?.archived !== true) throw new Error('Archive it first')
  await documents.send(new DeleteCommand({ TableName, Key: { id } }))
}
`,
  'attribute values': `import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({})
const TableName = 'Things'

export async function start(id: string) {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))
  if (Item?.phase?.S !== 'ready') throw new Error('Not ready')
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: { id: { S: id } },
      UpdateExpression: 'SET phase = :running',
      ExpressionAttributeValues: { ':running': { S: 'running' } },
    }),
  )
}
`,
  'numbers as attribute values': `import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({})
const TableName = 'Things'

export async function take(id: string, quantity: number) {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))
  const stock = Number(Item?.stock?.N)
  if (stock < quantity) throw new Error('Not enough')
  const left = stock - quantity
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: { id: { S: id } },
      UpdateExpression: 'SET stock = :left',
      ExpressionAttributeValues: { ':left': { N: String(left) } },
    }),
  )
}
`,
  'a number as text': `import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({})
const TableName = 'Things'

export async function count(id: string) {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))
  if (!Item) throw new Error('No such item')
  const visits = parseInt(Item.visits!.N!) + 1
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: { id: { S: id } },
      UpdateExpression: 'SET visits = :visits',
      ExpressionAttributeValues: { ':visits': { N: visits.toString() } },
    }),
  )
}
`,
  'SDK v2': `import DynamoDB from 'aws-sdk/clients/dynamodb'

const documents = new DynamoDB.DocumentClient()
const TableName = 'Things'

export async function earn(id: string, points: number) {
  const { Item } = await documents.get({ TableName, Key: { id } }).promise()
  const total = (Item?.points ?? 0) + points
  await documents
    .update({
      TableName,
      Key: { id },
      UpdateExpression: 'SET points = :total',
      ExpressionAttributeValues: { ':total': total },
    })
    .promise()
  return total
}
`,
  'a transaction': `${imports('GetCommand, TransactWriteCommand')}export async function move(from: string, to: string, amount: number) {
  const { Item: account } = await documents.send(new GetCommand({ TableName, Key: { id: from } }))
  if (!account || account.balance < amount) throw new Error('Too little')
  await documents.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Update: {
            TableName,
            Key: { id: from },
            UpdateExpression: 'SET balance = :rest',
            ExpressionAttributeValues: { ':rest': account.balance - amount },
          },
        },
        {
          Update: {
            TableName,
            Key: { id: to },
            UpdateExpression: 'SET balance = balance + :amount',
            ExpressionAttributeValues: { ':amount': amount },
          },
        },
      ],
    }),
  )
}
`,
  'a wrapper of the request': `${imports('GetCommand, UpdateCommand, type UpdateCommandInput')}const client = {
  get: async (id: string) =>
    (await documents.send(new GetCommand({ TableName, Key: { id } }))).Item,
  update: async (input: Omit<UpdateCommandInput, 'TableName'>) => {
    await documents.send(new UpdateCommand({ ...input, TableName }))
  },
}

export async function cancel(id: string) {
  const order = await client.get(id)
  if (!order) throw new Error('No such order')
  if (order.state !== 'new' && order.state !== 'paid') throw new Error('Too late')
  await client.update({
    Key: { id },
    UpdateExpression: 'SET #state = :cancelled',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':cancelled': 'cancelled' },
  })
}

export async function rename(id: string, title: string) {
  await client.update({
    Key: { id },
    UpdateExpression: 'SET title = :title',
    ExpressionAttributeValues: { ':title': title },
  })
}
`,
  'a bound that the condition has already': `${getUpdate}export async function join(id: string, cap: number) {
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (!Item) throw new Error('No such item')
  if (Item.taken >= cap) throw new Error('Full')
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET taken = :taken',
      ConditionExpression: 'taken < :cap',
      ExpressionAttributeValues: { ':taken': Item.taken + 1, ':cap': cap },
    }),
  )
}
`,
}
