/** A function that hands on one page, and what those make of it that call it from other files. */
import { expect, it } from 'vitest'
import { folderWith } from '../support/folder.ts'
import { program } from '../support/reports.ts'
import { lintFolder } from '../support/real-files.ts'

const trailers = program`
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  export async function byPlate(plate: string) {
    const { Items } = await documents.send(
      new QueryCommand({
        TableName: 'Trailers',
        IndexName: 'plates',
        KeyConditionExpression: 'plate = :p',
        ExpressionAttributeValues: { ':p': plate },
      }),
    )
    return Items ?? []
  }
`
const service = program`
  import { byPlate } from './trailers'
  export class Trailers {
    find(plate: string) {
      return byPlate(plate)
    }
  }
`
const only = program`
  import { Trailers } from './service'
  export const show = async (plate: string) => {
    const found = await new Trailers().find(plate)
    if (found.length > 1) throw new Error('two of one plate')
    return found[0]
  }
`
const all = program`
  import { byPlate } from './trailers'
  export const list = async (plate: string) => (await byPlate(plate)).map(({ owner }) => owner)
`

it.each([
  ['take the one that is there', { 'only.ts': only }, []],
  ['take one, or all', { 'only.ts': only, 'all.ts': all }, ['trailers.ts']],
  ['are not known', {}, ['trailers.ts']],
])('callers that %s', (_, callers, expected) => {
  const folder = folderWith({
    'package.json': '{ "workspaces": [] }',
    'trailers.ts': trailers,
    'service.ts': service,
    ...callers,
  })
  const reports = lintFolder({
    folder,
    rules: { 'require-pagination': [{ checkListings: true }] },
  })
  expect(reports.map(({ file }) => file)).toEqual(expected)
})
