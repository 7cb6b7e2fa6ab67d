import { keepPlace } from './data.ts'
import type { Data } from './data.ts'

/** How deep blocks and values nest, at most. */
const MOST_DEPTH = 60

/** What cannot be Terraform's language, and the line where that shows. */
export class HclError extends Error {
  readonly line: number

  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

/** The labels of a block: `resource "aws_sqs_queue" "orders"` has two. */
export const LABELS = '$labels'
/** The steps of a reference: `aws_sqs_queue.orders["eu"].arn`, an index with a bracket before it. */
export const REFERENCE = '$reference'
/** The parts of a text, some of which are no literals. */
export const TEMPLATE = '$template'
/** A call of a function, and what it is given. */
export const CALL = '$call'
export const ARGUMENTS = '$arguments'

/**
 * What a file in Terraform's language holds: attributes by their names, blocks as lists by their types. References, texts
 * with parts and calls are maps of the keys above; every other expression is null, and nothing is worked out.
 * https://developer.hashicorp.com/terraform/language/syntax/configuration
 *
 * @throws HclError where the text is not of that language
 */
export function parseHcl(file: string, text: string): Data {
  const reader: Reader = { file, text, at: text.startsWith('\uFEFF') ? 1 : 0, depth: 0 }
  const body = bodyOf(reader)
  if (reader.at < text.length) throw unexpected(reader)
  return body
}

interface Reader {
  readonly file: string
  readonly text: string
  at: number
  depth: number
}

function lineAt({ text }: Reader, at: number): number {
  return text.slice(0, at).split('\n').length
}

function unexpected(reader: Reader): HclError {
  const found = reader.text[reader.at]
  const what =
    found === undefined ? 'the file ends too soon' : `unexpected ${JSON.stringify(found)}`
  return new HclError(what, lineAt(reader, reader.at))
}

/** Takes what a sticky pattern matches here. */
function take(reader: Reader, pattern: RegExp): string | null {
  pattern.lastIndex = reader.at
  const [found] = pattern.exec(reader.text) ?? []
  if (found === undefined) return null
  reader.at += found.length
  return found
}

function sees(reader: Reader, text: string): boolean {
  return reader.text.startsWith(text, reader.at)
}

function expect(reader: Reader, text: string): void {
  if (!sees(reader, text)) throw unexpected(reader)
  reader.at += text.length
}

const BLANK = /(?:[ \t\r]|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)+/y
const BLANK_LINES = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)+/y
const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y

function nested<T>(reader: Reader, read: () => T): T {
  reader.depth += 1
  if (reader.depth > MOST_DEPTH) throw new HclError('it nests too deep', lineAt(reader, reader.at))
  const found = read()
  reader.depth -= 1
  return found
}

/** Attributes and blocks, to the end of the block they are in. */
function bodyOf(reader: Reader): Data {
  const entries = new Map<string, Data>()
  for (;;) {
    take(reader, BLANK_LINES)
    const start = reader.at
    const name = take(reader, NAME)
    if (name === null) return Object.fromEntries(entries)
    take(reader, BLANK)
    if (sees(reader, '=')) {
      reader.at += 1
      entries.set(name, valueOf(reader, true))
      continue
    }
    const labels: Data[] = []
    while (!sees(reader, '{')) {
      labels.push(sees(reader, '"') ? templateOf(reader) : take(reader, NAME))
      if (labels.at(-1) === null) throw unexpected(reader)
      take(reader, BLANK)
    }
    const block = blockOf(reader, labels)
    keepPlace(block, () => ({ file: reader.file, line: lineAt(reader, start) }))
    const [label] = labels
    // Blocks that are made of a list: how many, and of what, is not known.
    if (name === 'dynamic' && typeof label === 'string') entries.set(label, null)
    else {
      const known = entries.get(name)
      if (known === undefined) entries.set(name, [block])
      else if (Array.isArray(known)) entries.set(name, [...(known as readonly Data[]), block])
    }
  }
}

