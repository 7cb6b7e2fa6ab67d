import { equalities } from '../../expressions/index.ts'
import { expressionOf, namesOf, valueOfPlaceholder } from '../../operations/request.ts'
import { readOf } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import { itemsSeen } from '../../tables/kinds.ts'
import { canonical } from '../../project/canonical.ts'
import { evaluate } from '../../project/evaluate.ts'
import { memberOf } from '../../project/member.ts'
import { alternatives } from '../../project/term.ts'
import type { Term } from '../../project/term.ts'
import { isClosed, viewOf } from '../../project/view.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { responsePart, sourcesOf } from './sources.ts'

/**
 * Whether a written item is of the same collection as one that was read: of its table, with a key attribute that the
 * read fixed.
 */
export function isSibling(read: Occurrence, write: Write): boolean {
  if (!isOfSameTable(read, write)) return false
  const { key, request } = readOf(read.spelling)
  const view = key === null ? null : viewOf(key)
  const fixed = view
    ? new Map([...view.fields].map(([name, field]) => [name, field.term()]))
    : fixedBy(request)
  return [...fixed].some(([name, value]) => {
    const given = write.item === null ? null : keyPart(write.item, name)
    return (
      value !== null &&
      given !== null &&
      (canonical(given) === canonical(value) || isPartOf(given, read, name))
    )
  })
}

/** Whether a read and a write are known to speak of one table. */
export function isOfSameTable(read: Occurrence, write: Write): boolean {
  const { table } = readOf(read.spelling)
  return table !== null && write.table !== null && canonical(table) === canonical(write.table)
}

/** Whether a written item is known to be one that was read. */
export function isSameItem(read: Occurrence, write: Write): boolean {
  if (!isOfSameTable(read, write)) return false
  const { key, request } = readOf(read.spelling)
  if (write.item === null) return false
  if (key === null) return isListedItem(read, write, fixedBy(request))
  const keyView = viewOf(key)
  if (keyView === null || !isClosed(keyView)) {
    return write.kind === 'Put'
      ? isCopyOf(write.item, read)
      : canonical(key) === canonical(write.item)
  }
  const names = [...keyView.fields.keys()]
  // What is spread over a copy could bring another key along; that it does is not how such code is meant.
  const isCopy = write.kind === 'Put' && isCopyOf(write.item, read)
  return (
    names.length > 0 &&
    names.every((name) => {
      const wanted = keyView.fields.get(name)?.term()
      const given = keyPart(write.item as Term, name)
      if (wanted === undefined || given === null) return false
      if (canonical(given) === canonical(wanted)) return true
      const isItsKey = (option: Term): boolean =>
        canonical(option) === canonical(wanted) ||
        isPartOf(option, read, name) ||
        isMadeAlike(name, option, wanted, read)
      return isCopy ? alternatives(given).some(isItsKey) : alternatives(given).every(isItsKey)
    })
  )
}

function keyPart(item: Term, name: string): Term | null {
  const part = memberOf(item, name)
  return part === null || (part.kind === 'literal' && part.value === undefined) ? null : part
}

/** What the key condition of a Query, or a filter, fixes: attribute → value. */
function fixedBy(request: ReturnType<typeof readOf>['request']): ReadonlyMap<string, Term | null> {
  const fixed = new Map<string, Term | null>()
  const names = namesOf(request)
  for (const kind of ['KeyCondition', 'Filter'] as const) {
    const condition = expressionOf(request, kind)
    if (condition.state !== 'known') continue
    for (const { tree } of condition.texts) {
      for (const equality of equalities(tree, names)) {
        const [name] = equality.resolved ?? []
        if (typeof name !== 'string' || equality.operand.type !== 'ValuePlaceholder') continue
        fixed.set(name, valueOfPlaceholder(request, equality.operand.name))
      }
    }
  }
  return fixed
}

