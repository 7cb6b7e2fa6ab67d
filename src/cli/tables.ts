import { resolve } from 'node:path'
import pc from 'picocolors'
import type { ShownTables, TablesToShow } from '../plugin/tables.ts'
import { isRead, isSameSchema } from '../tables/discovery/definition.ts'
import type { AnyDefinition, TableDefinition } from '../tables/discovery/definition.ts'
import { shownName } from '../tables/discovery/names.ts'
import type { IndexSchema, KeyAttribute, TableSchema } from '../tables/schema.ts'
import type { TablesOptions } from './arguments.ts'
import { CannotRun } from './cannot-run.ts'
import { printable } from './code-frame.ts'
import { displayPath, findFiles } from './files.ts'
import { hasColor, type Io } from './io.ts'
import { readSettingsFile } from './settings.ts'

/** Finds out which tables the projects of some files define, and what is linked to them. */
export type ShowTables = (given: TablesToShow) => ShownTables

/**
 * Prints the tables that infrastructure files define, what of the code is linked to them, and what is not.
 *
 * @returns the exit code
 * @throws CannotRun where there is no file to look at
 */
export function printTables(options: TablesOptions, io: Io, show: ShowTables): 0 {
  const cwd = resolve(io.cwd)
  const settings =
    options.settings === undefined ? undefined : readSettingsFile(options.settings, cwd)
  const { files } = findFiles(options.paths, cwd)
  if (files.length === 0)
    throw new CannotRun(
      'There is nothing to look at: name files or directories with JavaScript or TypeScript.',
    )
  const shown = show({ files, cwd, settings })
  for (const problem of shown.settingsProblems) io.stderr.write(`${problem}\n`)
  const report = reportOf(shown, cwd)
  io.stdout.write(
    options.json
      ? `${JSON.stringify({ version: 1, ...report }, undefined, 2)}\n`
      : `${printable(text(report, hasColor(io, io.stdout)))}\n`,
  )
  return 0
}

type Report = ReturnType<typeof reportOf>

function reportOf(shown: ShownTables, cwd: string) {
  const { bindings, uses, problems } = shown
  const definitions = [...shown.definitions].sort((a, b) =>
    a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : a.at.line - b.at.line,
  )
  const names = new Map<TableSchema | null, Map<string, string[]>>()
  for (const { schema, name, file, line } of uses) {
    const found = names.get(schema) ?? new Map<string, string[]>()
    names.set(schema, found)
    found.set(name, [...(found.get(name) ?? []), `${displayPath(file, cwd)}:${String(line)}`])
  }
  const usesOf = (schema: TableSchema | null) =>
    [...(names.get(schema) ?? [])].map(([name, places]) => ({ name: shownName(name), places }))
  const tables = definitions.map((definition) => ({
    id: shownName(definition.id),
    framework: definition.framework,
    file: displayPath(definition.at.file, cwd),
    line: definition.at.line,
    names: definition.names.map(shownName),
    ...(isRead(definition) ? whole(definition) : { unread: definition.why }),
    variables: bindings
      .filter(({ target }) => target.kind === 'definition' && target.definition === definition)
      .map(({ variable, at }) => ({
        name: variable,
        file: displayPath(at.file, cwd),
        line: at.line,
      })),
    uses: isRead(definition) ? usesOf(definition) : [],
  }))
  return {
    tables,
    notLinked: usesOf(null),
    problems: [...problems, ...disagreements(definitions, cwd)].map(({ file, line, message }) => ({
      file: displayPath(file, cwd),
      line,
      message,
    })),
    operations: {
      found: uses.length,
      linked: uses.filter(({ schema }) => schema !== null).length,
    },
  }
}

function whole(definition: TableDefinition) {
  const { partitionKey, sortKey, indexes, hasMoreIndexes, timeToLive, stream, capacity } =
    definition
  return {
    partitionKey,
    sortKey,
    indexes,
    hasMoreIndexes: hasMoreIndexes === true,
    timeToLive,
    stream,
    capacity,
  }
}