function blockOf(reader: Reader, labels: readonly Data[]): Data {
  expect(reader, '{')
  const body = nested(reader, () => bodyOf(reader))
  take(reader, BLANK_LINES)
  expect(reader, '}')
  return { [LABELS]: labels, ...(body as object) }
}

/** @param endsWithLine whether the end of the line is that of the value; inside of brackets it is not */
function valueOf(reader: Reader, endsWithLine: boolean): Data {
  const blank = endsWithLine ? BLANK : BLANK_LINES
  take(reader, blank)
  const value = nested(reader, () => simpleOf(reader))
  take(reader, blank)
  if (isAtEnd(reader, endsWithLine)) return value
  skipRest(reader, endsWithLine)
  return null
}

function isAtEnd({ text, at }: Reader, endsWithLine: boolean): boolean {
  const next = text[at]
  if (next === undefined || (endsWithLine && next === '\n')) return true
  return ',]})'.includes(next) || text.startsWith('~}', at)
}

/** Skips what operators make of a value: to the comma, the bracket or the line that ends it. */
function skipRest(reader: Reader, endsWithLine: boolean): void {
  let depth = 0
  for (;;) {
    if (depth === 0 && isAtEnd(reader, endsWithLine)) return
    if (take(reader, BLANK) !== null) continue
    const next = reader.text[reader.at]
    if (next === undefined) throw unexpected(reader)
    if (next === '"') templateOf(reader)
    else if (headOfHeredoc(reader) !== '') heredocOf(reader)
    else {
      if ('([{'.includes(next)) depth += 1
      if (')]}'.includes(next)) depth -= 1
      reader.at += 1
    }
  }
}

const HEREDOC = /<<-?[\p{L}_][\p{L}\p{N}_-]*\r?\n/uy

function headOfHeredoc({ text, at }: Reader): string {
  HEREDOC.lastIndex = at
  return HEREDOC.exec(text)?.[0] ?? ''
}

function simpleOf(reader: Reader): Data {
  if (sees(reader, '"')) return templateOf(reader)
  if (sees(reader, '<<')) return heredocOf(reader)
  if (sees(reader, '[')) return listOf(reader)
  if (sees(reader, '{')) return objectOf(reader)
  if (sees(reader, '(')) {
    reader.at += 1
    const value = valueOf(reader, false)
    take(reader, BLANK_LINES)
    expect(reader, ')')
    return value
  }
  if (sees(reader, '!')) {
    skipRest(reader, true)
    return null
  }
  const number = take(reader, NUMBER)
  if (number !== null) return Number(number)
  const name = take(reader, NAME)
  if (name === null) {
    if (sees(reader, '-')) return null
    throw unexpected(reader)
  }
  if (name === 'true' || name === 'false') return name === 'true'
  if (name === 'null') return null
  if (sees(reader, '(')) {
    reader.at += 1
    return { [CALL]: name, [ARGUMENTS]: elementsOf(reader, ')') }
  }
  return { [REFERENCE]: stepsOf(reader, name) }
}

/** `.name`, `.*`, `["key"]`, `[0]` */
function stepsOf(reader: Reader, first: string): Data {
  const steps: Data[] = [first]
  for (;;) {
    const step = take(reader, /\.(?:[\p{L}_][\p{L}\p{N}_-]*|\d+|\*)/uy)
    if (step !== null) steps.push(step.slice(1))
    else if (sees(reader, '[')) {
      reader.at += 1
      take(reader, BLANK_LINES)
      const key = take(reader, /\*/y) ?? valueOf(reader, false)
      take(reader, BLANK_LINES)
      expect(reader, ']')
      steps.push(`[${typeof key === 'string' || typeof key === 'number' ? String(key) : '*'}`)
    } else return steps
  }
}

const FOR = /for\s+[\p{L}_]/uy