/** The item written has the key of one that was listed. */
function isListedItem(
  read: Occurrence,
  write: Write,
  fixed: ReadonlyMap<string, Term | null>,
): boolean {
  const item = write.item as Term
  if (write.kind === 'Put' && isCopyOf(item, read)) {
    // A copy under another key is another item.
    return [...fixed.keys()].every((name) => {
      const part = keyPart(item, name)
      return (
        part === null ||
        isPartOf(part, read, name) ||
        canonical(part) === canonical(fixed.get(name) ?? part)
      )
    })
  }
  const view = viewOf(item)
  if (view === null || write.kind === 'Put') return false
  const fields = [...view.fields.values()]
  const isFromRead = (name: string, term: Term): boolean => isPartOf(term, read, name)
  const isFixed = (name: string, term: Term): boolean => {
    const value = fixed.get(name)
    return value !== undefined && value !== null && canonical(value) === canonical(term)
  }
  return (
    fields.length > 0 &&
    fields.every((field) => isFromRead(field.key, field.term()) || isFixed(field.key, field.term()))
  )
}

/** The item read, perhaps with some of its attributes changed. */
export function isCopyOf(item: Term, read: Occurrence): boolean {
  return alternatives(item).some((option) => {
    if (isWhole(option, read)) return true
    return (
      viewOf(option)?.spreads.some((spread) =>
        alternatives(spread).some((s) => isWhole(s, read) || isCopyThrough(s, read)),
      ) === true
    )
  })
}

/** A copy of a copy, or the item as some function outside the file hands it on: `...stripKeys(result.Item)`. */
function isCopyThrough(term: Term, read: Occurrence): boolean {
  if (term.kind === 'object') return isCopyOf(term, read)
  if (term.kind !== 'result') return false
  const [first] = term.arguments
  return first !== undefined && alternatives(first.term()).some((given) => isWhole(given, read))
}

function isWhole(term: Term, read: Occurrence): boolean {
  const part = responsePart(term)
  return (
    part !== null &&
    part.about === null &&
    part.path.length === 0 &&
    part.frame === read.frame &&
    part.call === read.call
  )
}

/** The item's own attribute, perhaps put in order: `user.email.toLowerCase()` where the key is `email`. */
function isPartOf(term: Term, read: Occurrence, name: string): boolean {
  return alternatives(term).every((option) => {
    const sources = sourcesOf(option)
    return (
      sources.length > 0 &&
      sources.every(
        (s) =>
          s.frame === read.frame &&
          s.call === read.call &&
          s.path.length === 1 &&
          s.path[0] === name,
      )
    )
  })
}

/**
 * A key that is made of the item's attributes as the key by which it was read is: `USER#${user.id}` of an item read by
 * `USER#${id}`, where items are put there whose attribute `id` is what their key has at this place.
 */
function isMadeAlike(name: string, given: Term, wanted: Term, read: Occurrence): boolean {
  const holes = holesOf(given)
  const others = holesOf(wanted)
  if (holes === null || others === null || textsOf(given) !== textsOf(wanted)) return false
  return holes.every((hole, index) => {
    const other = others[index]
    if (other !== undefined && canonical(hole) === canonical(other)) return true
    return isOwnPart(name, textsOf(wanted), index, hole, read)
  })
}

/** Whether a hole in a key is an attribute of the item read that is at this place in the keys of all items put there. */
function isOwnPart(
  name: string,
  texts: string,
  index: number,
  hole: Term,
  read: Occurrence,
): boolean {
  const { table } = readOf(read.spelling)
  if (table === null) return false
  const modules = read.trail.map(({ frame }) => frame.module)
  const alike = itemsSeen(table, modules).items.filter((item) => {
    const key = item.get(name)
    return key !== undefined && textsOf(key) === texts
  })
  if (alike.length === 0) return false
  const attributes = new Set(alike.flatMap((item) => [...item.keys()]))
  return [...attributes].some(
    (attribute) =>
      isPartOf(hole, read, attribute) &&
      alike.every((item) => {
        const [key, value] = [item.get(name), item.get(attribute)]
        const part = key && holesOf(key)?.[index]
        return part !== undefined && value !== undefined && canonical(part) === canonical(value)
      }),
  )
}

function holesOf(term: Term): readonly Term[] | null {
  if (term.kind !== 'template') return null
  const { frame } = term.ref
  return term.parts.flatMap((part) =>
    part.kind === 'text' ? [] : [evaluate({ frame, value: part.value })],
  )
}

/** The texts of a template between its holes. */
function textsOf(term: Term): string {
  if (term.kind !== 'template') return ''
  return term.parts.map((part) => (part.kind === 'text' ? part.text : '\0')).join('')
}
