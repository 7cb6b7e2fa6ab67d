import { readFileSync, statSync } from 'node:fs'
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Document, Node } from 'yaml'
import { keptByStamp } from '../project/disk.ts'
import type { Data } from './data.ts'

/** Larger files are generated, in bytes. */
const LARGEST = 1_000_000

/** How often a file's aliases are followed, and how deep its values nest, at most. */
const MOST_ALIASES = 1000
const MOST_DEPTH = 60

interface Kept {
  data?: Data
  isTemplate?: boolean
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
 * What a YAML or JSON file holds; null where it cannot be read. CloudFormation's short tags come out in their long form
 * (`!Ref x` as `{ Ref: x }`). A broken file is told on stderr where the environment variable DEBUG names
 * `eslint-plugin-dynamodb`.
 */
export function dataAt(file: string): Data {
  const kept = keptOf(file)
  if (kept === null) return null
  if (kept.data === undefined) {
    const text = textAt(file)
    kept.data = text === null ? null : parse(file, text)
  }
  return kept.data
}

/** Whether a file's text is that of a template of CloudFormation, or of AWS SAM, with a function in it. */
export function isTemplate(file: string): boolean {
  const kept = keptOf(file)
  if (kept === null) return false
  kept.isTemplate ??= DEPLOYS.test(textAt(file) ?? '')
  return kept.isTemplate
}

const DEPLOYS = /AWS::(?:Serverless|Lambda)::Function/

function parse(file: string, text: string): Data {
  try {
    const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false, strict: false })
    const [error] = document.errors
    if (error !== undefined) {
      tell(`${file}:${String(error.linePos?.[0].line ?? 1)}: ${error.message.split('\n')[0] ?? ''}`)
      return null
    }
    return plain(document.contents, { document, aliases: 0 }, 0)
  } catch (thrown) {
    // The parser has limits of its own on how deep values nest.
    tell(`${file}:1: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
    return null
  }
}

/** Says what was not read, on stderr, where the environment variable DEBUG names `eslint-plugin-dynamodb`. */
export function tell(problem: string): void {
  if (process.env.DEBUG?.includes('eslint-plugin-dynamodb') === true)
    process.stderr.write(`eslint-plugin-dynamodb: not read: ${problem}\n`)
}

interface Reading {
  readonly document: Document
  aliases: number
}

function plain(node: unknown, reading: Reading, depth: number): Data {
  if (depth > MOST_DEPTH) return null
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
