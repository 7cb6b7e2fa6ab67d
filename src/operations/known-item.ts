import type { ValueFormat } from '../clients/client-library.ts'
import type { ExpressionOperation, KnownAttribute, KnownItem } from '../expressions/index.ts'
import { placeOf, valueOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Place, Term } from '../project/term.ts'
import { isClosed, viewOf } from '../project/view.ts'
import type { Field } from '../project/view.ts'
import { attributeValueOf } from './attribute-value.ts'
import { memberOfRequest } from './request.ts'
import type { Request } from './request.ts'
import { isSettled } from './settled.ts'
import { entriesOf } from './writes.ts'

/** The Key or the Item of a request, or one of the Keys of a batch. */
export interface RequestedItem {
  readonly kind: 'Key' | 'Item'
  readonly item: KnownItem
  readonly fields: ReadonlyMap<string, Field>
  /** Where it is written, or else where the code gives it to the request. */
  readonly at: Place
}

/** The keys and items that a request names, as far as the code shows them. */
export function itemsOf(
  operation: ExpressionOperation,
  request: Request,
  format: ValueFormat | null,
): readonly RequestedItem[] {
  switch (operation) {
    case 'Query':
    case 'Scan':
      return []
    case 'PutItem':
      return memberItems(request, 'Item', format)
    default:
      return [...memberItems(request, 'Key', format), ...listedKeys(request, format)]
  }
}

function memberItems(
  request: Request,
  kind: RequestedItem['kind'],
  format: ValueFormat | null,
): readonly RequestedItem[] {
  const member = memberOfRequest(request, kind)
  return member.state === 'known' ? itemIn(member.term, kind, member.at, format) : []
}

function listedKeys(request: Request, format: ValueFormat | null): readonly RequestedItem[] {
  const member = memberOfRequest(request, 'Keys')
  if (member.state !== 'known' || !isSettled(member.term)) return []
  return entriesOf(member.term).flatMap((key) => itemIn(key, 'Key', member.at, format))
}

function itemIn(
  term: Term,
  kind: RequestedItem['kind'],
  at: Place,
  format: ValueFormat | null,
): readonly RequestedItem[] {
  const view = isSettled(term) ? viewOf(term) : null
  if (view === null) return []
  const attributes = [...view.fields].map(([name, field]): readonly [string, KnownAttribute] => {
    const value = field.term()
    const certain = field.certain && !alternatives(value).some(isNothing)
    return [name, { value: attributeValueOf(value, format), certain }]
  })
  const item = { attributes: new Map(attributes), open: !isClosed(view) }
  return [{ kind, item, fields: view.fields, at: writtenAt(term) ?? at }]
}

/** Where an object is written, in one piece. */
function writtenAt(term: Term): Place | null {
  if (term.kind !== 'object') return null
  const { frame, value } = term.ref
  const { module } = frame
  return valueOf(module, value).kind === 'object' ? { ...placeOf(module, value), module } : null
}

/** A document client may be told to leave such a value out. */
function isNothing(term: Term): boolean {
  return term.kind === 'literal' && term.value === undefined
}
