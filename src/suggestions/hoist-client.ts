import type { CallId, FunctionId, Range, VariableFacts } from '../facts/model.ts'
import { makesClient } from '../flow/effects/clients-made.ts'
import type { ClientMade } from '../flow/effects/clients-made.ts'
import { callOf, functionOf, valueOf } from '../project/module.ts'
import type { Edit, Proposal } from './edit.ts'
import { contains, removeLines, replace, textAt, wholeLines } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { inWords } from '../operations/words.ts'

/**
 * Moves the declaration of a client, and of the document client around it, to module level, above the function that makes
 * them. Null where that is not one safe edit: no declaration of its own, names that mean something else there.
 */
export function hoistClient(client: ClientMade, file: SourceFile): Proposal<'hoist'> | null {
  const first = declarationOf(file, client.call, client.function)
  if (first === null) return null
  const place = placeAbove(file, client.function)
  if (place === null) return null
  const wrappers = file.module.facts.variables.flatMap((variable) => {
    const around = variable === first.variable ? null : ownDeclaration(file, variable)
    return around !== null && variable.function === client.function && wraps(file, around, first)
      ? [around]
      : []
  })
  const moved = [first, ...wrappers]
  if (!moved.every((declared) => meansTheSame(file, declared, place, moved))) return null
  const lines = moved.map(({ at }) => wholeLines(file, at))
  const known = lines.filter((range) => range !== null)
  if (known.length < lines.length) return null
  const text = moved.map((declared) => textOf(file, declared)).join('\n')
  const edits: Edit[] = [
    replace(file, { start: place, end: place }, `${text}\n\n`),
    ...removeLines(file, known),
  ]
  return {
    messageId: 'hoist',
    data: { names: inWords(moved.map(({ variable }) => variable.name)) },
    edits,
  }
}

interface Declared {
  readonly variable: VariableFacts
  readonly at: Range
  readonly call: CallId
}

/** The variable that holds the client, or the document client that is made of it at once. */
function declarationOf(file: SourceFile, call: CallId, owner: FunctionId): Declared | null {
  const { at } = callOf(file.module, call)
  for (const variable of file.module.facts.variables) {
    if (variable.function !== owner || !variable.declaration) continue
    if (!contains(variable.declaration, at)) continue
    return ownDeclaration(file, variable)
  }
  return null
}

/** `const client = new …`, and nothing else. */
function ownDeclaration(file: SourceFile, variable: VariableFacts): Declared | null {
  const { declaration: at, final, assigned } = variable
  if (at === null || final === null || assigned.length > 1 || variable.foreign.length > 0)
    return null
  const value = valueOf(file.module, final)
  if (value.kind !== 'call' || !makesClient(file.module, value.call)) return null
  const made = callOf(file.module, value.call).at
  const head = file.text.slice(at.start, made.start)
  const foot = file.text.slice(made.end, at.end)
  return /^(?:const|let|var)\s+[\w$]+(?:\s*:\s*[\w$.]+)?\s*=\s*$/.test(head) && /^;?$/.test(foot)
    ? { variable, at, call: value.call }
    : null
}

function wraps({ module }: SourceFile, { call }: Declared, { call: base }: Declared): boolean {
  const [given] = callOf(module, call).arguments
  const value = given ? valueOf(module, given.value) : null
  return value?.kind === 'call' && value.call === base
}

/** Where the statement of the outermost function around begins, with its comments; null where it is no plain one. */
function placeAbove({ module, text }: SourceFile, owner: FunctionId): number | null {
  let outer = owner
  for (let next = functionOf(module, outer).parent; next !== null && next !== 0;)
    [outer, next] = [next, functionOf(module, next).parent]
  const { at, class: around } = functionOf(module, outer)
  const start = around === null ? at.start : (module.facts.classes[around]?.at.start ?? at.start)
  let line = text.lastIndexOf('\n', start - 1) + 1
  if (!STATEMENT.test(text.slice(line, start))) return null
  while (line > 0) {
    const before = text.lastIndexOf('\n', line - 2) + 1
    if (!/^(?:\/\/|\/\*|\s*\*|@)/.test(text.slice(before, line))) break
    line = before
  }
  return line
}

const STATEMENT =
  /^(?:export\s+)?(?:default\s+)?(?:(?:(?:const|let|var)\s+[\w$]+(?:\s*:[^=]+)?|(?:module\.)?exports(?:\.[\w$]+)?)\s*=\s*(?:[\w$.]+\(\s*)*(?:async\s*)?|async\s+)?$/

/** Whether what is moved reads nothing that is not there yet, and nobody else reads its name. */
function meansTheSame(
  file: SourceFile,
  { variable, at }: Declared,
  place: number,
  moved: readonly Declared[],
): boolean {
  const { module } = file
  const { facts } = module
  if (/\b(?:this|await|arguments)\b/.test(textAt(file, at))) return false
  const isRead = (offset: number): boolean => at.start <= offset && offset < at.end
  const readsOnlyWhatIsThere = facts.variables.every(
    (other) =>
      !other.reads.some(isRead) ||
      moved.some((one) => one.variable === other) ||
      (other.function === 0 && other.at.start < place),
  )
  const ancestors = new Set<FunctionId>([0])
  for (
    let id: FunctionId | null = variable.function;
    id !== null;
    id = functionOf(module, id).parent
  )
    ancestors.add(id)
  const isFree =
    !facts.variables.some(
      (other) =>
        other !== variable && other.name === variable.name && ancestors.has(other.function),
    ) &&
    !facts.imports.some(({ names }) => names?.some(({ local }) => local === variable.name)) &&
    !facts.functions.some(({ name, parent }) => name === variable.name && parent === 0) &&
    !facts.classes.some(({ name }) => name === variable.name)
  return readsOnlyWhatIsThere && isFree
}

/** The declaration, as it would stand at the top. */
function textOf(file: SourceFile, { at }: Declared): string {
  const { text } = file
  const indent = text.slice(text.lastIndexOf('\n', at.start - 1) + 1, at.start)
  return textAt(file, at)
    .replace(/^(?:let|var)\b/, 'const')
    .replaceAll(`\n${indent}`, '\n')
}
