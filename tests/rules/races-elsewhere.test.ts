/** Writes that stand in another file than the read they rest on, and what of them is no race. */
import { expect, it } from 'vitest'
import { folderWith } from '../support/folder.ts'
import { lintFolder } from '../support/real-files.ts'

const rules = {
  'no-unconditional-read-modify-write': [],
  'require-uniqueness-condition': [],
  'no-write-then-read': [],
}

const SDK = `import { DeleteCommand, DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
declare const client: DynamoDBDocumentClient
const TableName = 'Parcels'
`
const PARCELS = `${SDK}
export async function findParcel(id: string) {
  const { Item } = await client.send(new GetCommand({ TableName, Key: { id } }))
  return Item ?? null
}
export async function markSent(id: string) {
  await client.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET progress = :sent',
      ExpressionAttributeValues: { ':sent': 'sent' },
    }),
  )
}
export async function markOpened(id: string) {
  await client.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET opened = :true',
      ConditionExpression: 'attribute_exists(id)',
      ExpressionAttributeValues: { ':true': true },
    }),
  )
}
export async function labelOnce(parcel: { id: string; label?: string }) {
  if (parcel.label) return
  await client.send(
    new UpdateCommand({
      TableName,
      Key: { id: parcel.id },
      UpdateExpression: 'SET label = :label',
      ExpressionAttributeValues: { ':label': crypto.randomUUID() },
    }),
  )
}
export async function turnMailOn(id: string) {
  await client.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: 'SET mail.enabled = :true',
      ExpressionAttributeValues: { ':true': true },
    }),
  )
}
export async function count(id: string, names: string[]) {
  const parts = ['SET opened = if_not_exists(opened, :zero)']
  for (const name of names) parts.push(name + ' = :zero')
  await client.send(
    new UpdateCommand({
      TableName,
      Key: { id },
      UpdateExpression: parts.join(', '),
      ExpressionAttributeValues: { ':zero': 0 },
    }),
  )
}
export async function remove(id: string) {
  await client.send(new DeleteCommand({ TableName, Key: { id } }))
}
`

/** Where something is reported, and how the message begins, in a project of these files beside the one with the parcels. */
function reported(files: Readonly<Record<string, string>>): string[] {
  const folder = folderWith({ '.git/HEAD': '', 'parcels.ts': PARCELS, ...files })
  return lintFolder({ folder, rules }).map(
    ({ file, line, column, message }) =>
      `${file}:${String(line)}:${String(column)} ${message.split(/, (?:but|and)|:/)[0] ?? ''}`,
  )
}

function service(body: string): Readonly<Record<string, string>> {
  return {
    'service.ts': `import { count, findParcel, labelOnce, markOpened, markSent, remove, turnMailOn } from './parcels'
export async function act(id: string, userId: string, names: string[]) {
${body}
}
`,
    'handler.ts': `import { act } from './service'
export const handler = async (event: { id: string; userId: string }) => { await act(event.id, event.userId, []) }
`,
  }
}

it.each<[string, string, readonly string[]]>([
  [
    'a state is tested here and set there: reported at the call, once, and not at those who call this',
    `  const parcel = await findParcel(id)
  if (parcel?.progress !== 'packed') throw new Error('It is not packed.')
  await markSent(id)`,
    ['service.ts:5:9 `progress` of `Parcels`, read in line 3, decides about this write'],
  ],
  [
    'whether there is an item is asked here',
    `  if (!(await findParcel(id))) throw new Error('There is no such parcel.')
  await markSent(id)`,
    ['service.ts:4:9 This Update rests on the read in line 3 having found the item in `Parcels`'],
  ],
  [
    'the write there has a condition',
    `  if (!(await findParcel(id))) throw new Error('There is no such parcel.')
  await markOpened(id)`,
    [],
  ],
  [
    'what is given the item decides for itself',
    `  const parcel = await findParcel(id)
  if (parcel) await labelOnce(parcel as never)`,
    [],
  ],
  [
    'that there is a map to set a part of, DynamoDB asks itself',
    `  const parcel = await findParcel(id)
  if (!parcel?.mail) throw new Error('Nothing to turn on.')
  await turnMailOn(id)`,
    [],
  ],
  [
    'a kind beside the holder says who may delete',
    `  const parcel = await findParcel(id)
  if (!(parcel?.kind === 'private' && parcel.holder === userId)) throw new Error('Not yours.')
  await remove(id)`,
    [],
  ],
  [
    'a state decides that it is deleted',
    `  const parcel = await findParcel(id)
  if (parcel?.progress !== 'lost') throw new Error('It may still come.')
  await remove(id)`,
    ['service.ts:5:9 `progress` of `Parcels`, read in line 3, decides about this write'],
  ],
  [
    'a text put together sets only what is missing',
    `  const parcel = await findParcel(id)
  return parcel ?? (await count(id, names))`,
    [],
  ],
])('%s', (_, body, expected) => {
  expect(reported(service(body))).toEqual(expected)
})

it('two routes are two requests', () => {
  const routes = `import express from 'express'
import { findParcel, markSent } from './parcels'
const router = express.Router()
const first = async () => { await markSent('first') }
const show = async (_: unknown, response: { json(of: unknown): void }) => { response.json(await findParcel('first')) }
router.post('/first', first)
router.get('/first', show)
export default router
`
  expect(reported({ 'routes.ts': routes })).toEqual([])
  const both = routes
    .replace("router.post('/first', first)", 'await first()')
    .replace("router.get('/first', show)", 'await show(null, { json() {} })')
  expect(reported({ 'routes.ts': both })).toHaveLength(1)
})
