import { assignments, placeholdersIn, topAttribute } from '../../expressions/index.ts'
import { expressionOf, memberOfRequest, namesOf } from '../../operations/request.ts'
import type { Write } from '../../operations/writes.ts'
import { alternatives } from '../../project/term.ts'
import type { Place, Term } from '../../project/term.ts'
import { isClosed, viewOf } from '../../project/view.ts'
import type { Field } from '../../project/view.ts'

/** A value that a write gives an attribute. */
export interface WrittenValue {
  readonly attribute: string
  /** Without the `{ N: … }` of a low-level client. */
  readonly value: Term
  /** What the low-level client was told of its type; null where the value itself tells. */
  readonly type: string | null
  /** Where it is written, inside of `{ N: … }`. */
  readonly at: Place
  /** It is written as the name of the attribute alone: `{ expiresAt }`. */
  readonly isShorthand: boolean
}

/** The values that a Put gives the attributes of its item, and those that an Update sets. */
export function valuesWritten(write: Write): readonly WrittenValue[] {
  if (write.kind === 'Put') {
    return alternatives(write.item ?? NO_ITEM).flatMap((option) =>
      [...(viewOf(option)?.fields.values() ?? [])].map((field) => writtenValue(field.key, field)),
    )
  }
  const update = write.kind === 'Update' ? expressionOf(write.request, 'Update') : null
  if (update?.state !== 'known') return []
  const member = memberOfRequest(write.request, 'ExpressionAttributeValues')
  const values = member.state === 'known' ? viewOf(member.term)?.fields : undefined
  if (values === undefined) return []
  const names = namesOf(write.request)
  return update.texts.flatMap(({ tree }) =>
    assignments(tree).flatMap((action) => {
      if (action.type !== 'SetAction' || action.value.type === 'Arithmetic') return []
      const { path, value } = action
      // An element or a member of it is another value.
      const isWhole = path.type !== 'Hole' && path.segments.length === 1
      const attribute = isWhole ? topAttribute(path, names) : undefined
      if (attribute === undefined) return []
      return placeholdersIn(value).values.flatMap(({ name }) => {
        const field = values.get(name)
        return field ? [writtenValue(attribute, field)] : []
      })
    }),
  )
}

const NO_ITEM: Term = { kind: 'literal', value: undefined, ref: null }

function writtenValue(attribute: string, field: Field): WrittenValue {
  const whole = field.term()
  const view = whole.kind === 'object' ? viewOf(whole) : null
  const [inner, ...others] = view !== null && isClosed(view) ? view.fields.values() : []
  const isDescriptor = inner !== undefined && others.length === 0 && /^[NSB]$/.test(inner.key)
  const { term, valueAt, keyAt } = isDescriptor ? inner : field
  return {
    attribute,
    value: isDescriptor ? term() : whole,
    type: isDescriptor ? inner.key : null,
    at: valueAt,
    isShorthand: valueAt.start === keyAt.start && valueAt.end === keyAt.end,
  }
}
