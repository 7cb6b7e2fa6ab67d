import { writesOf } from '../../operations/writes.ts'
import type { Write } from '../../operations/writes.ts'
import { canonical } from '../../project/canonical.ts'
import { freeFrame } from '../../project/frame.ts'
import { keptBy } from '../../project/module.ts'
import type { Module } from '../../project/module.ts'
import type { Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import { beginningOf } from './looked-for.ts'
import { occurrencesIn } from '../paths/occurrences.ts'

const deletionsOf = keptBy<Module, readonly Write[]>()

/** The items that the functions of a module delete, each as the function itself knows it. */
function deletionsIn(module: Module): readonly Write[] {
  const known = deletionsOf(module.project)
  const seen = known.get(module)
  if (seen) return seen
  const deletions = module.facts.functions.flatMap((_, id) =>
    occurrencesIn(freeFrame(module, id)).flatMap(({ spelling }) =>
      writesOf(spelling).filter(({ kind }) => kind === 'Delete'),
    ),
  )
  known.set(module, deletions)
  return deletions
}

/** Whether code of these modules deletes items such as one that is written: of its table, with a key like its own. */
export function isDeletedIn(modules: ReadonlySet<Module>, { table, item }: Write): boolean {
  if (table === null || item === null) return false
  const spelling = canonical(table)
  return [...modules].some((module) =>
    deletionsIn(module).some(
      (deletion) =>
        deletion.table !== null &&
        deletion.item !== null &&
        canonical(deletion.table) === spelling &&
        isLike(deletion.item, item),
    ),
  )
}

/** The same attributes, and each with the same beginning. */
function isLike(key: Term, item: Term): boolean {
  const [keys, own] = [viewOf(key), viewOf(item)]
  if (keys === null || own === null || keys.fields.size === 0) return false
  return [...keys.fields].every(([name, field]) => {
    const other = own.fields.get(name)?.term()
    return other !== undefined && hasBeginningOf(field.term(), other)
  })
}

function hasBeginningOf(a: Term, b: Term): boolean {
  const [left, right] = [beginningOf(a), beginningOf(b)]
  if (left === right) return true
  // `SK: 'PROFILE'` beside `` SK: `PRO${…}` ``.
  return (
    (a.kind === 'literal' && right !== '' && left.startsWith(right)) ||
    (b.kind === 'literal' && left !== '' && right.startsWith(left))
  )
}
