import type { OperationKind } from '../requests/operation-kind.ts'

/** What a method of a table's object does. */
export interface TableMethod {
  readonly kind: OperationKind
  /** What it is given: a request without the table's name, or one member of it alone. */
  readonly given: 'request' | 'Key' | 'Item'
  /** The one member of the response that it gives back; null where that is the whole of it. */
  readonly gives: 'Item' | 'Items' | null
  /** It reads to the end. */
  readonly isPaged: boolean
}

/** A client that has an object for each table and fills in the table's name: `data.orders.get(key)`. */
export interface TableClient {
  readonly name: string
  /** `package#function` that gives one. */
  readonly from: readonly string[]
  readonly methods: Readonly<Record<string, TableMethod>>
  /** Its members that are no tables; nor is one that begins with `_`. */
  readonly others: readonly string[]
}
