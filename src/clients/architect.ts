import type { TableClient, TableMethod } from './table-client.ts'

const REQUEST = { given: 'request', gives: null, isPaged: false } as const

const METHODS: Readonly<Record<string, TableMethod>> = {
  get: { kind: 'GetItem', given: 'Key', gives: 'Item', isPaged: false },
  put: { kind: 'PutItem', given: 'Item', gives: null, isPaged: false },
  delete: { kind: 'DeleteItem', given: 'Key', gives: null, isPaged: false },
  update: { kind: 'UpdateItem', ...REQUEST },
  query: { kind: 'Query', ...REQUEST },
  scan: { kind: 'Scan', ...REQUEST },
  scanAll: { kind: 'Scan', given: 'request', gives: 'Items', isPaged: true },
}

/**
 * `tables()` of Architect's runtime, with a callback left out.
 * https://arc.codes/docs/en/reference/runtime-helpers/node.js#arc.tables
 */
export const architect: TableClient = {
  name: 'Architect',
  from: ['@architect/functions#tables'],
  methods: METHODS,
  others: ['name', 'reflect'],
}
