import { join, relative } from 'node:path'
import { showTables } from '../../../src/plugin/tables.ts'
import type { ShownTables } from '../../../src/plugin/tables.ts'
import { isRead } from '../../../src/tables/discovery/definition.ts'
import type { AnyDefinition } from '../../../src/tables/discovery/definition.ts'
import { shownName } from '../../../src/tables/discovery/names.ts'
import type { IndexSchema, KeyAttribute } from '../../../src/tables/schema.ts'
import { folderWith } from '../../support/folder.ts'

/** A project with these files, and what is known of its tables. */
export function tablesIn(
  files: Readonly<Record<string, string>>,
  settings?: unknown,
): ShownTables & { readonly folder: string } {
  const folder = folderWith({ 'package.json': '{}', 'src/empty.ts': '', ...files })
  const sources = Object.keys(files).filter((name) => /\.[jt]s$/.test(name))
  const shown = showTables({
    files: [...sources, 'src/empty.ts'].map((name) => join(folder, name)),
    cwd: folder,
    settings,
  })
  return { ...shown, folder }
}

/** The tables that the files of a project define, one line each. */
export function defined(files: Readonly<Record<string, string>>): readonly string[] {
  const { definitions, folder } = tablesIn(files)
  return definitions.map((definition) => line(definition, folder)).sort()
}

function line(definition: AnyDefinition, folder: string): string {
  const { id, framework, at, names } = definition
  const head = [
    framework,
    `${relative(folder, at.file)}:${String(at.line)}`,
    id,
    names.map(shownName).join(', ') || '-',
  ]
  if (!isRead(definition)) return [...head, definition.why].join(' | ')
  const { capacity, stream, timeToLive, hasMoreIndexes } = definition
  return [
    ...head,
    keysOf({ ...definition, projection: null }),
    ...definition.indexes.map((index) => `${index.name} ${keysOf(index)} ${projectionOf(index)}`),
    ...(hasMoreIndexes === true ? ['and more'] : []),
    ...(timeToLive === null ? [] : [`ttl ${timeToLive}`]),
    ...(stream === 'none' ? [] : [`stream ${stream ?? '?'}`]),
    capacity === null ? '?' : `${capacity.mode}${capacity.isWritten ? '' : ' by default'}`,
  ].join(' | ')
}

function keysOf(index: Omit<IndexSchema, 'name'>): string {
  const spelled = ({ name, type }: KeyAttribute): string => `${name}:${type ?? '?'}`
  const partition = [index.partitionKey, ...(index.morePartitionKeys ?? [])].map(spelled)
  const sort = [...(index.sortKey ? [index.sortKey] : []), ...(index.moreSortKeys ?? [])]
  return [partition.join('+'), ...(sort.length > 0 ? [sort.map(spelled).join('+')] : [])].join(' ')
}

function projectionOf({ projection }: IndexSchema): string {
  return projection === null ? '?' : typeof projection === 'string' ? projection : projection.join()
}

/** What each use of a table in the files of a project is linked to: `name → partition key`. */
export function linked(
  files: Readonly<Record<string, string>>,
  settings?: unknown,
): readonly string[] {
  return tablesIn(files, settings).uses.map(
    ({ name, schema }) => `${name} → ${schema?.partitionKey.name ?? '-'}`,
  )
}

/** A file of code that gets an item of a table. */
export function getOf(table: string, before = ''): string {
  return [
    "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'",
    "import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'",
    before,
    'const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))',
    'export const handler = (id: string) =>',
    `  client.send(new GetCommand({ TableName: ${table}, Key: { id } }))`,
  ].join('\n')
}
