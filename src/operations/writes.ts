import type { Spelling } from './recognise.ts'
import { memberOfRequest, requestOf, termOfMember } from './request.ts'
import type { Request } from './request.ts'
import { evaluate } from '../project/evaluate.ts'
import { elementOf } from '../project/elements.ts'
import { valueOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Term } from '../project/term.ts'
import { isClosed, viewOf } from '../project/view.ts'

/** One item written: by a call of its own, or as one entry of a batch or transaction. */
export interface Write {
  readonly kind: 'Put' | 'Update' | 'Delete'
  readonly table: Term | null
  /** Holds Key or Item, the expressions and their placeholders. */
  readonly request: Request
  /** Key of an Update or Delete, Item of a Put. */
  readonly item: Term | null
  readonly inTransaction: boolean
  readonly inBatch: boolean
}

const SINGLE = { PutItem: 'Put', UpdateItem: 'Update', DeleteItem: 'Delete' } as const

/** Every item that an operation writes, as far as its entries can be told apart. */
export function writesOf(spelling: Spelling): readonly Write[] {
  const request = requestOf(spelling.request)
  switch (spelling.kind) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [writeOf(SINGLE[spelling.kind], request, {})]
    case 'TransactWriteItems':
      return entriesOf(termOfMember(request, 'TransactItems')).flatMap(transactionEntry)
    case 'BatchWriteItem':
      return batchEntries(termOfMember(request, 'RequestItems'))
    default:
      return []
  }
}

function writeOf(
  kind: Write['kind'],
  request: Request,
  group: { transaction?: boolean; table?: Term | null },
): Write {
  return {
    kind,
    table: group.table ?? termOfMember(request, 'TableName'),
    request,
    item: termOfMember(request, kind === 'Put' ? 'Item' : 'Key'),
    inTransaction: group.transaction ?? false,
    inBatch: group.table !== undefined,
  }
}

/**
 * Whether a transaction has a condition in any of its entries: where one fails, none is carried out. Also where not every
 * entry is known.
 */
export function conditionsBeside(spelling: Spelling): boolean {
  return transactionEntries(spelling).some((entry) => {
    const view = viewOf(entry)
    if (view === null || !isClosed(view)) return true
    return [...view.fields].some(([kind, field]) => {
      const request = requestOf(field.term())
      return (
        kind === 'ConditionCheck' ||
        memberOfRequest(request, 'ConditionExpression').state !== 'absent'
      )
    })
  })
}

/** What a transaction asks for, entry by entry; of anything else nothing. */
export function transactionRequests(spelling: Spelling): readonly Request[] {
  return transactionEntries(spelling).flatMap((entry) =>
    [...(viewOf(entry)?.fields.values() ?? [])].map((field) => requestOf(field.term())),
  )
}

function transactionEntries(spelling: Spelling): readonly Term[] {
  if (spelling.kind !== 'TransactWriteItems') return []
  return entriesOf(termOfMember(requestOf(spelling.request), 'TransactItems'))
}

/** The entries of a list: those of an array one by one, any other list as the one entry that stands for all. */
export function entriesOf(term: Term | null): readonly Term[] {
  if (term === null) return []
  return alternatives(term).flatMap((option): readonly Term[] => {
    if (option.kind === 'sequence') return alternatives(option.element())
    if (option.kind !== 'array') return []
    const { frame, value } = option.ref
    const node = valueOf(frame.module, value)
    if (node.kind !== 'array' || node.elements.length > 100) return alternatives(elementOf(option))
    return node.elements.flatMap((element) => {
      const inner = evaluate({ frame, value: element.value })
      return element.spread ? entriesOf(inner) : alternatives(inner)
    })
  })
}

function transactionEntry(entry: Term): readonly Write[] {
  const view = viewOf(entry)
  if (view === null) return []
  return (['Put', 'Update', 'Delete'] as const).flatMap((kind) => {
    const field = view.fields.get(kind)
    return field ? [writeOf(kind, requestOf(field.term()), { transaction: true })] : []
  })
}

/** Of a batch that is sent again with what was left of it, the first is known. */
function batchEntries(items: Term | null): readonly Write[] {
  return items === null ? [] : alternatives(items).flatMap(batchEntriesOf)
}

function batchEntriesOf(items: Term): readonly Write[] {
  const view = viewOf(items)
  if (view === null) return []
  const tables: { table: Term; requests: Term }[] = [
    ...[...view.fields.values()].map((f): { table: Term; requests: Term } => ({
      table: { kind: 'literal', value: f.key, ref: null },
      requests: f.term(),
    })),
    ...view.computed.map((c) => ({ table: c.key, requests: c.term() })),
  ]
  return tables.flatMap(({ table, requests }) =>
    entriesOf(requests).flatMap((entry): readonly Write[] => {
      const inner = viewOf(entry)
      const put = inner?.fields.get('PutRequest')
      const remove = inner?.fields.get('DeleteRequest')
      return [
        ...(put ? [writeOf('Put', requestOf(put.term()), { table })] : []),
        ...(remove ? [writeOf('Delete', requestOf(remove.term()), { table })] : []),
      ]
    }),
  )
}

/** One item, or one set of items, read. */
export interface Read {
  readonly table: Term | null
  readonly request: Request
  /** Key of a GetItem; null for other reads. */
  readonly key: Term | null
}

export function readOf(spelling: Spelling): Read {
  const request = requestOf(spelling.request)
  const isGet = spelling.kind === 'GetItem'
  return {
    table: tableOf(spelling, request),
    request,
    key: isGet ? termOfMember(request, 'Key') : null,
  }
}

function tableOf(spelling: Spelling, request: Request): Term | null {
  if (spelling.kind !== 'BatchGetItem') return termOfMember(request, 'TableName')
  const items = memberOfRequest(request, 'RequestItems')
  const view = items.state === 'known' ? viewOf(items.term) : null
  if (view === null) return null
  const [computed] = view.computed
  if (view.fields.size === 0) return computed?.key ?? null
  const [first] = view.fields.keys()
  return view.fields.size === 1 && first !== undefined
    ? { kind: 'literal', value: first, ref: null }
    : null
}
