/** Read-modify-writes for which some suggestion would not come to the same. */

const head = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = 'Things'
declare function next(): number

`

const read = `const { Item } = await documents.send(new GetCommand({ TableName, Key: { id } }))
  if (!Item) throw new Error('No such item')`

const update = (value: string, more = ''): string =>
  `await documents.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET n = :n',
      ExpressionAttributeValues: { ':n': ${value} },${more}
    }),
  )`

const set = (value: string, before = '', more = ''): string =>
  `${head}export async function change(id: string, by: number, from: { count: number }) {
  ${read}
${before === '' ? '' : `  ${before}\n`}  ${update(value, more)}
}
`

/** The condition on what was read is all that is offered. */
export const notAtomic: Readonly<Record<string, string>> = {
  'a call that gives another value each time': set('sum', 'const sum = Item.n + next()'),
  'a text': set(`Item.n + by`, '', '')
    .replace('by: number', 'by: string')
    .replace('Item.n + by', `Item.n + ('a' + by)`),
  'a product': set('Item.n * by'),
  'taken from': set('by - Item.n'),
  'two attributes of the item': set('Item.n + Item.step'),
  'a default that hides a zero': set('(Item.n || 5) + by'),
  'a variable that changes in between': set(
    'sum',
    'let step = by\n  const sum = Item.n + step\n  step += 1\n  if (step > 9) console.log(step)',
  ),
  'a name that means another thing at the write': `${head}export async function change(id: string, by: number) {
  ${read}
  const sum = Item.n + by
  {
    const by = id
    console.log(by)
    ${update('sum')}
  }
}
`,
  'a bound that cannot be said': set(
    'Item.n - by',
    `if (Item.n % 2 === 0 || Item.n < by) throw new Error('Odd')`,
  ),
  'a loop around the write alone': `${head}export async function change(id: string, by: number) {
  ${read}
  for (let attempt = 0; attempt < 3; attempt += 1) {
    ${update('Item.n + by')}
  }
}
`,
  'a value that two actions use': set('Item.n + by').replace('SET n = :n', 'SET n = :n, m = :n'),
}

/** Nothing at all is offered. */
export const withheld: Readonly<Record<string, string>> = {
  'a request that others fill in': set('Item.n * by').replace(
    'TableName,\n      Key',
    '...{ TableName },\n      Key',
  ),
  'a condition from elsewhere': set(
    'Item.n * by',
    `const condition = 'attribute_exists(id)'`,
    '\n      ConditionExpression: condition,',
  ),
}
