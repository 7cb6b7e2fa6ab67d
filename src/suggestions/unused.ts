import type { CallFacts, CallId, ImportedName, Range, VariableFacts } from '../facts/model.ts'
import { callOf } from '../project/module.ts'
import { contains, removeLines, replace, textAt, wholeLines } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import type { Edit } from './edit.ts'
import { rootNames } from './names-in-scope.ts'

/** Code that a change takes away, and what of it must stay. */
export interface Removal {
  /** What is already replaced, so that nothing in it is read any more. */
  readonly replaced: readonly Range[]
  /** Variables that the new text reads. */
  readonly kept: readonly VariableFacts[]
  /** Statements of their own that only give a variable another value: `stock -= quantity`. */
  readonly assignments: readonly Range[]
  /** Whether a call may be left out. */
  readonly mayDrop: (call: CallFacts) => boolean
}

/**
 * Takes out what nothing needs once some code is replaced: declarations, then what only they needed, then imports. Null
 * where something would be left unused, or where what would go may do more than give a value.
 */
export function removeUnused(file: SourceFile, removal: Removal): readonly Edit[] | null {
  const { facts } = file.module
  const gone: Range[] = [...removal.replaced]
  let names: readonly Edit[] = []
  const lines: Range[] = []
  const removed = new Set<VariableFacts>()
  for (;;) {
    const next = facts.variables.find(
      (v) => !removed.has(v) && !removal.kept.includes(v) && isUnused(v, gone, removal),
    )
    if (!next) break
    const { declaration } = next
    if (declaration === null || next.function === 0) return null
    const group = facts.variables.filter((v) => isSameRange(v.declaration, declaration))
    const used = group.filter((v) => removal.kept.includes(v) || isUsed(v, gone, removal))
    if (used.length > 0) {
      const edit = removedFromPattern(file, next)
      if (edit === null) return null
      names = [...names, edit]
      gone.push(edit.at)
      removed.add(next)
      continue
    }
    if (!isDroppable(file, declaration, group, removal)) return null
    const statements = [declaration, ...assignmentsOf(next, removal)]
    for (const at of statements) {
      const whole = wholeLines(file, at)
      if (whole === null) return null
      names = names.filter((edit) => !contains(whole, edit.at))
      lines.push(whole)
      gone.push(at)
    }
    for (const v of group) removed.add(v)
  }
  const imports = unusedImports(file, gone)
  return imports === null ? null : [...names, ...removeLines(file, lines), ...imports]
}

/** Whether a call is another one, which sends a request, or a part of it: the command it sends, v2's `promise()`. */
export function isPartOf(file: SourceFile, sending: CallId, call: CallFacts): boolean {
  const { at } = callOf(file.module, sending)
  if (contains(at, call.at)) return call.isNew || contains(call.at, at)
  return contains(call.at, at) && textAt(file, call.calleeAt) === 'promise'
}

function isSameRange(a: Range | null, b: Range): boolean {
  return a !== null && a.start === b.start && a.end === b.end
}

function isIn(offset: number, ranges: readonly Range[]): boolean {
  return ranges.some(({ start, end }) => start <= offset && offset < end)
}

/** Every read of it is gone, and there was one. */
function isUnused(variable: VariableFacts, gone: readonly Range[], removal: Removal): boolean {
  return variable.reads.some((read) => isIn(read, gone)) && !isUsed(variable, gone, removal)
}

function isUsed(variable: VariableFacts, gone: readonly Range[], removal: Removal): boolean {
  const own = assignmentsOf(variable, removal)
  const declared = variable.declaration === null ? [] : [variable.declaration]
  return (
    variable.reads.some((read) => !isIn(read, gone) && !isIn(read, own)) ||
    variable.assigned.some((at) => !isIn(at, [...gone, ...own, ...declared]))
  )
}

function assignmentsOf(variable: VariableFacts, { assignments }: Removal): readonly Range[] {
  return assignments.filter(({ start }) => variable.assigned.includes(start))
}

