import type { Range } from '../facts/model.ts'
import type { Edit } from './edit.ts'
import { freeName } from './free-name.ts'
import { insertAfter, replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { isNamedElsewhere, removedNames } from './unused.ts'

/** A function of the package that a class was imported from, whose only use it may have taken away. */
export function importedInstead(
  file: SourceFile,
  use: Range,
  name: string,
): { readonly name: string; readonly edits: readonly Edit[] } | null {
  const { imports } = file.module.facts
  const local = textAt(file, use)
  const own = imports.find(({ names }) => names?.some((one) => one.local === local))
  const there = own?.names?.find((one) => one.local === local)
  if (!own?.names || !there || there.imported === '*' || there.imported === 'default') return null
  const isNeeded = isNamedElsewhere(file, there, [use])
  const known = imports
    .filter(({ source, typeOnly }) => source === own.source && !typeOnly)
    .flatMap(({ names }) => names ?? [])
    .find(({ imported }) => imported === name)
  if (known) {
    const removed = isNeeded ? [] : removedNames(file, own.names, [there])
    return removed === null ? null : { name: known.local, edits: removed }
  }
  if (own.typeOnly || freeName(file, [name]) === null) return null
  return {
    name,
    edits: isNeeded ? insertAfter(file, there.at, [name]) : [replace(file, there.at, name)],
  }
}
