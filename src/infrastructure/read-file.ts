import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import type * as Yaml from 'yaml'
import type { Document, LineCounter, Node } from 'yaml'
import { keptByStamp } from '../project/disk.ts'
import { keepPlace } from './data.ts'
import type { Data, DataPlace } from './data.ts'
import { HclError, parseHcl } from './hcl.ts'

let loaded: typeof Yaml | null = null

/** The parser of YAML, loaded where a file needs it: most processes read none, and it is not small. */
function yaml(): typeof Yaml {
  loaded ??= createRequire(import.meta.url)('yaml') as typeof Yaml
  return loaded
}

/** Larger files are generated, in bytes. */
const LARGEST = 1_000_000

/** How often a file's aliases are followed, and how deep its values nest, at most. */
const MOST_ALIASES = 1000
const MOST_DEPTH = 60

/** Why a file, or a part of it, was not read. */
export interface ReadProblem extends DataPlace {
  readonly message: string
}

interface Kept {
  data?: Data
  problem?: ReadProblem
  isTemplate?: boolean
  isTerraform?: boolean
}

const keptOf = keptByStamp((): Kept => ({}))

/** The text of a file; null where it cannot be read or is too large. */
export function textAt(file: string): string | null {
  try {
    return statSync(file).size > LARGEST ? null : readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/**
 * What a YAML or JSON file, or one of Terraform's, holds; null where it cannot be read. CloudFormation's short tags come out in their long form
 * (`!Ref x` as `{ Ref: x }`). A broken file is told on stderr where the environment variable DEBUG names
 * `eslint-plugin-dynamodb`.
 */
export function dataAt(file: string): Data {
  const kept = keptOf(file)
  if (kept === null) return null
  if (kept.data === undefined) {
    const text = textAt(file)
    const problem = (line: number, message: string): void => {
      kept.problem = { file, line, message }
      tell(`${file}:${String(line)}: ${message}`)
    }
    if (text === null) problem(1, `it cannot be read, or is larger than ${String(LARGEST)} bytes`)
    kept.data = text === null ? null : parse(file, text, problem)
  }
  return kept.data
}

/** Why `dataAt` did not read a file; null where it did, or was not asked. */
export function problemOf(file: string): ReadProblem | null {
  return keptOf(file)?.problem ?? null
}

/** Whether a file's text is that of a template of CloudFormation, or of AWS SAM, with a function, a table or a stack in it. */
export function isTemplate(file: string): boolean {
  const kept = keptOf(file)
  if (kept === null) return false
  if (kept.isTemplate === undefined) {
    const text = textAt(file)
    kept.isTemplate = DEPLOYS.test(text ?? '')
    if (text === null && DEPLOYS.test(beginningOf(file))) {
      const message = `it is larger than ${String(LARGEST)} bytes`
      kept.problem = { file, line: 1, message }
      tell(`${file}:1: ${message}`)
    }
  }
  return kept.isTemplate
}

/** Whether a file of Terraform's has a table, or a function, in it. */
export function isTerraformOfInterest(file: string): boolean {
  const kept = keptOf(file)
  if (kept === null) return false
  kept.isTerraform ??= /dynamodb|aws_lambda|\/lambda\//.test(textAt(file) ?? '')
  return kept.isTerraform
}

function beginningOf(file: string): string {
  try {
    const opened = openSync(file, 'r')
    try {
      const bytes = Buffer.alloc(100_000)
      return bytes.toString('utf8', 0, readSync(opened, bytes))
    } finally {
      closeSync(opened)
    }
  } catch {
    return ''
  }
}

const DEPLOYS =
  /AWS::(?:(?:Serverless|Lambda)::Function|Serverless::SimpleTable|DynamoDB::|CloudFormation::Stack|Serverless::Application)/

type Problem = (line: number, message: string) => void

function parse(file: string, text: string, problem: Problem): Data {
  try {
    if (/\.(?:tf|tofu)$/.test(file)) return parseHcl(file, text)
    if (file.endsWith('.json')) {
      const data = parseJson(file, text)
      if (data !== undefined) return data
    }
    const lines = new (yaml().LineCounter)()
    const document = yaml().parseDocument(text, {
      logLevel: 'silent',
      uniqueKeys: false,
      strict: false,
      lineCounter: lines,
    })
    const [error] = document.errors
    if (error !== undefined) {
      problem(error.linePos?.[0].line ?? 1, error.message.split('\n')[0] ?? '')
      return null
    }
    return plain(document.contents, { document, file, lines, aliases: 0 }, 0)
  } catch (thrown) {
    // The parser has limits of its own on how deep values nest.
    problem(
      thrown instanceof HclError ? thrown.line : 1,
      thrown instanceof Error ? thrown.message : String(thrown),
    )
    return null
  }
}

/** What JSON holds; undefined where it is none. */
function parseJson(file: string, text: string): Data | undefined {
  const lineOf = (key: string): DataPlace => {
    const at = text.search(new RegExp(`"${key.replace(/[^\w-]/g, '\\$&')}"\\s*:`))
    return { file, line: text.slice(0, Math.max(0, at)).split('\n').length }
  }
  const copy = (value: unknown, depth: number): Data => {
    if (depth > MOST_DEPTH || typeof value !== 'object' || value === null) return primitive(value)
    if (Array.isArray(value)) return value.map((each) => copy(each, depth + 1))
    const entries = Object.entries(value).map(([key, each]) => {
      const held = copy(each, depth + 1)
      keepPlace(held, () => lineOf(key))
      return [key, held] as const
    })
    return Object.fromEntries(entries)
  }
  try {
    return copy(JSON.parse(text), 0)
  } catch {
    return undefined
  }
}

/** Says what was not read, on stderr, where the environment variable DEBUG names `eslint-plugin-dynamodb`. */
export function tell(problem: string): void {
  if (process.env.DEBUG?.includes('eslint-plugin-dynamodb') === true)
    process.stderr.write(`eslint-plugin-dynamodb: not read: ${problem}\n`)
}

interface Reading {
  readonly document: Document
  readonly file: string
  readonly lines: LineCounter
  aliases: number
}

function plain(node: unknown, reading: Reading, depth: number): Data {
  if (depth > MOST_DEPTH) return null
  const { isAlias, isMap, isScalar, isSeq } = yaml()
  if (isAlias(node)) {
    reading.aliases += 1
    if (reading.aliases > MOST_ALIASES) throw new Error('too many aliases')
    return plain(node.resolve(reading.document), reading, depth + 1)
  }
  if (isScalar(node)) return tagged(node, primitive(node.value))
  if (isSeq(node))
    return tagged(
      node,
      node.items.map((item) => plain(item, reading, depth + 1)),
    )
  if (!isMap(node)) return null
  const entries = new Map<string, Data>()
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : ''
    const held = plain(value, reading, depth + 1)
    const { file, lines } = reading
    const start = isScalar(key) ? (key.range?.[0] ?? 0) : 0
    keepPlace(held, () => ({ file, line: lines.linePos(start).line }))
    if (name !== '<<') entries.set(name, held)
    else merge(entries, held)
  }
  return tagged(node, Object.fromEntries(entries))
}

/** `<<: *defaults`, or a list of them: what is written beside it counts, and of two the first. */
function merge(entries: Map<string, Data>, held: Data): void {
  for (const each of Array.isArray(held) ? (held as readonly Data[]) : [held]) {
    if (typeof each !== 'object' || each === null) continue
    for (const [key, value] of Object.entries(each as Readonly<Record<string, Data>>))
      if (!entries.has(key)) entries.set(key, value)
  }
}

function primitive(value: unknown): Data {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : null
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
function tagged(node: Node, data: Data): Data {
  const name = /^!(\w+)$/.exec((node as { tag?: string }).tag ?? '')?.[1]
  if (name === undefined) return data
  if (name === 'Ref' || name === 'Condition') return { [name]: data }
  return { [`Fn::${name}`]: data }
}
