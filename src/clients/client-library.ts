import type { OperationKind } from '../requests/operation-kind.ts'

/** `5` and `'x'` as they are, or `{ N: '5' }` and `{ S: 'x' }`. */
export type ValueFormat = 'document' | 'attribute-value'

/** How a client is spelled: what makes one, and which of its methods does what. */
export interface ClientSpelling {
  /** `package#Class` of which it is an instance. */
  readonly made: readonly string[]
  /** `package#function` that gives one. */
  readonly from: readonly string[]
  readonly methods: Readonly<Record<string, OperationKind>>
  readonly values: ValueFormat
}

/**
 * How a client library spells operations. Names are `package#path`, so that a class of the same name in another package
 * is another class.
 */
export interface ClientLibrary {
  readonly name: string
  readonly version: 'v2' | 'v3'
  /** `package#Command` → what sending it does. */
  readonly commands: Readonly<
    Record<string, { readonly kind: OperationKind; readonly values: ValueFormat }>
  >
  /** `package#paginator` → what it does page by page; called with a configuration and a request. */
  readonly paginators: Readonly<
    Record<string, { readonly kind: OperationKind; readonly values: ValueFormat }>
  >
  readonly clients: readonly ClientSpelling[]
}
