import { TABLE_CLIENTS } from '../clients/index.ts'
import type { TableMethod } from '../clients/table-client.ts'
import type { CallId } from '../facts/model.ts'
import { givenBy } from '../project/call.ts'
import { evaluate } from '../project/evaluate.ts'
import { callOf } from '../project/module.ts'
import { tableMethodOf } from '../project/table-methods.ts'
import { alternatives, argumentTerm } from '../project/term.ts'
import type { Frame, Place, Term } from '../project/term.ts'
import { objectWith, spreadView } from '../project/view.ts'
import type { Field } from '../project/view.ts'

/** A call of a method of a table's object, and the request that it makes. */
export interface TableCall {
  readonly method: TableMethod
  readonly request: Term
}

/** Other methods are not of such an object. */
export const TABLE_METHODS: ReadonlySet<string> = new Set(
  TABLE_CLIENTS.flatMap(({ methods }) => Object.keys(methods)),
)

/** `data.orders.get(key)`: the client knows the table, and asks for no more than the key; null where a call is none such. */
export function tableCallOf(frame: Frame, call: CallId): TableCall | null {
  const facts = callOf(frame.module, call)
  const callees = alternatives(evaluate({ frame, value: facts.callee }))
  const [found] = callees.flatMap((callee) => tableMethodOf(callee) ?? [])
  const given = givenBy(frame, call)
  if (found === undefined || given.some(({ spread }) => spread)) return null
  const { method, table } = found
  const { module } = frame
  const calleeAt: Place = { ...facts.calleeAt, module }
  const givenAt: Place = { ...(facts.arguments[0]?.at ?? facts.calleeAt), module }
  const field = (key: string, term: Term, valueAt: Place): Field => ({
    key,
    term: () => term,
    keyAt: calleeAt,
    valueAt,
    at: null,
    certain: true,
  })
  // As `data.name('orders')` gives it.
  const name: Term = {
    kind: 'result',
    callee: { kind: 'part', of: table.of, key: 'name', type: null },
    arguments: [{ term: () => table.name, spread: false }],
    frame,
    call,
  }
  const tableName = field('TableName', name, calleeAt)
  const unwritten = { frame, value: facts.callee }
  const first = argumentTerm(given, 0)
  if (first === null || first.kind === 'function')
    return { method, request: objectWith([tableName], unwritten) }
  if (method.given !== 'request')
    return {
      method,
      request: objectWith([tableName, field(method.given, first, givenAt)], unwritten),
    }
  const written = first.kind === 'object' ? first.ref : unwritten
  return { method, request: objectWith([tableName], written, spreadView(first)) }
}
