import { describe, expect, it } from 'vitest'
import { program, reportsOf } from '../support/reports.ts'

const rule = 'prefer-single-table'

/** A handler whose body begins in line 14. */
const handler = (body: string): string => `${program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
  import express from 'express'

  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const get = async (TableName, Key) => (await documents.send(new GetCommand({ TableName, Key }))).Item
  const user = (userId) => get('Users', { userId })
  const order = (orderId) => get('Orders', { orderId })
  const orders = async (userId) => (await documents.send(new QueryCommand({ TableName: 'Orders', IndexName: 'byUser', KeyConditionExpression: 'userId = :u', ExpressionAttributeValues: { ':u': userId } }))).Items
  const config = () => get('Config', { name: 'shipping' })
  const app = express()
`}
app.get('/users/:userId', async (request, response) => { const { userId, orderId } = request.params
${body}
})
`

const said = (body: string, options: readonly unknown[] = []): readonly string[] =>
  reportsOf(rule, handler(body), { options })

it('says which tables are read together, and by what', () => {
  expect(
    said(
      'const [who, all] = await Promise.all([user(userId), orders(userId)])\nresponse.json({ who, all })',
    ),
  ).toEqual([
    '14:39-14:43 user: `Users` and `Orders` are read together on each GET /users/:userId (in the handler itself), all by the same `userId`, with a request for each: as one item collection in one table, one Query would read them.',
  ])
})

describe('reports', () => {
  it.each([
    [
      'reads behind a test of the request',
      'if (!userId) return response.sendStatus(400)\nresponse.json(await Promise.all([user(userId), orders(userId)]))',
    ],
    [
      'reads in a function that the handler calls',
      'const both = () => Promise.all([user(userId), orders(userId)])\nresponse.json(await both())',
    ],
    [
      'reads in a try',
      'try { response.json(await Promise.all([user(userId), orders(userId)])) } catch { response.sendStatus(500) }',
    ],
  ])('%s', (_, body) => {
    expect(said(body)).toHaveLength(1)
  })
})

describe('is silent of', () => {
  it.each([
    ['one table', 'response.json([await user(userId), await user(orderId)])'],
    [
      'a key found in what was read',
      'const what = await order(orderId)\nresponse.json({ what, who: await user(what.userId) })',
    ],
    [
      'keys of their own',
      'const [who, what] = await Promise.all([user(userId), order(orderId)])\nresponse.json({ who, what })',
    ],
    [
      'a read that waits for the other, which is a join',
      'const who = await user(userId)\nresponse.json({ ...who, all: await orders(userId) })',
    ],
    ['a key that is always the same', 'response.json([await user(userId), await config()])'],
    [
      'keys that share what is always the same',
      "response.json(await Promise.all([get('Users', { userId, kind: 'META' }), get('Orders', { orderId, kind: 'META' })]))",
    ],
    [
      'reads on different branches',
      'response.json(orderId ? await order(orderId) : await user(userId))',
    ],
    [
      'a read on a condition',
      'const who = await user(userId)\nif (request.query.all) who.orders = await orders(userId)\nresponse.json(who)',
    ],
    [
      'a read that only asks whether there is something',
      'if (!(await user(userId))) return response.sendStatus(404)\nresponse.json(await order(orderId))',
    ],
    [
      'reads of each of a list',
      'const all = await Promise.all(request.body.ids.map((id) => order(id)))\nresponse.json({ all, who: await user(userId) })',
    ],
    [
      'tables that the caller names',
      'response.json([await get(request.body.a, { id: userId }), await get(request.body.b, { id: userId })])',
    ],
    [
      'a name and a variable, which may be the same',
      'response.json([await user(userId), await get(process.env.TABLE, { id: userId })])',
    ],
  ])('%s', (_, body) => {
    expect(said(body)).toEqual([])
  })

  it('code that nobody waits for', () => {
    const code = handler('').replace(
      /app\.get[^]*/,
      'export const handler = async (event: ScheduledEvent) => Promise.all([user(event.id), orders(event.id)])\n',
    )
    expect(reportsOf(rule, code)).toEqual([])
  })

  const both = 'response.json(await Promise.all([user(userId), orders(userId)]))'
  it.each([
    ['a pair that is rightly apart', [{ separate: [['Orders', 'Users']] }]],
    ['a table in which anything is looked up', [{ lookups: ['Users'] }]],
  ])('%s, where the option says so', (_, options) => {
    expect(said(both, options)).toEqual([])
  })

  it('no other pair than the one that is named', () => {
    expect(said(both, [{ separate: [['Orders', 'Config']], lookups: ['Config'] }])).toHaveLength(1)
  })
})
