import { TABLE_CLIENTS } from '../clients/index.ts'
import { alternatives, externalName } from '../project/term.ts'
import type { Term } from '../project/term.ts'

/**
 * What Architect's manifest calls a table: `orders` of `(await tables()).name('orders')`, which is also what the objects of
 * that client fill in. null for any other value.
 * https://arc.codes/docs/en/reference/runtime-helpers/node.js#arc.tables
 */
export function architectName(term: Term): string | null {
  if (term.kind !== 'result' || term.callee.kind !== 'part' || term.callee.key !== 'name')
    return null
  const isTables = alternatives(term.callee.of).some(
    (of) =>
      of.kind === 'result' && of.callee.kind === 'external' && FROM.has(externalName(of.callee)),
  )
  const name = term.arguments[0]?.term()
  return isTables && name?.kind === 'literal' && typeof name.value === 'string' ? name.value : null
}

const FROM: ReadonlySet<string> = new Set(TABLE_CLIENTS.flatMap(({ from }) => from))
