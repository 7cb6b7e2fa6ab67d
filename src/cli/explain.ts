import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import pc from 'picocolors'
import type {
  ExplainedOperation,
  ExplainedReach,
  ExplainedRequest,
  NamedPlace,
} from '../operations/explain.ts'
import type { ExplainedFile, FileToExplain } from '../plugin/explain.ts'
import type { ExplainOptions } from './arguments.ts'
import { CannotRun, firstLine } from './cannot-run.ts'
import { printable } from './code-frame.ts'
import { displayPath } from './files.ts'
import { hasColor, type Io } from './io.ts'
import { readSettingsFile } from './settings.ts'

/** Finds out what is understood of one file. */
export type ExplainFile = (
  file: FileToExplain,
) =>
  | ExplainedFile
  | { readonly error: { readonly message: string; readonly line: number; readonly column: number } }

/**
 * Prints what is understood of each operation of a file, or of those at one line of it.
 *
 * @returns the exit code
 * @throws CannotRun where there is no such file, or none that can be read
 */
export function explainTarget(options: ExplainOptions, io: Io, explain: ExplainFile): 0 {
  const cwd = resolve(io.cwd)
  const { path, line } = readTarget(options.target)
  const file = resolve(cwd, path)
  const settings =
    options.settings === undefined ? undefined : readSettingsFile(options.settings, cwd)
  const explained = explain({ file, text: readText(file, path), cwd, settings })
  if ('error' in explained) {
    const { message, line: at, column } = explained.error
    throw new CannotRun(`${path}:${String(at)}:${String(column)} does not parse: ${message}.`)
  }
  for (const problem of explained.problems) io.stderr.write(`${problem}\n`)
  const shown = line === undefined ? explained : atLine(explained, line)
  const name = displayPath(file, cwd)
  const color = hasColor(io, io.stdout)
  io.stdout.write(
    options.json ? json(shown, name) : text(shown, { name, line, all: explained, color }),
  )
  return 0
}

/** `src/orders.ts:41` and `src/orders.ts:41:9`, as editors and reports write a place. */
function readTarget(target: string): { readonly path: string; readonly line: number | undefined } {
  const [, path = target, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(target) ?? []
  return { path, line: line === undefined ? undefined : Number(line) }
}

function readText(file: string, path: string): string {
  if (!/\.[mc]?[jt]sx?$/i.test(file))
    throw new CannotRun(`${path} is not a JavaScript or TypeScript file.`)
  try {
    return readFileSync(file, 'utf8')
  } catch (thrown) {
    throw new CannotRun(`${path} cannot be read: ${firstLine(thrown)}.`)
  }
}

function atLine(explained: ExplainedFile, line: number): ExplainedFile {
  return {
    ...explained,
    operations: explained.operations.filter(
      ({ line: own, lines: [first, last] }) => own === line || (first <= line && line <= last),
    ),
    wrappers: explained.wrappers.filter((wrapper) => wrapper.line === line),
  }
}

/** For programs; docs/command-line.md describes it. */
function json(explained: ExplainedFile, file: string): string {
  const { problems: _, ...shown } = explained
  return `${JSON.stringify({ version: 1, file, ...shown }, undefined, 2)}\n`
}

interface TextOptions {
  readonly name: string
  readonly line: number | undefined
  /** The whole file, where one line was asked for. */
  readonly all: ExplainedFile
  readonly color: boolean
}

type Colors = ReturnType<typeof pc.createColors>

/** For people. */
function text(explained: ExplainedFile, { name, line, all, color }: TextOptions): string {
  const colors = pc.createColors(color)
  const { operations, wrappers } = explained
  const blocks = operations.map((operation) => operationLines(operation, name, colors))
  const handed = wrappers.map(
    ({ kind, line: at, owner }) =>
      `${colors.bold(`${name}:${String(at)}`)}  ${kind}, filled in by the callers of ${owner.name}: it is theirs, and explained where they stand`,
  )
  const found = [...blocks, ...(handed.length === 0 ? [] : [handed])]
  const lines = found.length === 0 ? [nothingLines(name, line, all)] : found
  return `${lines.map((block) => printable(block.join('\n'))).join('\n\n')}\n`
}

function nothingLines(name: string, line: number | undefined, all: ExplainedFile): string[] {
  const lines = new Set([...all.operations, ...all.wrappers].map((one) => one.line))
  const others = [...lines].sort((a, b) => a - b)
  if (line !== undefined && others.length > 0) {
    const listed = others.length === 1 ? `line ${others.join('')}` : `lines ${others.join(', ')}`
    return [`There is no operation at ${name}:${String(line)}; there are at ${listed}.`]
  }
  if (all.way === null)
    return [`No operation in ${name}: neither it nor what it imports speaks of DynamoDB.`]
  if (all.way.length > 1) {
    return [
      `No operation in ${name}, which leads to DynamoDB: ${all.way.join(' → ')}.`,
      'No function in it makes an operation, or fills one in.',
    ]
  }
  return [`No operation in ${name}: it speaks of DynamoDB, but no call of it is recognised.`]
}

const label = (text: string): string => `  ${text.padEnd(15)}`

function operationLines(operation: ExplainedOperation, name: string, colors: Colors): string[] {
  const { kind, line, owner, through, understood, why, asks, reach } = operation
  const head = `${colors.bold(`${name}:${String(line)}`)}  ${kind}`
  return [
    understood ? head : `${head}  ${colors.yellow('not understood')}: the request is ${why ?? ''}`,
    `${label('in')}${owner.name}${through.length === 0 ? '' : ` → ${through.map(placed).join(' → ')}`}`,
    ...asks.flatMap((request) => requestLines(request, asks.length > 1, colors)),
    ...reachLines(reach),
  ]
}

const LABELS: Readonly<Record<string, string>> = {
  TableName: 'table',
  IndexName: 'index',
  Key: 'key',
  Keys: 'keys',
  Item: 'item',
  KeyConditionExpression: 'key condition',
  FilterExpression: 'filter',
  ConditionExpression: 'condition',
  UpdateExpression: 'update',
  ProjectionExpression: 'projection',
  ExpressionAttributeNames: 'names',
  ExpressionAttributeValues: 'values',
  Statement: 'statement',
  TransactItems: 'entries',
  RequestItems: 'entries',
}

function requestLines(
  { operation, members, open }: ExplainedRequest,
  isEntry: boolean,
  colors: Colors,
): string[] {
  const lines = Object.entries(members).map(([member, { state, text: value, unknown }]) => {
    const because = unknown.length === 0 ? '' : `: ${unknown.join(', ')}`
    const note = state !== 'known' ? `  ${colors.dim(`(${state}${because})`)}` : ''
    return `${label(LABELS[member] ?? member)}${value}${note}`
  })
  const more = open.length === 0 ? [] : [`${label('and')}${open.join(', ')}`]
  return [...(isEntry ? [`${label('entry')}${operation}`] : []), ...lines, ...more]
}

function reachLines(reach: ExplainedReach): string[] {
  if (reach.by === 'nobody') {
    const importers =
      reach.importers.length === 0 ? '' : `; imported by ${reach.importers.slice(0, 5).join(', ')}`
    return [`${label('reached')}by nobody known: ${reach.why}${importers}`]
  }
  const path = reach.path.map(placed).join(' → ')
  const who = reach.by === 'request' ? 'by requests' : 'by jobs only'
  return [`${label('reached')}${who}: ${reach.entry} (${reach.framework}): ${path}`]
}

function placed({ name, file, line }: NamedPlace): string {
  return `${name} (${file}:${String(line)})`
}
