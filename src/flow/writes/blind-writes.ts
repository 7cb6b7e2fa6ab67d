import { assignments } from '../../expressions/index.ts'
import type { Operation } from '../../operations/operation.ts'
import { expressionOf, memberOfRequest, requestOf, termOfMember } from '../../operations/request.ts'
import { writesOf } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import { canonical } from '../../project/canonical.ts'
import { freeFrame } from '../../project/frame.ts'
import type { Module } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'
import { isClosed, viewOf } from '../../project/view.ts'
import { inferKeys } from '../../tables/inferred.ts'
import { createsItem } from './creating.ts'
import { isLater } from '../guards/later.ts'
import { occurrencesIn } from '../paths/occurrences.ts'
import type { Occurrence } from '../paths/occurrences.ts'
import { readsBefore } from './races.ts'
import { keyFromRequest, originsOf, requestRunOf } from '../values/request-key.ts'
import type { Origin, RequestRun } from '../values/request-key.ts'
import { isSameItem, isSibling } from '../values/same-item.ts'

/** A write of an item by a key that a request names, though nothing asks whether there is such an item. */
export interface BlindWrite {
  readonly write: Write
  readonly occurrence: Occurrence
  /** An attribute of the key, the partition key where that is known. */
  readonly key: string
}

/**
 * The item that an Update makes where there is none with the key that the request names; null where it counts, sets
 * what is missing, or where the run looked at the item before.
 *
 * @see API_UpdateItem.html
 */
export function phantomOf(operation: Operation): BlindWrite | null {
  const [write] = operation.kind === 'UpdateItem' ? writesOf(operation.spelling) : []
  if (!write || !isUnconditional(write) || !createsItem(write) || isUpsert(write)) return null
  const run = requestRunOf(operation)
  const [own] = run === null ? [] : writesOf(run.occurrence.spelling)
  if (run === null || !own || !isUnconditional(own) || isLookedAt(own, run)) return null
  const view = own.item === null ? null : viewOf(own.item)
  if (view === null || !isClosed(view) || view.fields.size === 0) return null
  const attributes = [...view.fields.values()].map((field) => field.term())
  if (keyFromRequest(attributes, run) === null) return null
  const names = [...view.fields.keys()]
  const known = partitionKeyOf(operation)
  const [first] = names
  const key = known !== null && names.includes(known) ? known : first
  return key === undefined ? null : { write, occurrence: operation.occurrence, key }
}

/**
 * The item that a Put of a handler that creates things overwrites where there is one with the key that the request names;
 * null where the key is made there, or where the run looked for the item before.
 */
export function overwriteOf(operation: Operation, module: Module): BlindWrite | null {
  const [write] = operation.kind === 'PutItem' ? writesOf(operation.spelling) : []
  if (!write || !isUnconditional(write)) return null
  const keys = keysOf(operation, write, module)
  const run = keys === null ? null : requestRunOf(operation)
  const [own] = run === null ? [] : writesOf(run.occurrence.spelling)
  if (keys === null || run === null || !own?.item || !isUnconditional(own)) return null
  const view = viewOf(own.item)
  const fields = keys.map((name) => view?.fields.get(name))
  const known = fields.filter((field) => field?.certain === true).flatMap((f) => f?.term() ?? [])
  if (known.length < keys.length) return null
  const origins = keyFromRequest(known, run)
  if (origins === null || !creates(run, origins) || isLookedAt(own, run)) return null
  const rest = [...(view?.fields.entries() ?? [])].filter(([name]) => !keys.includes(name))
  if (view?.spreads.length === 0 && !rest.some(([, field]) => holdsMore(field.term(), run)))
    return null
  // What expires is renewed: a code that was sent, a lock, a cache.
  if ([...(view?.fields.values() ?? [])].some((field) => isLater(field.term()))) return null
  const [key] = keys
  return key === undefined ? null : { write, occurrence: operation.occurrence, key }
}

/** Whether a value is more than a constant or a time: of a mere mark that something is so, nothing is lost. */
function holdsMore(term: Term, run: RequestRun): boolean {
  return [...originsOf(term, run)].some((origin) => origin !== 'constant' && origin !== 'fresh')
}

/** A POST; where nothing tells the method, a handler that takes the key out of the body. */
function creates({ entry }: RequestRun, origins: ReadonlySet<Origin>): boolean {
  const [method] = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY|ALL)\b/i.exec(entry.label) ?? []
  if (entry.trigger !== 'http') return false
  if (method === undefined || /^(?:ANY|ALL)$/i.test(method)) return origins.has('body')
  return method.toUpperCase() === 'POST'
}

function isUnconditional({ request }: Write): boolean {
  return ['ConditionExpression', 'Expected'].every(
    (name) => memberOfRequest(request, name).state === 'absent',
  )
}

/** It adds to what there is, or sets only what is missing: made for an item that may not be there yet. */
function isUpsert({ request }: Write): boolean {
  const update = expressionOf(request, 'Update')
  return (
    update.state !== 'known' ||
    update.texts.some(({ tree }) =>
      assignments(tree).some(
        (action) =>
          action.type === 'AddAction' ||
          action.type === 'DeleteAction' ||
          (action.type === 'SetAction' && /if_not_exists/i.test(JSON.stringify(action.value))),
      ),
    )
  )
}

/** Whether the run read the item, or one of its collection, or wrote it before: then that decides, or other rules speak. */
function isLookedAt(write: Write, { occurrence, occurrences }: RequestRun): boolean {
  const reads = readsBefore(occurrence, occurrences)
  if (reads.some((read) => isSameItem(read, write) || isSibling(read, write))) return true
  const before = occurrences.slice(0, occurrences.indexOf(occurrence))
  return before.some((other) => writesOf(other.spelling).some((earlier) => isSame(earlier, write)))
}

function isSame(a: Write, b: Write): boolean {
  const same = (x: Term | null, y: Term | null): boolean =>
    x !== null && y !== null && canonical(x) === canonical(y)
  return same(a.table, b.table) && same(a.item, b.item)
}

function partitionKeyOf({ table, module }: Operation): string | null {
  if (table.schema) return table.schema.partitionKey.name
  return table.term === null ? null : inferKeys(table.term, [module]).partitionKey
}

/** The attributes of the table's key, the partition key first; null where they are not known. */
function keysOf({ table }: Operation, { item }: Write, module: Module): readonly string[] | null {
  if (table.schema) {
    const { partitionKey, sortKey } = table.schema
    return [partitionKey.name, ...(sortKey ? [sortKey.name] : [])]
  }
  if (table.term === null || item === null) return null
  const { partitionKey, sortKey } = inferKeys(table.term, [module])
  if (partitionKey === null) return null
  if (sortKey !== null) return [partitionKey, sortKey]
  return isWholeKey(partitionKey, table.term, module) ? [partitionKey] : null
}

/** Whether something asks for an item by this attribute alone: of what is only queried, a sort key may not be known. */
function isWholeKey(attribute: string, table: Term, module: Module): boolean {
  const spelling = canonical(table)
  return module.facts.functions.some((_, id) =>
    occurrencesIn(freeFrame(module, id)).some(({ spelling: { kind, request } }) => {
      if (!/^(?:Get|Update|Delete)Item$/.test(kind)) return false
      const [asked, key] = [
        termOfMember(requestOf(request), 'TableName'),
        termOfMember(requestOf(request), 'Key'),
      ]
      if (asked === null || key === null || canonical(asked) !== spelling) return false
      return [...(viewOf(key)?.fields.keys() ?? [])].join() === attribute
    }),
  )
}
