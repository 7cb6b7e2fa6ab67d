/** What an infrastructure file says, as plain values. What is not known is null. */
export type Data = string | number | boolean | null | readonly Data[] | DataMap

export interface DataMap {
  readonly [key: string]: Data
}

/** Where a part of an infrastructure file stands. */
export interface DataPlace {
  readonly file: string
  /** From 1. */
  readonly line: number
}

const places = new WeakMap<object, () => DataPlace>()

/** Where a map or a list was read; null where that is not kept. */
export function placeOfData(data: Data | undefined): DataPlace | null {
  return typeof data === 'object' && data !== null ? (places.get(data)?.() ?? null) : null
}

/** Keeps where a map or a list was read; of several places the first counts. */
export function keepPlace(data: Data, place: () => DataPlace): void {
  if (typeof data === 'object' && data !== null && !places.has(data)) places.set(data, place)
}

/** A value as a map; null where it is none. */
export function mapOf(data: Data | undefined): DataMap | null {
  return typeof data === 'object' && data !== null && !isList(data) ? data : null
}

/** A value as a list; null where it is none. */
export function listOf(data: Data | undefined): readonly Data[] | null {
  return data !== undefined && isList(data) ? data : null
}

/** A value as a text; null where it is none. */
export function textOf(data: Data | undefined): string | null {
  return typeof data === 'string' ? data : null
}

/** What a path of keys leads to; undefined where it leads nowhere. */
export function at(data: Data | undefined, ...keys: readonly string[]): Data | undefined {
  let found = data
  for (const key of keys) {
    const map = mapOf(found)
    if (map === null || !Object.hasOwn(map, key)) return undefined
    found = map[key]
  }
  return found
}

/** The entries of a map; none where it is no map. */
export function entriesOf(data: Data | undefined): readonly (readonly [string, Data])[] {
  return Object.entries(mapOf(data) ?? {})
}

function isList(data: Data): data is readonly Data[] {
  return Array.isArray(data)
}
