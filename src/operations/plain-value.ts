import type { Term } from '../project/term.ts'
import { isClosed, viewOf } from '../project/view.ts'
import type { Spelling } from './recognise.ts'

/** A key's value, taken out of the `{ S: … }` that a low-level client wants; a document client's is itself. */
export function plainValue(term: Term, { values }: Pick<Spelling, 'values'>): Term {
  if (values === 'document') return term
  const view = viewOf(term)
  if (view === null || !isClosed(view) || view.fields.size !== 1) return term
  const inner = view.fields.get('S') ?? view.fields.get('N') ?? view.fields.get('B')
  return inner ? inner.term() : term
}
