import { placeOfPlaceholder } from '../../operations/request.ts'
import type { Write } from '../../operations/writes.ts'
import { canonical } from '../../project/canonical.ts'
import type { Place, Term } from '../../project/term.ts'
import { isClock } from '../guards/tests.ts'
import { holdsTime } from '../values/random-ids.ts'
import { writtenBy } from './written.ts'

/**
 * All that the one update sets, times aside, the other sets to the same values in its item: a copy that is to stay one, or
 * one state of several items. That both are given the same mark (`enabled: true`) tells nothing, unless one line of code
 * gives it to both.
 */
export function isOneChange(a: Write, b: Write): boolean {
  if (a.kind !== 'Update' || b.kind !== 'Update') return false
  const [one, other] = [changeOf(a), changeOf(b)]
  if (one === null || other === null) return false
  const [few, many] = one.size <= other.size ? [one, other] : [other, one]
  const isSame = ([set]: readonly [string, Given]): boolean => many.has(set)
  const isTelling = ([set, given]: readonly [string, Given]): boolean =>
    !given.isMark || isOnePlace(given.at, many.get(set)?.at ?? null)
  return few.size > 0 && [...few].every(isSame) && [...few].some(isTelling)
}

function isOnePlace(a: Place | null, b: Place | null): boolean {
  return a !== null && b !== null && a.module === b.module && a.start === b.start
}

interface Given {
  /** A boolean or a number that is always the same. */
  readonly isMark: boolean
  /** Where it is written. */
  readonly at: Place | null
}

/** What an update sets to which values, without times; null where that is not all known. */
function changeOf(write: Write): ReadonlyMap<string, Given> | null {
  const { values, sets, removed, appended } = writtenBy(write)
  if (removed.length > 0 || appended.length > 0) return null
  const told = new Set(values.map(({ attribute }) => attribute))
  if ([...sets.keys()].some((attribute) => !told.has(attribute))) return null
  return new Map(
    values.flatMap(({ attribute, term, placeholder }) => {
      if (isTime(term) || canonical(term) === 'undefined') return []
      const place = placeholder === null ? null : placeOfPlaceholder(write.request, placeholder)
      const isMark = term.kind === 'literal' && typeof term.value !== 'string'
      return [[`${attribute}=${canonical(term)}`, { isMark, at: place }] as const]
    }),
  )
}

/** A time of day, or something computed from one. */
function isTime(term: Term): boolean {
  return holdsTime(term) || isClock(term)
}
