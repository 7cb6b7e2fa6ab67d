import { assignments, resolvePath, withoutBrackets } from '../../expressions/index.ts'
import type { Operand, UpdateAction } from '../../expressions/index.ts'
import { spellingOf } from '../../operations/recognise.ts'
import { expressionOf, namesOf, requestOf } from '../../operations/request.ts'
import type { Request } from '../../operations/request.ts'
import type { Term } from '../../project/term.ts'

/**
 * Whether a value is the number that an UpdateItem has just counted up: `ADD n :one`, or `SET n = n + :one`, and then
 * `Attributes.n` of its response.
 */
export function isAtomicCount(term: Term): boolean {
  const path: string[] = []
  let inner: Term = term
  while (inner.kind === 'part') {
    path.unshift(inner.key)
    inner = inner.of
  }
  const [head, attribute, ...rest] = path
  if (inner.kind !== 'result' || head !== 'Attributes' || attribute === undefined) return false
  if (rest.length > 1 || (rest.length === 1 && rest[0] !== 'N')) return false
  const spelling = spellingOf(inner.frame, inner.call)
  if (spelling?.kind !== 'UpdateItem') return false
  return countedBy(requestOf(spelling.request)).includes(attribute)
}

/** The attributes that an update counts up. */
export function countedBy(request: Request): readonly string[] {
  const update = expressionOf(request, 'Update')
  if (update.state !== 'known') return []
  const names = namesOf(request)
  return update.texts.flatMap(({ tree }) =>
    assignments(tree).flatMap((action) => {
      if (action.type === 'Hole' || !counts(action)) return []
      const [attribute, ...deeper] = resolvePath(action.path, names) ?? []
      return typeof attribute === 'string' && deeper.length === 0 ? [attribute] : []
    }),
  )
}

function counts(action: UpdateAction): boolean {
  if (action.type === 'AddAction') return true
  if (action.type !== 'SetAction') return false
  const value: Operand = withoutBrackets(action.value) as Operand
  return value.type === 'Arithmetic' && value.operator === '+'
}
