import type { Range } from '../facts/model.ts'
import type { ValueFormat } from '../clients/client-library.ts'
import { placeOf } from '../project/module.ts'
import { rootNames } from './names-in-scope.ts'
import { contains, textAt } from './source-file.ts'
import type { SourceFile } from './source-file.ts'
import { propertiesOf } from './written-request.ts'
import type { Property } from './written-request.ts'
import type { WrittenRound } from './written-round.ts'

/** What tells the item of one round from those of the others. */
export interface RoundKey {
  /** Code that gives it in the round. */
  readonly code: string
  /** Code that gives it of an item that was read, by that item's name. */
  readonly of: (item: string) => string
  /** Names that the code reads. */
  readonly names: readonly string[]
}

/**
 * What differs from round to round in the key of an item. Null where it is more than values that are read, and where nothing
 * differs.
 *
 * @param holder what holds the attributes, written out: a Key, an Item
 * @param attributes the attributes of the key; null for all that are there
 */
export function roundKey(
  file: SourceFile,
  holder: Property,
  round: WrittenRound,
  { attributes, values }: { attributes: readonly string[] | null; values: ValueFormat },
): RoundKey | null {
  const at = placeOf(file.module, holder.value)
  const all = contains(holder.valueAt, at) ? propertiesOf(file, holder.value) : null
  const own = all?.filter(({ key }) => attributes?.includes(key) ?? true)
  if (!own || own.length === 0 || own.length < (attributes?.length ?? 1)) return null
  const parts = own.map(({ key, valueAt }) => {
    const code = plainCode(textAt(file, valueAt), values)
    const names = code === null ? null : namesRead(code)
    return code === null || names === null ? null : { key, code, names }
  })
  if (!parts.every((part) => part !== null)) return null
  const varying = parts.filter(({ names }) => names.some((name) => isOfRound(file, name, round)))
  const [first, ...others] = varying
  if (!first) return null
  const read = (item: string, key: string): string => {
    const member = /^[A-Za-z_$][\w$]*$/.test(key) ? `${item}.${key}` : `${item}['${key}']`
    return values === 'document' ? member : `${member}?.S`
  }
  const names = varying.flatMap((part) => part.names)
  if (others.length === 0) return { code: first.code, of: (item) => read(item, first.key), names }
  return {
    code: `JSON.stringify([${varying.map(({ code }) => code).join(', ')}])`,
    of: (item) => `JSON.stringify([${varying.map(({ key }) => read(item, key)).join(', ')}])`,
    names,
  }
}

/** The value in a `{ S: … }`, or the value itself; null where it is described in another way. */
function plainCode(code: string, values: ValueFormat): string | null {
  if (values === 'document') return code
  return /^\{\s*S:\s*(.*?),?\s*\}$/s.exec(code)?.[1] ?? null
}

/** The names that a value is made of, a template's holes looked into; null where it is more than reads. */
export function namesRead(code: string): readonly string[] | null {
  if (/^(?:'[^'\\\n]*'|"[^"\\\n]*")$/.test(code)) return []
  const template = /^`((?:[^`\\$]|\$\{[^{}`]*\})*)`$/.exec(code)?.[1]
  if (template === undefined) return rootNames(code)
  const holes = [...template.matchAll(/\$\{([^{}]*)\}/g)].map(([, hole = '']) => rootNames(hole))
  return holes.every((names) => names !== null) ? holes.flat() : null
}

/** A name that is given anew in each round. */
function isOfRound(file: SourceFile, name: string, round: WrittenRound): boolean {
  return round.names.includes(name) || isDeclaredIn(file, name, round.body)
}

/** A variable of that name belongs to some code. */
export function isDeclaredIn({ module }: SourceFile, name: string, code: Range): boolean {
  return module.facts.variables.some((v) => v.name === name && contains(code, v.at))
}
