/**
 * What a method makes of a list, or of a Set or Map of its elements.
 * - `same`: a list of the same elements, perhaps fewer, in another order.
 * - `map`: a list of something made of each.
 * - `each`: it calls a function with each.
 * - `first`: it takes one by its place.
 * - `search`: it looks for one by what it is.
 * - `reduce`: it makes one value of all.
 * - `add`: it changes the list itself.
 */
export type ListMethod = 'same' | 'map' | 'each' | 'first' | 'search' | 'reduce' | 'add'

const METHODS: ReadonlyMap<string, ListMethod> = new Map<string, ListMethod>([
  ['filter', 'same'],
  ['slice', 'same'],
  ['sort', 'same'],
  ['toSorted', 'same'],
  ['reverse', 'same'],
  ['toReversed', 'same'],
  ['concat', 'same'],
  ['values', 'same'],
  ['entries', 'same'],
  ['flat', 'same'],
  ['map', 'map'],
  ['flatMap', 'map'],
  ['forEach', 'each'],
  ['at', 'first'],
  ['shift', 'first'],
  ['pop', 'first'],
  ['find', 'search'],
  ['findLast', 'search'],
  ['findIndex', 'search'],
  ['findLastIndex', 'search'],
  ['some', 'search'],
  ['every', 'search'],
  ['includes', 'search'],
  ['indexOf', 'search'],
  ['has', 'search'],
  ['get', 'search'],
  ['reduce', 'reduce'],
  ['reduceRight', 'reduce'],
  ['push', 'add'],
  ['unshift', 'add'],
])

/** null for a method that is none of a list, or none that is known. */
export function listMethod(name: string): ListMethod | null {
  return METHODS.get(name) ?? null
}