function elementsOf(reader: Reader, end: string): Data {
  const elements: Data[] = []
  for (;;) {
    take(reader, BLANK_LINES)
    if (sees(reader, end)) break
    elements.push(valueOf(reader, false))
    take(reader, BLANK_LINES)
    if (sees(reader, ',')) reader.at += 1
    else if (!sees(reader, end)) throw unexpected(reader)
  }
  reader.at += end.length
  return elements
}

function listOf(reader: Reader): Data {
  reader.at += 1
  take(reader, BLANK_LINES)
  return comprehension(reader, ']') ? null : elementsOf(reader, ']')
}

/** `for k, v in …`: what it makes is not known. */
function comprehension(reader: Reader, end: string): boolean {
  if (take(reader, FOR) === null) return false
  while (!sees(reader, end)) {
    skipRest(reader, false)
    if (sees(reader, ',')) reader.at += 1
    else if (!sees(reader, end)) throw unexpected(reader)
  }
  reader.at += end.length
  return true
}

function objectOf(reader: Reader): Data {
  reader.at += 1
  take(reader, BLANK_LINES)
  if (comprehension(reader, '}')) return null
  const entries: [string, Data][] = []
  for (;;) {
    take(reader, BLANK_LINES)
    if (sees(reader, '}')) break
    const start = reader.at
    const key = keyOf(reader)
    take(reader, BLANK)
    if (!sees(reader, '=') && !sees(reader, ':')) throw unexpected(reader)
    reader.at += 1
    const value = valueOf(reader, true)
    keepPlace(value, () => ({ file: reader.file, line: lineAt(reader, start) }))
    entries.push(typeof key === 'string' ? [key, value] : ['...', null])
    take(reader, BLANK_LINES)
    if (sees(reader, ',')) reader.at += 1
  }
  reader.at += 1
  return Object.fromEntries(entries)
}

/** The name of an entry; `(var.name)` and `aws.west` are none that is known. */
function keyOf(reader: Reader): Data {
  const name = take(reader, NAME)
  if (name === null) return take(reader, NUMBER) ?? simpleOf(reader)
  return sees(reader, '.') || sees(reader, '[') ? stepsOf(reader, name) : name
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** A text in quotes: itself where all of it is written, what it refers to where that is all of it. */
function templateOf(reader: Reader): Data {
  reader.at += 1
  const parts: Data[] = []
  let text = ''
  for (;;) {
    const plain = take(reader, /(?:[^"\\$%\n]|\$\$\{|%%\{|[$%](?!\{))+/y) ?? ''
    text += plain.replace(/([$%])\1\{/g, '$1{')
    if (sees(reader, '"')) break
    if (sees(reader, '\\')) {
      const escaped = reader.text[reader.at + 1] ?? ''
      text += ESCAPES[escaped] ?? escaped
      reader.at += 2
    } else if (sees(reader, '${') || sees(reader, '%{')) {
      const isValue = sees(reader, '${')
      reader.at += 2
      take(reader, /~/y)
      if (text !== '') parts.push(text)
      text = ''
      if (isValue) parts.push(valueOf(reader, false))
      else {
        skipRest(reader, false)
        parts.push(null)
      }
      take(reader, /\s*~?/y)
      expect(reader, '}')
    } else throw unexpected(reader)
  }
  reader.at += 1
  if (parts.length === 0) return text
  if (text !== '') parts.push(text)
  const [only = null] = parts
  return parts.length === 1 ? only : { [TEMPLATE]: parts }
}

function heredocOf(reader: Reader): Data {
  const head = headOfHeredoc(reader)
  const name = head.replace(/^<<-?/, '').trim()
  if (name === '') throw unexpected(reader)
  const from = reader.at + head.length
  const end = new RegExp(`^[ \\t]*${name}[ \\t]*\\r?$`, 'mu')
  const rest = reader.text.slice(from)
  const at = rest.search(end)
  if (at === -1) throw new HclError(`the text up to ${name} has no end`, lineAt(reader, reader.at))
  reader.at = from + at + (end.exec(rest)?.[0].trimEnd().length ?? 0)
  const text = rest.slice(0, at)
  return /[$%]\{/.test(text) ? null : text
}