/** Nothing happens in a declaration but that values are read and computed. */
function isDroppable(
  { module, text }: SourceFile,
  declaration: Range,
  group: readonly VariableFacts[],
  removal: Removal,
): boolean {
  const { calls, variables, functions } = module.facts
  const inside = calls.filter(({ at }) => contains(declaration, at))
  const assigns = variables.some(
    (v) => !group.includes(v) && v.assigned.some((at) => isIn(at, [declaration])),
  )
  if (assigns || functions.some(({ at }) => contains(declaration, at))) return false
  const written = text.slice(declaration.start, declaration.end)
  if (inside.length === 0 && /\b(await|yield|delete)\b/.test(written)) return false
  return inside.every((call) => removal.mayDrop(call) || isPure(text, call))
}

function isPure(text: string, { at, isNew }: CallFacts): boolean {
  return !isNew && rootNames(text.slice(at.start, at.end)) !== null
}

/** One name out of a pattern that others stay in: `{ stock, name }` becomes `{ name }`. */
export function removedFromPattern(file: SourceFile, variable: VariableFacts): Edit | null {
  const { declaration, at } = variable
  if (declaration === null) return null
  const { text } = file
  const pattern = text.slice(declaration.start, declaration.end)
  if (pattern.includes('...') || !/^(const|let|var)\s*\{/.test(pattern)) return null
  const property = propertyAround(file, declaration, at)
  const after = /^\s*,\s*/.exec(text.slice(property.end, declaration.end))
  if (after)
    return replace(file, { start: property.start, end: property.end + after[0].length }, '')
  const before = /,\s*$/.exec(text.slice(declaration.start, property.start))
  if (!before) return null
  return replace(file, { start: property.start - before[0].length, end: property.end }, '')
}

/** `stock`, `stock: current` or `stock = 0`, in the pattern that binds a name. */
function propertyAround({ module }: SourceFile, declaration: Range, name: Range): Range {
  const { values, places } = module.facts
  let widest = name
  values.forEach((value, id) => {
    const place = places[id]
    if (value.kind !== 'member' || !place || !contains(place, name)) return
    if (contains(declaration, place) && contains(place, widest)) widest = place
  })
  return widest
}

/** Takes out the names of imports that are read in nothing but what is gone. */
function unusedImports(file: SourceFile, gone: readonly Range[]): readonly Edit[] | null {
  const edits: Edit[] = []
  for (const { at, names } of file.module.facts.imports) {
    const unused = (names ?? []).filter(
      (name) =>
        name.reads.some((read) => isIn(read, gone)) && name.reads.every((read) => isIn(read, gone)),
    )
    if (unused.length === 0) continue
    if (unused.some((name) => isNamedElsewhere(file, name, gone))) return null
    if (names?.length === unused.length) {
      const whole = wholeLines(file, at)
      if (whole === null) return null
      edits.push(...removeLines(file, [whole]))
      continue
    }
    const removed = removedNames(file, names ?? [], unused)
    if (removed === null) return null
    edits.push(...removed)
  }
  return edits
}

/** The name stands somewhere that is no read: a type, most likely. */
export function isNamedElsewhere(
  { text }: SourceFile,
  name: ImportedName,
  gone: readonly Range[],
): boolean {
  const word = new RegExp(`(?<![\\w$])${name.local.replaceAll('$', '\\$')}(?![\\w$])`, 'g')
  return [...text.matchAll(word)].some(({ index }) => !isIn(index, [...gone, name.at]))
}

/** Takes some names out of an import, with the commas that go with them; null where that takes more than commas. */
export function removedNames(
  file: SourceFile,
  names: readonly ImportedName[],
  unused: readonly ImportedName[],
): readonly Edit[] | null {
  const edits: Edit[] = []
  for (let first = 0; first < names.length; first += 1) {
    if (!unused.includes(names[first] as ImportedName)) continue
    let last = first
    while (last + 1 < names.length && unused.includes(names[last + 1] as ImportedName)) last += 1
    const before = names[first - 1]
    const next = names[last + 1]
    const start = (names[first] as ImportedName).at.start
    const { end } = (names[last] as ImportedName).at
    const comma = next
      ? { start: end, end: next.at.start }
      : { start: before?.at.end ?? end, end: start }
    if (!/^\s*,\s*$/.test(file.text.slice(comma.start, comma.end))) return null
    edits.push(replace(file, next ? { start, end: comma.end } : { start: comma.start, end }, ''))
    first = last
  }
  return edits
}
