import { conjuncts, equalities } from '../../expressions/index.ts'
import type { Condition } from '../../expressions/index.ts'
import type { Analysis } from '../../operations/analysis.ts'
import { tableOfRequest } from '../../operations/describe.ts'
import { keyConditionOf } from '../../operations/key-condition.ts'
import type { KeyCondition, KeyTest } from '../../operations/key-condition.ts'
import { plainValue } from '../../operations/plain-value.ts'
import {
  expressionOf,
  memberOfRequest,
  namesOf,
  requestOf,
  valueOfPlaceholder,
} from '../../operations/request.ts'
import type { Request } from '../../operations/request.ts'
import type { Table } from '../../operations/table.ts'
import { once } from '../../operations/once.ts'
import { canonical } from '../../project/canonical.ts'
import type { Place, Term } from '../../project/term.ts'
import { inferKeys } from '../../tables/inferred.ts'
import type { Keys } from '../../tables/inferred.ts'
import {
  beginningOf,
  givenTo,
  isBarePrefix,
  itemsSeen,
  kindOf,
  sameKind,
} from '../../tables/kinds.ts'
import type { Kind, SeenItems } from '../../tables/kinds.ts'
import { picksOf } from './kept-items.ts'
import type { ItemTest } from './kept-items.ts'
import { lowestOf } from '../paths/lowest.ts'
import type { Lowest } from '../paths/lowest.ts'
import type { Occurrence } from '../paths/occurrences.ts'

/**
 * A Query that asks for items of one kind without saying so in its key condition.
 * - `picked`: the whole partition is read, and code keeps one kind.
 * - `filtered`: the whole partition is read, and the filter keeps one kind.
 * - `bare`: the sort key is to be equal to a prefix, which no item's is.
 * - `open`: a range that ends, or begins, outside its kind.
 */
export type PrefixFault = {
  readonly request: Request
  readonly table: Table
  readonly sortKey: string
  readonly kind: Kind
  /** Where the key condition is written. */
  readonly at: Place
} & (
  | { readonly fault: 'picked' }
  | { readonly fault: 'filtered'; readonly condition: Condition; readonly placeholder: string }
  | { readonly fault: 'bare'; readonly test: KeyTest }
  | { readonly fault: 'open'; readonly test: KeyTest }
)

export function prefixFaultsOf(analysis: Analysis): readonly Lowest<PrefixFault>[] {
  return lowestOf(analysis.module, (occurrence) => prefixFault(occurrence, analysis))
}

/** A Query, with what is known of the keys and items of what it reads. */
interface Asked {
  readonly occurrence: Occurrence
  readonly request: Request
  readonly condition: KeyCondition
  readonly table: Table
  readonly keys: Keys
  readonly isIndex: boolean
  /** What the files on the way write. */
  readonly seen: SeenItems
  /** What the whole project writes; looked for where it is asked. */
  readonly all: () => SeenItems
  readonly at: Place
}

function prefixFault(occurrence: Occurrence, analysis: Analysis): PrefixFault | null {
  const { spelling } = occurrence
  if (spelling.kind !== 'Query') return null
  const request = requestOf(spelling.request)
  const condition = keyConditionOf(request)
  const text = memberOfRequest(request, 'KeyConditionExpression')
  const table = tableOfRequest(request, analysis)
  if (condition?.partition == null || text.state !== 'known' || table.term === null) return null
  const named = table.term
  const index = memberOfRequest(request, 'IndexName')
  if (index.state === 'unknown') return null
  const modules = [analysis.module, ...occurrence.trail.map(({ frame }) => frame.module)]
  const asked: Asked = {
    occurrence,
    request,
    condition,
    table,
    keys: keysOf(table, table.term, index.state === 'known' ? index.term : null, modules),
    isIndex: index.state === 'known',
    seen: itemsSeen(table.term, modules),
    all: once(() => itemsSeen(named, [...modules, ...analysis.writersBeside(modules)])),
    at: text.at,
  }
  const { sort } = condition
  if (sort === null) return filteredByKind(asked) ?? pickedByKind(asked)
  if (sort.attribute === asked.keys.partitionKey) return null
  return sort.operator === '=' ? bareEquality(asked, sort) : openRange(asked, sort)
}