/** Two definitions of one name in one place of the project that say different things. */
function disagreements(
  definitions: readonly AnyDefinition[],
  cwd: string,
): ShownTables['problems'] {
  const first = new Map<string, TableDefinition>()
  return definitions.filter(isRead).flatMap((definition) => {
    const name = definition.names[0]
    if (name === undefined) return []
    const before = first.get(name)
    if (before === undefined) {
      first.set(name, definition)
      return []
    }
    if (isSameSchema(before, definition)) return []
    const { file, line } = before.at
    return [
      {
        ...definition.at,
        message: `\`${shownName(name)}\` is defined in another way here than in ${displayPath(file, cwd)}:${String(line)}: code that is as near to one as to the other is linked to neither.`,
      },
    ]
  })
}

function text(report: Report, color: boolean): string {
  const colors = pc.createColors(color)
  const blocks = report.tables.map((table) => {
    const { id, framework, file, line, names, variables, uses } = table
    const head = `${colors.bold(`${file}:${String(line)}`)}  ${id}  ${colors.dim(framework)}`
    const called = [...new Set([...names, ...variables.map(({ name }) => `$${name}`)])]
    return [
      head,
      ...('unread' in table ? [row('not read', table.unread)] : lines(table)),
      ...(called.length > 0 ? [row('called', called.join(', '))] : []),
      ...uses.map(({ name, places }) => row('linked', `${name}: ${some(places)}`)),
    ].join('\n')
  })
  const { notLinked, problems, operations } = report
  if (notLinked.length > 0)
    blocks.push(
      [
        colors.bold('Not linked'),
        ...notLinked.map(({ name, places }) => `  ${name}: ${some(places)}`),
      ].join('\n'),
    )
  if (problems.length > 0)
    blocks.push(
      [
        colors.bold('Problems'),
        ...problems.map(({ file, line, message }) => `  ${file}:${String(line)}  ${message}`),
      ].join('\n'),
    )
  const count = `${String(report.tables.length)} tables; ${String(operations.linked)} of ${String(operations.found)} uses of a table are linked to one.`
  return [...blocks, count].join('\n\n')
}

type ReadTable = Extract<Report['tables'][number], { readonly partitionKey: KeyAttribute }>

function lines(table: ReadTable): readonly string[] {
  const { indexes, hasMoreIndexes, timeToLive, stream, capacity } = table
  const more = [
    ...(timeToLive === null ? [] : [`expires by ${timeToLive}`]),
    ...(stream === null || stream === 'none' ? [] : [`stream of ${stream}`]),
    ...(capacity === null ? [] : [`${capacity.mode}${capacity.isWritten ? '' : ' by default'}`]),
  ]
  return [
    row('key', keyOf(table)),
    ...indexes.map((index) => row('index', `${index.name}: ${keyOf(index)}${projected(index)}`)),
    ...(hasMoreIndexes ? [row('index', 'there may be more')] : []),
    ...(more.length > 0 ? [row('and', more.join(', '))] : []),
  ]
}

function row(label: string, value: string): string {
  return `  ${label.padEnd(10)}${value}`
}

function keyOf(
  keys: Pick<IndexSchema, 'partitionKey' | 'sortKey' | 'morePartitionKeys' | 'moreSortKeys'>,
): string {
  const all = (first: KeyAttribute | null, more: readonly KeyAttribute[] = []): string =>
    [...(first ? [first] : []), ...more]
      .map(({ name, type }) => (type === null ? name : `${name} (${type})`))
      .join(' + ')
  const sort = all(keys.sortKey, keys.moreSortKeys)
  const partition = all(keys.partitionKey, keys.morePartitionKeys)
  return sort === '' ? partition : `${partition}, ${sort}`
}

function projected({ projection }: IndexSchema): string {
  if (projection === null || projection === 'ALL') return ''
  return projection === 'KEYS_ONLY' ? '; keys only' : `; with ${projection.join(', ')}`
}

/** The first few of many. */
function some(places: readonly string[]): string {
  const more = places.length - 5
  return `${places.slice(0, 5).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`
}
