import { dirname, isAbsolute, join } from 'node:path'
import { evaluate } from '../project/evaluate.ts'
import { elementOf } from '../project/elements.ts'
import { freeFrame } from '../project/frame.ts'
import { memberOf } from '../project/member.ts'
import { alternatives } from '../project/term.ts'
import type { Frame, Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import type { Data } from './data.ts'
import type { Source } from './source.ts'

/** How deep values of code are looked into, and how many elements a list has, at most. */
const MOST_DEPTH = 12
const MOST_ELEMENTS = 500

/** How many values are looked into for one. */
const MOST_VALUES = 20_000

/** Counts down with each value that is looked into. */
interface Reading {
  values: number
}

/** What a file of settings in code exports: by default, or as the whole of a CommonJS module; null where it is not known. */
export function exportedData(source: Source, file: string): Data {
  const module = source.module(file)
  if (module === null) return null
  const frame = freeFrame(module, 0)
  const whole = module.facts.exports['=']
  const term =
    whole === undefined
      ? memberOf({ kind: 'namespace', module }, 'default')
      : evaluate({ frame, value: whole })
  return term === null ? null : dataOf(term)
}

/** A value of code as plain data. What is not known is null; of several values it may have, the first that is known counts. */
export function dataOf(term: Term): Data {
  return read(term, { values: MOST_VALUES }, 0)
}

function read(term: Term, reading: Reading, depth: number): Data {
  reading.values -= 1
  if (depth > MOST_DEPTH || reading.values < 0) return null
  const view = viewOf(term)
  if (view !== null)
    return Object.fromEntries(
      [...view.fields.values()].map((field) => [field.key, read(field.term(), reading, depth + 1)]),
    )
  for (const option of alternatives(term)) {
    const data = plainOf(option, reading, depth)
    if (data !== null) return data
  }
  return null
}

function plainOf(term: Term, reading: Reading, depth: number): Data {
  if (term.kind === 'array') return elementsOf(term, reading, depth)
  // Of what `map` gives, each element is alike.
  if (term.kind === 'sequence') return [read(term.element(), reading, depth + 1)]
  if (term.kind === 'literal') return term.value ?? null
  return pathTextOf(term)
}

function elementsOf(term: Extract<Term, { kind: 'array' }>, reading: Reading, depth: number): Data {
  const { frame, value } = term.ref
  const node = frame.module.facts.values[value]
  if (node?.kind !== 'array') return [read(elementOf(term), reading, depth + 1)]
  return node.elements.slice(0, MOST_ELEMENTS).flatMap((item): readonly Data[] => {
    const element = evaluate({ frame, value: item.value })
    const data = read(element, reading, depth + 1)
    return item.spread ? (Array.isArray(data) ? (data as readonly Data[]) : []) : [data]
  })
}

/**
 * A text that may be built from the directory of the file that it stands in: `path.join(__dirname, 'list.ts')`,
 * `${__dirname}/list.handler`, `${handlerPath(__dirname)}/list.handler`. Null where a part of it is not known.
 *
 * @param within where a longer text that it is a part of is written, and with it whatever `__dirname` it was given
 */
export function pathTextOf(term: Term, within: Frame | null = null): string | null {
  switch (term.kind) {
    case 'literal':
      return typeof term.value === 'string' ? term.value : null
    case 'template': {
      const { frame } = term.ref
      const parts = term.parts.map((part) =>
        part.kind === 'text'
          ? part.text
          : partText(evaluate({ frame, value: part.value }), within ?? frame),
      )
      return joined(parts)
    }
    case 'derived':
      if (term.operator !== '+') return null
      return joined(term.from.map((part) => partText(part, within ?? term.ref.frame)))
    case 'result':
      return resultText(term)
    default:
      return null
  }
}

function joined(parts: readonly (string | null)[]): string | null {
  return parts.some((part) => part === null) ? null : parts.join('')
}

function partText(term: Term, frame: Frame): string | null {
  return isDirectoryOfFile(term) || comesFromDirectory(term)
    ? dirname(frame.module.facts.file)
    : pathTextOf(term, frame)
}

function resultText(term: Extract<Term, { kind: 'result' }>): string | null {
  const { callee, frame } = term
  if (callee.kind !== 'external') return null
  const name = callee.path.at(-1)
  const isPath = /^(node:)?path(\/posix)?$/.test(callee.source)
  if (!isPath || (name !== 'join' && name !== 'resolve')) return null
  const parts = term.arguments.map((argument) =>
    argument.spread ? null : partText(argument.term(), frame),
  )
  const known = parts.filter((part) => part !== null)
  if (known.length < parts.length || known.length === 0) return null
  const start = known.findLastIndex(isAbsolute)
  const text = join(...known.slice(Math.max(0, start)))
  return text
}

function isDirectoryOfFile(term: Term): boolean {
  return term.kind === 'external' && term.source === '' && term.path.join('.') === '__dirname'
}

/** Something that a function made of `__dirname`, by which people name the directory from the service's own. */
function comesFromDirectory(term: Term, depth = 0): boolean {
  if (depth > 6) return false
  const inner = (each: Term): boolean =>
    isDirectoryOfFile(each) || comesFromDirectory(each, depth + 1)
  switch (term.kind) {
    case 'result': {
      const { callee } = term
      if (callee.kind === 'part') return inner(callee.of)
      if (callee.kind !== 'external') return term.arguments.some((a) => inner(a.term()))
      if (callee.source === '' && callee.path[0] === '__dirname') return true
      // What joins further steps to it is another directory.
      return !callee.source.endsWith('path') && term.arguments.some((a) => inner(a.term()))
    }
    case 'derived':
      return term.operator !== '+' && term.from.some(inner)
    case 'part':
    case 'item':
    case 'element':
      return inner(term.of)
    default:
      return false
  }
}
