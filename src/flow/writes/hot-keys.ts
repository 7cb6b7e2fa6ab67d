import type { Analysis } from '../../operations/analysis.ts'
import { plainValue } from '../../operations/plain-value.ts'
import type { Spelling } from '../../operations/recognise.ts'
import { writesOf } from '../../operations/writes.ts'
import { canonical } from '../../project/canonical.ts'
import { freeFrame } from '../../project/frame.ts'
import { placeOf } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import { alternatives } from '../../project/term.ts'
import type { Place, Term } from '../../project/term.ts'
import { isClosed, viewOf } from '../../project/view.ts'
import { beginningOf } from '../../tables/kinds.ts'
import { fewByName, fewValues } from '../values/few-values.ts'
import type { Few } from '../values/few-values.ts'
import { keysWrittenBy } from './keys-written.ts'
import type { WrittenKey } from './keys-written.ts'
import { lowestOf, placeInOwner } from '../paths/lowest.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { writtenBy } from './written.ts'
import type { Written } from './written.ts'

/** A partition key under which items without number come to lie. */
export interface HotKey extends WrittenKey {
  readonly few: Few
  /** Where the value is written, as near to what the file itself says as can be. */
  readonly owner: Place
}

/**
 * The partition keys of a file's writes that have few values, each where the value is written. Silent where it is one item
 * that lies there, or a few: those of a configuration, or those that are marked in a sparse index until the mark goes.
 */
export function hotKeysOf(analysis: Analysis): readonly HotKeyFound[] {
  return lowestOf(analysis.module, (occurrence) => {
    const keys = hotKeysIn(occurrence, analysis)
    return keys.length === 0 ? null : keys
  }).flatMap(({ occurrence, found }) =>
    found.map((key): HotKeyFound => {
      const field = placeInOwner({ occurrence, found }, key.at)
      if (field === key.at) return { ...key, occurrence, owner: field }
      const own = placeOfValue(key.value)
      const isHere = own?.module === analysis.module
      // What a caller gives is one of what callers give.
      const isGiven = isHere && placeInOwner({ occurrence, found }, own) === own
      const few = isGiven && key.few === 'constant' ? 'list' : key.few
      return { ...key, few, occurrence, owner: isHere ? own : field }
    }),
  )
}

export interface HotKeyFound extends HotKey {
  readonly occurrence: Occurrence
}

function placeOfValue(value: Term): Place | null {
  if (!('ref' in value) || value.ref == null) return null
  const { frame } = value.ref
  return { ...placeOf(frame.module, value.ref.value), module: frame.module }
}

type Hot = Omit<HotKey, 'owner'>

function hotKeysIn(occurrence: Occurrence, analysis: Analysis): readonly Hot[] {
  return keysWrittenBy(occurrence, analysis).flatMap((key): readonly Hot[] => {
    // The item that an update names was put there by somebody.
    const isNamed = key.write.kind === 'Update' && key.field !== null
    if (key.role === 'sort' || isNamed || !key.certain || key.table.schema?.small === true)
      return []
    const few = fewValues(key.value, key.attribute)
    if (few === null || isOneOfFew(key, occurrence.spelling)) return []
    if (key.index === null) return isMadeUp(key) ? [] : [{ ...key, few: kindOfConstant(key, few) }]
    const modules = [analysis.module, ...occurrence.trail.map(({ frame }) => frame.module)]
    const later = updatesOf(key, modules)
    if (later.some(({ removed }) => removed.includes(key.attribute))) return []
    if (isOutside(key, occurrence.spelling, later)) return []
    const isState = key.field === null || later.some(({ sets }) => sets.has(key.attribute))
    const kind = kindOfConstant(key, few)
    return [{ ...key, few: isState && kind === 'constant' ? 'list' : kind }]
  })
}

/** A number that is written out is some item's id, not a partition that others share. */
function isMadeUp({ value }: WrittenKey): boolean {
  return value.kind === 'literal' && /^\d+$/.test(String(value.value))
}

/**
 * Whether the item does not come into the index, or not always: it lacks the index's sort key, which no update gives it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-indexes-general-sparse-indexes.html
 */
function isOutside(
  { index, keys, write, field }: WrittenKey,
  spelling: Spelling,
  later: readonly Written[],
): boolean {
  const sort = keys.find((key) => key.index === index && key.role === 'sort')
  const view = write.item === null || field === null ? null : viewOf(write.item)
  if (!sort || view === null || !isClosed(view)) return false
  if (later.some(({ sets }) => sets.has(sort.attribute))) return false
  const value = view.fields.get(sort.attribute)
  return (
    value === undefined ||
    alternatives(plainValue(value.term(), spelling)).some(
      (term) => term.kind === 'literal' && term.value === undefined,
    )
  )
}

/** A constant that says by itself that others are written, too: a status, or yes and no. */
function kindOfConstant({ value, attribute }: WrittenKey, few: Few): Few {
  if (few !== 'constant') return few
  const text = value.kind === 'literal' ? String(value.value) : ''
  if (/^(?:true|false|yes|no|y|n|[01])$/i.test(text)) return 'boolean'
  const [prefix = ''] = /^[A-Za-z_]+(?=[#:|])/.exec(text) ?? []
  return fewByName(attribute) ?? fewByName(prefix) ?? few
}

/** What a configuration calls the place where it lies. */
const CONFIGURATION =
  /config|setting|meta|count|lock|version|schema|flag|feature|system|sequence|cache|migration|singleton|default|lookup|secret|template/i

/** One item, or a handful that somebody set up: what makes it another item is the same, or one of few, too. */
function isOneOfFew(
  { value, index, attribute, keys, write }: WrittenKey,
  spelling: Spelling,
): boolean {
  const beginning = beginningOf(value)
  if (beginning !== null && CONFIGURATION.test(beginning.text)) return true
  const view = write.item === null ? null : viewOf(write.item)
  if (view === null) return true
  const others = keys.filter((key) => key.index === null && key.attribute !== attribute)
  if (index === null && others.length === 0) return true
  return (
    others.length > 0 &&
    others.every((key) => {
      const field = view.fields.get(key.attribute)
      return (
        field !== undefined && fewValues(plainValue(field.term(), spelling), key.attribute) !== null
      )
    })
  )
}

/** What the updates of a table that some files make set and remove. */
function updatesOf({ write }: WrittenKey, modules: readonly Module[]): readonly Written[] {
  const table = write.table && canonical(write.table)
  return [...new Set(modules)].flatMap((module) =>
    module.facts.functions.flatMap((_, id) =>
      occurrencesIn(freeFrame(module, id)).flatMap(({ spelling }) =>
        writesOf(spelling).flatMap((other) =>
          other.kind === 'Update' && sameTable(other.table, table) ? [writtenBy(other)] : [],
        ),
      ),
    ),
  )
}

function sameTable(term: Term | null, table: string | null): boolean {
  return term === null || table === null || canonical(term) === table
}