/** The keys of what a Query reads: as the schema tells them, or as the code shows. */
export function keysOf(
  table: Table,
  term: Term,
  index: Term | null,
  modules: Parameters<typeof inferKeys>[1],
): Keys {
  const name = index?.kind === 'literal' ? String(index.value) : index && canonical(index)
  const schema =
    name === null ? table.schema : (table.schema?.indexes.find((one) => one.name === name) ?? null)
  if (schema !== null)
    return { partitionKey: schema.partitionKey.name, sortKey: schema.sortKey?.name ?? null }
  const inferred = inferKeys(term, modules)
  return name === null
    ? inferred
    : (inferred.indexes.get(name) ?? { partitionKey: null, sortKey: null })
}

function faultOf(
  { request, table, at }: Asked,
  sortKey: string,
  kind: Kind,
): Omit<PrefixFault, 'fault'> {
  return { request, table, at, sortKey, kind }
}

function bareEquality(asked: Asked, test: KeyTest): PrefixFault | null {
  const value = test.value && plainValue(test.value, asked.occurrence.spelling)
  if (value === null || !endsAsPrefix(value)) return null
  const spelling = canonical(value)
  const isStored = givenTo(test.attribute, asked.all()).some(
    ({ term, isExact }) => isExact && canonical(term) === spelling,
  )
  const beginning = beginningOf(value)
  if (isStored || beginning === null) return null
  const kind = { text: beginning.text, isWhole: false }
  return { ...faultOf(asked, test.attribute, kind), fault: 'bare', test }
}

