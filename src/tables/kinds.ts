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
import { occurrencesIn } from '../flow/occurrences.ts'
import type { Occurrence } from '../flow/occurrences.ts'

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
  /** It is the value of an item that is put there. */
  readonly isStored: boolean
}

/** An item that is put into a table: its attributes that are known. */
export type StoredItem = ReadonlyMap<string, Term>

/** What is seen of a table in some files: the items put there, and the values that name items there. */
export interface SeenItems {
  readonly items: readonly StoredItem[]
  readonly keys: readonly StoredItem[]
}

const known = new WeakMap<Module, ReadonlyMap<string, SeenItems>>()

/** What the code of some files puts into a table, and by which keys it names items of it. */
export function itemsSeen(table: Term, modules: readonly Module[]): SeenItems {
  const id = canonical(table)
  const seen = [...new Set(modules)].flatMap((module) => seenIn(module).get(id) ?? [])
  return {
    items: seen.flatMap(({ items }) => items),
    keys: seen.flatMap(({ keys }) => keys),
  }
}

/** What an attribute is given in what is seen. */
export function givenTo(attribute: string, { items, keys }: SeenItems): readonly Given[] {
  const given = (maps: readonly StoredItem[], isStored: boolean): readonly Given[] =>
    maps.flatMap((map) =>
      alternatives(map.get(attribute) ?? { kind: 'unknown', from: [], ref: null }).flatMap(
        (term) => (map.has(attribute) ? [{ term, kind: kindOf(term), isStored }] : []),
      ),
    )
  return [...given(items, true), ...given(keys, false)]
}

function seenIn(module: Module): ReadonlyMap<string, SeenItems> {
  const before = known.get(module)
  if (before) return before
  const tables = new Map<string, { items: StoredItem[]; keys: StoredItem[] }>()
  for (const { table, item, key } of module.facts.functions.flatMap((_, id) =>
    occurrencesIn(freeFrame(module, id)).flatMap(usesOf),
  )) {
    if (table === null) continue
    const id = canonical(table)
    const seen = tables.get(id) ?? { items: [], keys: [] }
    tables.set(id, seen)
    if (item) seen.items.push(item)
    if (key) seen.keys.push(key)
  }
  known.set(module, tables)
  return tables
}

interface Use {
  readonly table: Term | null
  readonly item?: StoredItem
  readonly key?: StoredItem
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
      const key: StoredItem = new Map(
        tests.flatMap(({ attribute, value }) =>
          value === null ? [] : [[attribute, plainValue(value, spelling)] as const],
        ),
      )
      return [{ table, key }]
    }
    default:
      return writesOf(spelling).map((write) =>
        write.kind === 'Put'
          ? { table: write.table, item: attributes(write.item) }
          : { table: write.table, key: attributes(write.item) },
      )
  }
}
