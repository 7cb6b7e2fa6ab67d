import { conjuncts } from '../../expressions/index.ts'
import type { Condition } from '../../expressions/index.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { testOf } from '../../operations/key-condition.ts'
import type { KeyTest } from '../../operations/key-condition.ts'
import type { Operation } from '../../operations/operation.ts'
import { plainValue } from '../../operations/plain-value.ts'
import { expressionOf, memberOfRequest } from '../../operations/request.ts'
import { writesOf } from '../../operations/writes.ts'
import { canonical } from '../../project/canonical.ts'
import { evaluate } from '../../project/evaluate.ts'
import { freeFrame } from '../../project/frame.ts'
import type { Module } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'
import { itemsSeen, kindOf, sameKind } from '../../tables/kinds.ts'
import type { StoredItem } from '../../tables/kinds.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import { timeOf } from '../values/epoch.ts'
import { isSurelyText } from '../values/text-origin.ts'
import { writtenBy } from './written.ts'
import { keysOf } from '../reads/sort-key-use.ts'

/** A filter on an attribute whose value the sort key begins with. */
export interface FilteredBeginning {
  readonly sortKey: string
  readonly attribute: string
  /** The constant text before the attribute's value, `ORDER#`; empty where there is none. */
  readonly prefix: string
  readonly condition: Condition
}

/**
 * The condition of a Query's filter that a range of the sort key would say, since every item that is seen to be put into
 * the partition has a sort key that begins with just this attribute: `` SK: `${createdAt}#${id}` `` beside `createdAt`.
 * Null where a write differs, where an update changes the attribute alone, or where text is in another order than the value.
 *
 * @see bp-sort-keys.html, Query.FilterExpression.html
 */
export function filteredBeginning(
  operation: Operation,
  analysis: Analysis,
): FilteredBeginning | null {
  const { request, occurrence, table } = operation
  const filter = expressionOf(request, 'Filter')
  const asked = expressionOf(request, 'KeyCondition')
  const index = memberOfRequest(request, 'IndexName')
  if (filter.state !== 'known' || asked.state !== 'known' || table.term === null) return null
  if (index.state === 'unknown') return null
  const conditions = filter.texts.flatMap(({ tree, complete }) => (complete ? conjuncts(tree) : []))
  const filtered = conditions.flatMap((condition) => testOf(condition, request) ?? [])
  if (filtered.length === 0) return null
  const modules = [analysis.module, ...occurrence.trail.map(({ frame }) => frame.module)]
  const keys = keysOf(table, table.term, index.state === 'known' ? index.term : null, modules)
  const { sortKey, partitionKey } = keys
  if (sortKey === null || partitionKey === null) return null
  const ways = asked.texts.map((text) =>
    text.complete ? conjuncts(text.tree).map((condition) => testOf(condition, request)) : [null],
  )
  const way = ways.find((tests) => isOpen(tests, sortKey, partitionKey))
  const partition = way?.find((test) => test?.attribute === partitionKey)
  if (!way || !partition) return null
  const begun = way.find((test) => test?.attribute === sortKey) ?? null
  const candidates = filtered.filter(
    (test) => test.attribute !== sortKey && test.attribute !== partitionKey && isAsked(test),
  )
  if (candidates.length === 0) return null
  const writers = [...new Set([...modules, ...analysis.writersBeside(modules)])]
  const value = partition.value && plainValue(partition.value, occurrence.spelling)
  const items = itemsSeen(table.term, writers).items.filter((item) =>
    mayLieIn(item, partitionKey, value),
  )
  for (const test of candidates) {
    const beginnings = items.flatMap((item) => beginningOf(item, sortKey, test) ?? [])
    const [first] = beginnings
    const isTold =
      first !== undefined &&
      beginnings.length === items.length &&
      beginnings.every((prefix) => prefix === first) &&
      (begun === null || textOf(begun.value, occurrence.spelling) === first)
    if (!isTold || isChangedAlone(test.attribute, table.term, writers)) continue
    return { sortKey, attribute: test.attribute, prefix: first, condition: test.node }
  }
  return null
}

