import { keyConditionOf } from '../operations/key-condition.ts'
import { plainValue } from '../operations/plain-value.ts'
import { requestOf, termOfMember } from '../operations/request.ts'
import { writesOf } from '../operations/writes.ts'
import { canonical } from '../project/canonical.ts'
import { freeFrame } from '../project/frame.ts'
import type { Module } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import { occurrencesIn } from '../flow/paths/occurrences.ts'
import type { Occurrence } from '../flow/paths/occurrences.ts'

/**
 * What a key's text says of the kind of its item: `ORDER#` before something that varies, or a text that is always the
 * same (`PROFILE`).
 */
export interface Kind {
  readonly text: string
  readonly isWhole: boolean
}

/** What ends the name of a kind. */
const DELIMITER = /[#|:/]/

/** A kind begins with a word: `ORDER#…`, not `2024-01-01T10:00`. */
const NAMED_KIND = /^#?[A-Za-z][\w-]*[#|:/]/

/** A text that is a kind's prefix and nothing more. */
export function isBarePrefix(text: string): boolean {
  return /^#?[A-Za-z][\w#|:/-]*[#|:/]$/.test(text)
}

/** The text that a term begins with, and whether that is all of it; null where it begins with something unknown. */
export function beginningOf(term: Term): { readonly text: string; readonly isAll: boolean } | null {
  if (term.kind === 'literal')
    return typeof term.value === 'string' ? { text: term.value, isAll: true } : null
  if (term.kind !== 'template') return null
  const [first] = term.parts
  return first?.kind === 'text' ? { text: first.text, isAll: false } : null
}

/** The kind that a key's value tells; null where it tells none. */
export function kindOf(term: Term): Kind | null {
  const beginning = beginningOf(term)
  if (beginning === null || beginning.text === '') return null
  const [prefix] = NAMED_KIND.exec(beginning.text) ?? []
  if (prefix !== undefined) return { text: prefix, isWhole: false }
  const isWord = beginning.isAll && /^[A-Za-z$_][\w-]*$/.test(beginning.text)
  return isWord && !DELIMITER.test(beginning.text) ? { text: beginning.text, isWhole: true } : null
}

export function sameKind(a: Kind, b: Kind): boolean {
  return a.text === b.text && a.isWhole === b.isWhole
}

/** Everything that some files give one attribute of a table, in items, keys and key conditions. */
export interface Given {
  readonly term: Term
  readonly kind: Kind | null
  /** An item has just this value: it is put there, or named so by a whole key. */
  readonly isExact: boolean
}

/** An item that is put into a table: its attributes that are known. */
export type StoredItem = ReadonlyMap<string, Term>

/** What is seen of a table in some files: the items put there, whole keys, and what Queries ask for. */
export interface SeenItems {
  readonly items: readonly StoredItem[]
  readonly keys: readonly StoredItem[]
  readonly asked: readonly StoredItem[]
}

const known = new WeakMap<Module, ReadonlyMap<string, SeenItems>>()

/** What the code of some files puts into a table, and by which keys it names items of it. */
export function itemsSeen(table: Term, modules: readonly Module[]): SeenItems {
  const id = canonical(table)
  const seen = [...new Set(modules)].flatMap((module) => seenIn(module).get(id) ?? [])
  return {
    items: seen.flatMap(({ items }) => items),
    keys: seen.flatMap(({ keys }) => keys),
    asked: seen.flatMap(({ asked }) => asked),
  }
}

/** What an attribute is given in what is seen. */
export function givenTo(attribute: string, { items, keys, asked }: SeenItems): readonly Given[] {
  const given = (maps: readonly StoredItem[], isExact: boolean): readonly Given[] =>
    maps.flatMap((map) => {
      const value = map.get(attribute)
      return value === undefined
        ? []
        : alternatives(value).map((term) => ({ term, kind: kindOf(term), isExact }))
    })
  return [...given([...items, ...keys], true), ...given(asked, false)]
}

function seenIn(module: Module): ReadonlyMap<string, SeenItems> {
  const before = known.get(module)
  if (before) return before
  const tables = new Map<string, Record<keyof SeenItems, StoredItem[]>>()
  for (const { table, ...use } of module.facts.functions.flatMap((_, id) =>
    occurrencesIn(freeFrame(module, id)).flatMap(usesOf),
  )) {
    if (table === null) continue
    const id = canonical(table)
    const seen = tables.get(id) ?? { items: [], keys: [], asked: [] }
    tables.set(id, seen)
    if (use.item) seen.items.push(use.item)
    if (use.key) seen.keys.push(use.key)
    if (use.asked) seen.asked.push(use.asked)
  }
  known.set(module, tables)
  return tables
}

interface Use {
  readonly table: Term | null
  readonly item?: StoredItem
  readonly key?: StoredItem
  readonly asked?: StoredItem
}

function usesOf({ spelling }: Occurrence): readonly Use[] {
  const request = requestOf(spelling.request)
  const table = termOfMember(request, 'TableName')
  const attributes = (term: Term | null): StoredItem =>
    new Map(
      [...((term === null ? null : viewOf(term))?.fields ?? [])].map(([name, field]) => [
        name,
        plainValue(field.term(), spelling),
      ]),
    )
  switch (spelling.kind) {
    case 'GetItem':
      return [{ table, key: attributes(termOfMember(request, 'Key')) }]
    case 'Query': {
      const tests = keyConditionOf(request)?.tests ?? []
      const asked: StoredItem = new Map(
        tests.flatMap(({ attribute, value }) =>
          value === null ? [] : [[attribute, plainValue(value, spelling)] as const],
        ),
      )
      return [{ table, asked }]
    }
    default:
      return writesOf(spelling).map((write) =>
        write.kind === 'Put'
          ? { table: write.table, item: attributes(write.item) }
          : { table: write.table, key: attributes(write.item) },
      )
  }
}
