import { equalities } from '../../expressions/index.ts'
import { entriesIn } from '../../operations/entries.ts'
import { keyConditionOf } from '../../operations/key-condition.ts'
import {
  expressionOf,
  namesOf,
  requestOf,
  termOfMember,
  valueOfPlaceholder,
} from '../../operations/request.ts'
import { entriesOf } from '../../operations/writes.ts'
import type { Term } from '../../project/term.ts'
import { viewOf } from '../../project/view.ts'
import type { Occurrence } from '../paths/occurrences.ts'

/** A value that a read asks an attribute for. */
export interface Asked {
  readonly attribute: string
  readonly value: Term
}

/** What a read asks its key attributes for; a Scan has only its filter to ask with. */
export function valuesAskedBy({ spelling }: Occurrence): readonly Asked[] {
  const request = requestOf(spelling.request)
  switch (spelling.kind) {
    case 'GetItem':
      return askedByKey(termOfMember(request, 'Key'))
    case 'BatchGetItem':
      return entriesIn(spelling).flatMap(({ term }) =>
        entriesOf(termOfMember(requestOf(term), 'Keys')).flatMap(askedByKey),
      )
    case 'Query':
      return (keyConditionOf(request)?.tests ?? []).flatMap(({ attribute, operator, value }) =>
        operator === '=' && value !== null ? [{ attribute, value }] : [],
      )
    case 'Scan': {
      const filter = expressionOf(request, 'Filter')
      const names = namesOf(request)
      return (filter.state === 'known' ? filter.texts : []).flatMap(({ tree }) =>
        equalities(tree, names).flatMap(({ resolved, operand }): readonly Asked[] => {
          const [attribute] = resolved ?? []
          if (typeof attribute !== 'string' || operand.type !== 'ValuePlaceholder') return []
          const value = valueOfPlaceholder(request, operand.name)
          return value === null ? [] : [{ attribute, value }]
        }),
      )
    }
    default:
      return []
  }
}

function askedByKey(key: Term | null): readonly Asked[] {
  const fields = key === null ? [] : [...(viewOf(key)?.fields.values() ?? [])]
  return fields.map((field) => ({ attribute: field.key, value: field.term() }))
}
