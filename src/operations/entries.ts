import type { ExpressionOperation } from '../expressions/index.ts'
import type { Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import type { Spelling } from './recognise.ts'
import { requestOf, termOfMember } from './request.ts'
import { entriesOf } from './writes.ts'

/** One thing that an operation asks: the whole call, or one entry of a batch or transaction. */
export interface Entry {
  readonly operation: ExpressionOperation
  /** Holds Key, Keys or Item, the expressions and their placeholders. */
  readonly term: Term
  /** The table, where the entry itself does not name it. */
  readonly table: Term | null
}

const ENTRIES: Readonly<Record<string, ExpressionOperation>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheck',
}

/** Everything that an operation asks, as far as its entries can be told apart. */
export function entriesIn({ kind, request: term }: Spelling): readonly Entry[] {
  const request = requestOf(term)
  switch (kind) {
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
    case 'Query':
    case 'Scan':
      return [{ operation: kind, term, table: null }]
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return entriesOf(termOfMember(request, 'TransactItems')).flatMap((entry) =>
        namedEntries(entry, ENTRIES, null),
      )
    case 'BatchGetItem':
      return batchesOf(termOfMember(request, 'RequestItems')).map((batch): Entry => ({
        operation: 'GetItem',
        ...batch,
      }))
    case 'BatchWriteItem':
      return batchesOf(termOfMember(request, 'RequestItems')).flatMap((batch) =>
        entriesOf(batch.term).flatMap((entry) =>
          namedEntries(entry, { PutRequest: 'PutItem', DeleteRequest: 'DeleteItem' }, batch.table),
        ),
      )
    default:
      return []
  }
}

function namedEntries(
  entry: Term,
  names: Readonly<Record<string, ExpressionOperation>>,
  table: Term | null,
): readonly Entry[] {
  const view = viewOf(entry)
  return Object.entries(names).flatMap(([name, operation]): readonly Entry[] => {
    const field = view?.fields.get(name)
    return field ? [{ operation, term: field.term(), table }] : []
  })
}

/** What a batch asks of each table. */
function batchesOf(items: Term | null): readonly { readonly term: Term; readonly table: Term }[] {
  const view = items === null ? null : viewOf(items)
  if (view === null) return []
  return [
    ...[...view.fields.values()].map((field) => ({
      term: field.term(),
      table: { kind: 'literal', value: field.key, ref: null } as const,
    })),
    ...view.computed.map(({ key, term }) => ({ term: term(), table: key })),
  ]
}
