import type { ImportedName, Range } from '../facts/model.ts'
import type { Edit } from './edit.ts'
import { freeName } from './free-name.ts'
import { contains, insertAfter, replace, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { isNamedElsewhere, removedNames } from './unused.ts'

/** What code calls a function or class, and what has to be changed for that. */
export interface Named {
  readonly name: string
  readonly edits: readonly Edit[]
}

/**
 * A function or class of the package that others were imported from, whose last uses a change may have taken away.
 *
 * @param uses where names of that package stand that will be gone
 */
export function importedInstead(
  file: SourceFile,
  uses: readonly Range[],
  name: string,
): Named | null {
  const path = pathBefore(file, uses)
  if (path !== null) return { name: `${path}${name}`, edits: [] }
  const own = broughtIn(file, uses)
  if (own === null) return null
  const gone = own.names.filter(
    (one) =>
      uses.some((use) => textAt(file, use) === one.local) && !isNamedElsewhere(file, one, uses),
  )
  const known = own.usable.find(({ imported }) => imported === name)
  if (known) {
    const removed = removedNames(file, own.names, gone)
    return removed === null ? null : { name: known.local, edits: removed }
  }
  if (own.typeOnly || freeName(file, [name]) === null) return null
  const [first, ...others] = gone
  if (!first) return { name, edits: insertAfter(file, own.used.at, [name]) }
  // Names that stand side by side are replaced in one go, so that no two edits touch.
  const beside = followers(own.names, first, others)
  const end = beside.at(-1)?.at.end ?? first.at.end
  const removed = removedNames(
    file,
    own.names,
    others.filter((one) => !beside.includes(one)),
  )
  const isPlain = /^[\w$\s,]*$/.test(file.text.slice(first.at.start, end))
  if (removed === null || !isPlain) return null
  return { name, edits: [replace(file, { start: first.at.start, end }, name), ...removed] }
}

/** `lib.` where each use is a member of one thing: `lib.PutCommand`. */
function pathBefore(file: SourceFile, uses: readonly Range[]): string | null {
  const paths = new Set(uses.map((use) => /^([\w$.]+\.)\w+$/.exec(textAt(file, use))?.[1]))
  const [path, ...others] = paths
  return path !== undefined && others.length === 0 ? path : null
}

interface BroughtIn {
  /** All names of the import, or of the pattern that a `require` is taken apart by. */
  readonly names: readonly ImportedName[]
  /** One of those that are used. */
  readonly used: ImportedName
  /** Names of the same package, here and elsewhere. */
  readonly usable: readonly ImportedName[]
  readonly typeOnly: boolean
}

/** The one statement that brings all the names in. */
function broughtIn(file: SourceFile, uses: readonly Range[]): BroughtIn | null {
  const { imports } = file.module.facts
  const locals = uses.map((use) => textAt(file, use))
  const holdsAll = (names: readonly ImportedName[]): boolean =>
    locals.every((local) => names.some((one) => one.local === local && isNamed(one)))
  const own = imports.find(({ names }) => names !== null && holdsAll(names))
  const names = own?.names ?? requiredWith(file, uses)
  const used = names?.find(({ local }) => local === locals[0])
  if (!names || !used || !holdsAll(names)) return null
  const usable = own
    ? imports
        .filter(({ source, typeOnly }) => source === own.source && !typeOnly)
        .flatMap((other) => other.names ?? [])
    : names
  return { names, used, usable, typeOnly: own?.typeOnly === true }
}

function isNamed({ imported }: ImportedName): boolean {
  return imported !== '*' && imported !== 'default'
}

/** `const { PutCommand, UpdateCommand } = require('@aws-sdk/lib-dynamodb')`, as names of an import. */
function requiredWith({ module, text }: SourceFile, uses: readonly Range[]): ImportedName[] | null {
  const { variables } = module.facts
  const declarations = uses.map(
    ({ start }) => variables.find(({ reads }) => reads.includes(start))?.declaration,
  )
  const [first] = declarations
  if (!first || !declarations.every((at) => at && contains(first, at))) return null
  const isPlain = /^const\s*\{[\w$\s,]*\}\s*=\s*require\([^()]*\);?$/
  if (!isPlain.test(text.slice(first.start, first.end))) return null
  return variables
    .filter(({ declaration }) => declaration !== null && contains(first, declaration))
    .map(({ name, at, reads }) => ({ imported: name, local: name, at, reads }))
    .sort((a, b) => a.at.start - b.at.start)
}

/** The names right behind one of a list, as long as they are some of others. */
function followers(
  names: readonly ImportedName[],
  first: ImportedName,
  others: readonly ImportedName[],
): readonly ImportedName[] {
  const behind = names.slice(names.indexOf(first) + 1)
  const end = behind.findIndex((one) => !others.includes(one))
  return end < 0 ? behind : behind.slice(0, end)
}
