/** Kinds of item that other files of the project write into the partition that a Query reads. */
import { expect, it } from 'vitest'
import { folderWith } from '../support/folder.ts'
import { lintFolder } from '../support/real-files.ts'

const DB = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
export const put = (Item: Record<string, unknown>) => documents.send(new PutCommand({ TableName: 'School', Item }))
export const query = async (condition: string, values: Record<string, unknown>) => {
  const { Items } = await documents.send(new QueryCommand({ TableName: 'School', KeyConditionExpression: condition, ExpressionAttributeValues: values }))
  return Items ?? []
}
`
const TASKS = `import { put, query } from './db'
export const add = (id: string, task: string) => put({ PK: \`CLASS#\${id}\`, SK: \`TASK#\${task}\`, Type: 'Task' })
export const list = async (id: string) => {
  const items = await query('PK = :pk', { ':pk': \`CLASS#\${id}\` })
  return items.filter((item) => item.Type === 'Task')
}
`
const other = (partition: string, type = 'Attendance'): string =>
  `import { put } from './db'\nexport const note = (id: string, day: string) => put({ PK: \`${partition}#\${id}\`, SK: \`DAY#\${day}\`, Type: '${type}' })\n`

function reports(files: Readonly<Record<string, string>>): readonly string[] {
  const folder = folderWith({ '.git/HEAD': '', 'db.ts': DB, 'tasks.ts': TASKS, ...files })
  return lintFolder({ folder, rules: { 'require-sort-key-prefix': [] } }).map(
    ({ line, message }) => `${String(line)} ${message}`,
  )
}

it('makes a test of the type one of the sort key', () => {
  expect(reports({ 'attendance.ts': other('CLASS') })).toEqual([
    '4 This Query of `School` reads the whole partition, and the code keeps only `SK` beginning with `TASK#` (query (db.ts:5) ← list): the key condition can ask for these alone.',
  ])
})

it('says nothing where nothing else lies in such a partition, or tests alone write it', () => {
  expect(reports({})).toEqual([])
  expect(reports({ 'attendance.ts': other('STUDENT') })).toEqual([])
  expect(reports({ 'attendance.test.ts': other('CLASS') })).toEqual([])
})

it('says nothing where another file writes the type under another prefix', () => {
  const more = other('CLASS', 'Task')
  expect(reports({ 'attendance.ts': other('CLASS'), 'more.ts': more })).toEqual([])
})
