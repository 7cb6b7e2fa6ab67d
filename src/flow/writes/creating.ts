import { assignments, walk } from '../../expressions/index.ts'
import type { Operand, UpdateExpression } from '../../expressions/index.ts'
import { expressionOf, termOfMember } from '../../operations/request.ts'
import type { Write } from '../../operations/writes.ts'
import { evaluate } from '../../project/evaluate.ts'
import { elementOf } from '../../project/elements.ts'
import type { Term } from '../../project/term.ts'

/**
 * Whether a write of an item that is not there makes one, as far as is known. A Put does. An Update does where it sets
 * attributes to values that are given; where it sets a part of a map, or computes from what is not there, DynamoDB
 * rejects it, and where it only removes, nothing comes of it.
 *
 * @see API_UpdateItem.html, Expressions.UpdateExpressions.html
 */
export function createsItem({ kind, request }: Write): boolean {
  if (kind !== 'Update') return kind === 'Put'
  const update = expressionOf(request, 'Update')
  if (update.state !== 'known') return false
  const term = termOfMember(request, 'UpdateExpression')
  return (
    update.texts.every(({ tree }) => isCarriedOut(tree)) &&
    update.texts.some(({ tree }) => setsAnything(tree)) &&
    // Where the text is put together at run time, its pieces tell.
    !(term !== null && piecesOf(term).some((piece) => /[\w#}]\.[#\w]/.test(piece)))
  )
}

function isCarriedOut(tree: UpdateExpression): boolean {
  return assignments(tree).every(
    (action) =>
      action.type !== 'SetAction' ||
      ((action.path.type === 'Hole' || action.path.segments.length === 1) &&
        !readsAttribute(action.value)),
  )
}

/** Reads an attribute for which nothing else is given where it is missing. */
function readsAttribute(value: Operand): boolean {
  let reads = false
  walk(value, {
    Path: (_, parent) => {
      if (parent?.type !== 'FunctionCall' || parent.name !== 'if_not_exists') reads = true
    },
  })
  return reads
}

function setsAnything(tree: UpdateExpression): boolean {
  return assignments(tree).some(({ type }) => type !== 'RemoveAction' && type !== 'DeleteAction')
}

/** Lists of pieces are followed this deep. */
const MOST_DEPTH = 6

/** The texts that an expression is known to be put together from. */
export function piecesOf(term: Term, depth = 0): readonly string[] {
  if (depth > MOST_DEPTH) return []
  const into = (inner: Term): readonly string[] => piecesOf(inner, depth + 1)
  switch (term.kind) {
    case 'literal':
      return [String(term.value)]
    case 'choice':
      return term.options.flatMap(into)
    case 'joined':
      return into(elementOf(term.of))
    case 'sequence':
      return into(term.element())
    case 'template':
      return term.parts.flatMap((part) =>
        part.kind === 'text'
          ? [part.text]
          : into(evaluate({ frame: term.ref.frame, value: part.value })),
      )
    default:
      return []
  }
}