/** `REVIEW#`, or `` `ORDER#${id}#` ``. */
function endsAsPrefix(value: Term): boolean {
  if (value.kind === 'literal') return typeof value.value === 'string' && isBarePrefix(value.value)
  if (value.kind !== 'template' || kindOf(value) === null) return false
  const last = value.parts.at(-1)
  return last?.kind === 'text' && /[#|:/]$/.test(last.text)
}

function openRange(asked: Asked, test: KeyTest): PrefixFault | null {
  if (!['<', '<=', '>', '>='].includes(test.operator) || test.value === null) return null
  const kind = kindOf(plainValue(test.value, asked.occurrence.spelling))
  if (kind === null || kind.isWhole) return null
  const others = givenTo(test.attribute, asked.seen).flatMap((given) =>
    given.term === test.value ? [] : [given],
  )
  const isShared = others.some((given) => given.kind !== null && !sameKind(given.kind, kind))
  const isAlone = others.some(({ isExact }) => isExact) || asked.isIndex
  return isShared || !isAlone
    ? { ...faultOf(asked, test.attribute, kind), fault: 'open', test }
    : null
}

function filteredByKind(asked: Asked): PrefixFault | null {
  const { request, occurrence } = asked
  const filter = expressionOf(request, 'Filter')
  const sortKey = sortKeyOf(asked)
  if (filter.state !== 'known' || filter.texts.length !== 1 || sortKey === null) return null
  const [parsed] = filter.texts
  if (!parsed?.complete) return null
  const tops = conjuncts(parsed.tree)
  for (const { resolved, operand, node } of equalities(parsed.tree, namesOf(request))) {
    const [attribute, ...deeper] = resolved ?? []
    if (typeof attribute !== 'string' || deeper.length > 0 || !tops.includes(node)) continue
    // A filter that names a known key is rejected, and another rule says so.
    if (attribute === sortKey && asked.table.certain !== null) continue
    if (operand.type !== 'ValuePlaceholder') continue
    const value = valueOfPlaceholder(request, operand.name)
    const plain = value && plainValue(value, occurrence.spelling)
    if (plain?.kind !== 'literal' || typeof plain.value !== 'string') continue
    const own = kindToldBy(attribute, plain.value, sortKey, asked.seen)
    const kind =
      own === null || asked.isIndex ? sharedKind(attribute, plain.value, sortKey, asked) : own
    if (kind === null) continue
    return {
      ...faultOf(asked, sortKey, kind),
      fault: 'filtered',
      condition: node,
      placeholder: operand.name,
    }
  }
  return null
}

function pickedByKind(asked: Asked): PrefixFault | null {
  const sortKey = sortKeyOf(asked)
  if (sortKey === null) return null
  const picks = picksOf(asked.occurrence)
  if (picks === null) return null
  const kinds = picks.map((tests) =>
    tests.map((test) => kindTested(test, sortKey, asked)).find((kind) => kind !== null),
  )
  const [kind] = kinds
  if (!kind || !kinds.every((other) => other && sameKind(other, kind))) return null
  return { ...faultOf(asked, sortKey, kind), fault: 'picked' }
}

function kindTested(
  { attribute, test, text }: ItemTest,
  sortKey: string,
  asked: Asked,
): Kind | null {
  if (attribute !== sortKey) {
    // A test of the type may only make sure of what is so anyhow.
    return test === 'equals' ? sharedKind(attribute, text, sortKey, asked) : null
  }
  const kind = kindOf({ kind: 'literal', value: text, ref: null })
  if (kind === null) return null
  if (test === 'equals') return { text, isWhole: true }
  return kind.isWhole ? null : { text, isWhole: false }
}

/** The sort key of what is read: known, or the twin of a partition key that is called by its role (`PK` and `SK`). */
function sortKeyOf({ keys, condition }: Asked): string | null {
  const partition = condition.partition?.attribute ?? ''
  if (keys.sortKey !== null) return keys.sortKey === partition ? null : keys.sortKey
  const twin = partition.replace(/pk$/, 'sk').replace(/PK$/, 'SK').replace(/Pk$/, 'Sk')
  return twin === partition ? null : twin
}

/** The kind that an attribute's value tells, where others lie beside it in the partition that is read. */
function sharedKind(attribute: string, value: string, sortKey: string, asked: Asked): Kind | null {
  const all = asked.all()
  const kind = kindToldBy(attribute, value, sortKey, all)
  return kind !== null && isShared(kind, sortKey, asked, all) ? kind : null
}

/** Whether another kind of item is seen to lie in partitions such as the one that is read. */
function isShared(
  kind: Kind,
  sortKey: string,
  { condition, occurrence }: Asked,
  seen: SeenItems,
): boolean {
  const { partition } = condition
  const asked = partition?.value ? kindOf(plainValue(partition.value, occurrence.spelling)) : null
  if (!partition || asked === null) return false
  return [...seen.items, ...seen.keys].some((item) => {
    const [there, sort] = [item.get(partition.attribute), item.get(sortKey)].map((value) =>
      value === undefined ? null : kindOf(value),
    )
    return there && sort && sameKind(there, asked) && !sameKind(sort, kind)
  })
}

/** The one kind of the items whose attribute has a value, by what the code stores. */
function kindToldBy(
  attribute: string,
  value: string,
  sortKey: string,
  seen: SeenItems,
): Kind | null {
  const kinds = seen.items.flatMap((item) => {
    const told = item.get(attribute)
    const sort = item.get(sortKey)
    if (told?.kind !== 'literal' || sort === undefined) return []
    return [{ isTold: told.value === value, kind: kindOf(sort) }]
  })
  const [first] = kinds.filter(({ isTold }) => isTold)
  const kind = first?.kind ?? null
  if (kind === null) return null
  const isOneToOne = kinds.every(
    (other) => (other.kind !== null && sameKind(other.kind, kind)) === other.isTold,
  )
  return isOneToOne ? kind : null
}