/** The partition is asked for, and of the sort key at most how it begins. */
function isOpen(
  tests: readonly (KeyTest | null)[],
  sortKey: string,
  partitionKey: string,
): boolean {
  return (
    tests.length > 0 &&
    tests.every(
      (test) =>
        (test?.attribute === partitionKey && test.operator === '=') ||
        (test?.attribute === sortKey && test.operator === 'begins_with'),
    )
  )
}

/** A bound, or an equality with what varies: one of a few constants is a kind, of which another rule speaks. */
function isAsked({ operator, value }: KeyTest): boolean {
  return operator !== '=' || (value !== null && value.kind !== 'literal')
}

/** What has another kind of partition key lies in other partitions; what shows no attribute is a wrapper's. */
function mayLieIn(item: StoredItem, partitionKey: string, asked: Term | null): boolean {
  if (item.size === 0) return false
  const own = item.get(partitionKey)
  const [there, wanted] = [own, asked].map((term) => (term ? kindOf(term) : null))
  return !there || !wanted || sameKind(there, wanted)
}

/** The constant text that the sort key of an item has before the attribute's value; null where it begins otherwise. */
function beginningOf(
  item: StoredItem,
  sortKey: string,
  { attribute, operator }: KeyTest,
): string | null {
  const [key, value] = [item.get(sortKey), item.get(attribute)]
  if (!key || !value || value.kind === 'literal') return null
  const isEquality = operator === '='
  const isIt = (piece: Term): boolean =>
    isSame(piece, value) && (isEquality || isInOrder(piece, value))
  if (key.kind !== 'template') return isIt(key) ? '' : null
  let prefix = ''
  for (const [index, part] of key.parts.entries()) {
    if (part.kind === 'text') {
      prefix += part.text
      continue
    }
    const piece = evaluate({ frame: key.ref.frame, value: part.value })
    if (piece.kind === 'literal') {
      prefix += String(piece.value)
      continue
    }
    const next = key.parts[index + 1]
    // Where nothing ends the value, a longer one begins with it as well.
    return isIt(piece) && (next === undefined || next.kind === 'text') ? prefix : null
  }
  return null
}

/** The value itself, or the time that it is, in text. */
function isSame(piece: Term, value: Term): boolean {
  const spelling = canonical(value)
  if (canonical(piece) === spelling) return true
  if (piece.kind !== 'derived' || piece.operator !== 'toISOString') return false
  return piece.from.some(
    (from) =>
      canonical(from) === spelling ||
      (from.kind === 'made' &&
        from.arguments?.length === 1 &&
        from.arguments.some((argument) => canonical(argument.term()) === spelling)),
  )
}

/** Texts of it are in the same order as its values: a time, or a text itself. */
function isInOrder(piece: Term, value: Term): boolean {
  if (isSurelyText(piece) || isSurelyText(value)) return true
  const unit = timeOf(value)?.unit
  return unit === 'iso' || unit === 'milliseconds' || unit === 'seconds'
}

/** The text that a value surely is; null where it varies. */
function textOf(term: Term | null, spelling: Operation['spelling']): string | null {
  const plain = term && plainValue(term, spelling)
  return plain?.kind === 'literal' && typeof plain.value === 'string' ? plain.value : null
}

/** An update gives the attribute another value, though a key stays what it was. */
function isChangedAlone(attribute: string, table: Term, modules: readonly Module[]): boolean {
  const id = canonical(table)
  return modules.some((module) =>
    module.facts.functions.some((_, own) =>
      occurrencesIn(freeFrame(module, own)).some(({ spelling }) =>
        writesOf(spelling).some((write) => {
          if (write.kind !== 'Update' || write.table === null) return false
          if (canonical(write.table) !== id) return false
          const state = expressionOf(write.request, 'Update')
          const { values, sets } = writtenBy(write)
          if (state.state === 'unknown' && values.length === 0) return true
          return sets.has(attribute) || values.some((one) => one.attribute === attribute)
        }),
      ),
    ),
  )
}
