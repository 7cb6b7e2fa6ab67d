import type { Term } from '../../project/term.ts'
import { truthOf } from './count-test.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { isMadeOf } from './picked.ts'
import type { Asked } from './picked.ts'

/** Whether there is an item such as was read for, and by what the code picked it from those that were read. */
export interface Told {
  readonly presence: 'present' | 'absent'
  /** null: by something that is not known. */
  readonly picked: readonly Asked[] | null
  /** Of an element of a list that the item has, and not of the item: the attributes that lead to the list. */
  readonly list: readonly string[] | null
}

/** Told of the item itself. */
export function told(isThere: boolean): Told {
  return { presence: isThere ? 'present' : 'absent', picked: [], list: null }
}

/** Told of items that were picked by something which is not known. */
export function otherwise(isThere: boolean): Told {
  return { ...told(isThere), picked: null }
}

/** What two tell, where they tell the same of the same. */
export function agreed(a: Told, b: Told): Told | null {
  const isSame = a.presence === b.presence && a.list?.join('.') === b.list?.join('.')
  return isSame ? together(a, b) : null
}

export function together(a: Told, b: Told): Told {
  const picked = a.picked && b.picked && [...a.picked, ...b.picked]
  return { presence: a.presence, picked, list: a.list }
}

/** One of the values that something may be, and what it would tell. */
export interface Option {
  readonly term: Term
  readonly told: () => Told | null
}

/** What all values that may hold (or not) agree on; one that stands for nothing found goes along with that. */
export function toldByAll(
  options: readonly Option[],
  holds: boolean,
  read: Occurrence,
): Told | null {
  let found: Told | null = null
  let isLacking = false
  let isFoundOtherwise = false
  for (const option of options) {
    if (truthOf(option.term) === !holds) {
      if (!holds && isMadeOf(option.term, read)) isFoundOtherwise = true
      continue
    }
    const own = option.told()
    if (own !== null) {
      const both: Told | null = found === null ? own : agreed(found, own)
      if (both === null) return null
      found = both
    } else if (truthOf(option.term) === false) isLacking = true
    else return null
  }
  if (found !== null) return isLacking && found.presence === 'present' ? null : found
  return isLacking && isFoundOtherwise ? told(false) : null
}
