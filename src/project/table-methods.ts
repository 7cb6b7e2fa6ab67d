import { TABLE_CLIENTS } from '../clients/index.ts'
import type { TableMethod } from '../clients/table-client.ts'
import { externalName } from './term.ts'
import type { Term } from './term.ts'

/** A method of the object that a client has for a table. */
interface MethodOfTable {
  readonly method: TableMethod
  /** What the client is, and the name that it knows the table by. */
  readonly table: { readonly of: Term; readonly name: Term }
}

/** The method of a table's object that a value is: `data.orders.get`; null where it is none. */
export function tableMethodOf(callee: Term): MethodOfTable | null {
  if (callee.kind !== 'part') return null
  const { of: object, key } = callee
  if (object.kind !== 'part' && object.kind !== 'item') return null
  const { of } = object
  if (of.kind !== 'result' || of.callee.kind !== 'external') return null
  const made = externalName(of.callee)
  const client = TABLE_CLIENTS.find(({ from }) => from.includes(made))
  if (!client || !Object.hasOwn(client.methods, key)) return null
  const method = client.methods[key]
  const name: Term =
    object.kind === 'item' ? object.key : { kind: 'literal', value: object.key, ref: null }
  const isOther =
    name.kind === 'literal' &&
    typeof name.value === 'string' &&
    (name.value.startsWith('_') || client.others.includes(name.value))
  return method === undefined || isOther ? null : { method, table: { of, name } }
}
