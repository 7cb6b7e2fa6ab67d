import type { Analysis } from '../../operations/analysis.ts'
import { canonical } from '../../project/canonical.ts'
import { evaluate } from '../../project/evaluate.ts'
import { callOf } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import { decidedBefore } from '../guards/decided.ts'
import { toldBy } from '../guards/presence.ts'
import { roundsOf } from '../loops/loops.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { sourcesOf } from '../values/sources.ts'
import { valuesAskedBy } from './asked-values.ts'
import type { Asked } from './asked-values.ts'
import { isOnlyTested } from './only-tested.ts'
import { areAtOnce, readsTogetherIn } from './reads-together.ts'
import type { ReadPair, ReadTogether } from './reads-together.ts'

/** By what the items of two tables belong together. */
export interface SharedKey {
  /** The attribute of the first read's item that holds it, a path with dots. */
  readonly attribute: string
  /** The attribute of the second that is asked for it. */
  readonly key: string
  /** The first gave many items, and the second is asked for all that they name. */
  readonly isList: boolean
}

/** Reads of a file that join two tables in code: the second is asked for what the items of the first name. */
export function joinsIn(analysis: Analysis): readonly ReadTogether<SharedKey>[] {
  return readsTogetherIn(analysis, sharedKey)
}

/**
 * The key by which a read goes on from the items of an earlier one: taken from an item, or the very key by which that was
 * asked for. Null where there is none such, and where the second is sent for one element of a list after another.
 */
export function sharedKey(pair: ReadPair): SharedKey | null {
  const { first, second } = pair
  const asked = valuesAskedBy(second)
  if (asked.length === 0 || isOneByOne(second) || isAfterFailure(second)) return null
  return foundIn(first, asked) ?? (areAtOnce(pair) ? null : sameKey(pair, asked))
}

/** Read only where the first gave no item: in its place, rather than beside it. */
function isInstead({ first, second }: ReadPair): boolean {
  return decidedBefore(second, first).some(
    (decided) => toldBy(decided, first)?.presence === 'absent',
  )
}

/** For one element of a list after another: what `no-n-plus-one` speaks of. A loop that pages is none such. */
function isOneByOne(read: Occurrence): boolean {
  return roundsOf(read).some(({ kind }) => kind !== 'while' && kind !== 'do-while')
}

/** Read in a `catch`: not what the request is for. */
function isAfterFailure({ trail }: Occurrence): boolean {
  return trail.some(({ frame, call }) => callOf(frame.module, call).handlers.length > 0)
}

/** More attributes than this in one key, and nobody can tell by which of them the tables belong together. */
const MOST_ATTRIBUTES = 2

function foundIn(first: Occurrence, asked: readonly Asked[]): SharedKey | null {
  for (const { attribute: key, value } of asked) {
    const sources = sourcesOf(value).filter(
      ({ frame, call, about, use }) =>
        frame === first.frame && call === first.call && about === null && use !== 'reckoned',
    )
    const attributes = new Set(sources.map(({ path }) => attributeOf(path)).filter((a) => a !== ''))
    const [attribute] = attributes
    if (attribute === undefined || attributes.size > MOST_ATTRIBUTES) continue
    return { attribute, key, isList: sources.some((s) => s.listed || s.path.includes('[]')) }
  }
  return null
}

/** A path with dots, without the places in lists that it leads through. */
function attributeOf(path: readonly string[]): string {
  return path.filter((part) => !/^(?:\[\]|\d+)$/.test(part)).join('.')
}

/** The second is asked for the whole key by which the first was found, and that is more than looked whether it is there. */
function sameKey(pair: ReadPair, asked: readonly Asked[]): SharedKey | null {
  const { first } = pair
  const known = valuesAskedBy(first).filter(({ value }) => varies(value))
  const shared = known.map(({ attribute, value }) => ({
    attribute,
    key: asked.find((other) => canonical(other.value) === canonical(value))?.attribute,
  }))
  const [one] = shared
  if (one?.key === undefined || shared.some(({ key }) => key === undefined)) return null
  return isOnlyTested(first) || isInstead(pair)
    ? null
    : { attribute: one.attribute, key: one.key, isList: false }
}

function varies(value: Term): boolean {
  switch (value.kind) {
    case 'literal':
    case 'external':
      return false
    case 'template':
      return value.parts.some(
        (part) =>
          part.kind === 'value' && varies(evaluate({ frame: value.ref.frame, value: part.value })),
      )
    case 'object':
      return [...(viewOf(value)?.fields.values() ?? [])].some((field) => varies(field.term()))
    default:
      return true
  }
}
