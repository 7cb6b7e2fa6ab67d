import type { ModuleFacts, Range } from '../facts/model.ts'
import { evaluate } from '../project/evaluate.ts'
import { freeFrame } from '../project/frame.ts'
import type { Module } from '../project/module.ts'
import type { Edit } from './edit.ts'

/** How a function is called in a file, and what has to be added for it. */
export interface Callable {
  readonly name: string
  readonly edits: readonly Edit[]
}

/** As `importedFunction`, of a module that comes with Node.js. */
export function nodeFunction(
  module: Module,
  text: string,
  from: string,
  name: string,
): Callable | null {
  return importedFunction(module, text, `node:${from}`, name)
}

/**
 * A function of a package, as a file can call it: through an import that is there, or through a new one in the file's own
 * manner. null where its name means something else there.
 */
export function importedFunction(
  module: Module,
  text: string,
  from: string,
  name: string,
): Callable | null {
  const there = imported(module.facts, from, name) ?? required(module, from, name)
  if (there !== null) return { name: there, edits: [] }
  if (isTaken(module.facts, name)) return null
  const esm = module.facts.imports.filter(({ names }) => names !== null)
  const beside = esm.find(
    ({ source, typeOnly, names }) =>
      !typeOnly && isModule(source, from) && names?.some(isNamed) === true,
  )
  const last = beside?.names?.filter(isNamed).at(-1)
  if (last) {
    return {
      name,
      edits: [{ at: { module, start: last.at.end, end: last.at.end }, text: `, ${name}` }],
    }
  }
  const [first] = [...(esm.length > 0 ? esm : module.facts.imports)].sort(
    (a, b) => a.at.start - b.at.start,
  )
  if (!first) return null
  const line = lineOf(first.at, text)
  const statement = statementFor(line.text, from, name)
  if (statement === null) return null
  const edit: Edit = { at: { module, start: line.start, end: line.start }, text: `${statement}\n` }
  return { name, edits: [edit] }
}

function isModule(source: string, from: string): boolean {
  return source === from || `node:${source}` === from
}

function isNamed({ imported: name }: { readonly imported: string }): boolean {
  return name !== '*' && name !== 'default'
}

function imported(facts: ModuleFacts, from: string, name: string): string | null {
  const names = facts.imports.flatMap(({ source, names: list, typeOnly }) =>
    typeOnly || !isModule(source, from) ? [] : (list ?? []),
  )
  const direct = names.find((one) => one.imported === name)
  if (direct) return direct.local
  const whole = names.find((one) => !isNamed(one))
  return whole ? `${whole.local}.${name}` : null
}

/** `const crypto = require('crypto')`, `const { randomUUID } = require('crypto')`. */
function required(module: Module, from: string, name: string): string | null {
  for (const variable of module.facts.variables) {
    if (variable.function !== 0 || !variable.constant || variable.final === null) continue
    const term = evaluate({ frame: freeFrame(module, 0), value: variable.final })
    if (term.kind !== 'external' || !isModule(term.source, from)) continue
    if (term.path.length === 0) return `${variable.name}.${name}`
    if (term.path.join('.') === name) return variable.name
  }
  return null
}

function isTaken({ variables, functions, imports }: ModuleFacts, name: string): boolean {
  return (
    variables.some((variable) => variable.name === name) ||
    functions.some(
      (fn) => fn.name === name || fn.parameters.some((parameter) => parameter.name === name),
    ) ||
    imports.some(({ names }) => names?.some(({ local }) => local === name) === true)
  )
}

function lineOf({ start }: Range, text: string): { start: number; text: string } {
  const before = text.lastIndexOf('\n', start - 1) + 1
  const end = text.indexOf('\n', start)
  return { start: before, text: text.slice(before, end === -1 ? text.length : end) }
}

/** The statement that brings a name in, spelled as the file's first one is. */
function statementFor(line: string, from: string, name: string): string | null {
  const quote = line.includes('"') ? '"' : "'"
  const source = `${quote}${from}${quote}`
  const end = line.trimEnd().endsWith(';') ? ';' : ''
  if (/^import\b/.test(line)) return `import { ${name} } from ${source}${end}`
  const declared = /^(const|let|var)\b/.exec(line)
  return declared ? `${String(declared[1])} { ${name} } = require(${source})${end}` : null
}
