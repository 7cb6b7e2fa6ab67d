import type { AttributeNames, ExpressionKind, ParsedExpression } from '../expressions/index.ts'
import { alternatives } from '../project/term.ts'
import type { Place, Term } from '../project/term.ts'
import { isClosed, viewOf } from '../project/view.ts'
import type { View } from '../project/view.ts'
import { expressionsOf } from './text.ts'

/** A member of a request, as far as the code tells. */
export type Member =
  | { readonly state: 'absent' }
  /** It may be there, or what it is cannot be told. */
  | { readonly state: 'unknown'; readonly term: Term | null; readonly at: Place | null }
  | {
      readonly state: 'known'
      readonly term: Term
      readonly at: Place
      readonly keyAt: Place
      readonly certain: boolean
    }

/** The object a call hands to DynamoDB, or one entry of a batch or transaction. */
export interface Request {
  readonly term: Term
  readonly view: View | null
}

export function requestOf(term: Term): Request {
  return { term, view: viewOf(term) }
}

export function memberOfRequest(request: Request, name: string): Member {
  const { view } = request
  if (view === null) return { state: 'unknown', term: null, at: null }
  const field = view.fields.get(name)
  if (field) {
    const term = field.term()
    if (field.certain && term.kind === 'literal' && term.value === undefined)
      return { state: 'absent' }
    return { state: 'known', term, at: field.valueAt, keyAt: field.keyAt, certain: field.certain }
  }
  return isClosed(view) ? { state: 'absent' } : { state: 'unknown', term: null, at: null }
}

/** A member that is not given, or that a wrapper passes on without having been given it. */
export function isLeftOut(request: Request, name: string): boolean {
  const member = memberOfRequest(request, name)
  if (member.state !== 'known') return member.state === 'absent'
  return alternatives(member.term).every((t) => t.kind === 'literal' && t.value === undefined)
}

export function termOfMember(request: Request, name: string): Term | null {
  const member = memberOfRequest(request, name)
  return member.state === 'known' ? member.term : null
}

/** What ExpressionAttributeNames says, as far as it is known. */
export function namesOf(request: Request): AttributeNames {
  const member = memberOfRequest(request, 'ExpressionAttributeNames')
  if (member.state === 'absent') return { entries: new Map(), open: false }
  const view = member.state === 'known' ? viewOf(member.term) : null
  if (view === null) return { entries: new Map(), open: true }
  const entries = new Map<string, string | undefined>()
  for (const [key, field] of view.fields) {
    const term = field.term()
    entries.set(
      key,
      term.kind === 'literal' && typeof term.value === 'string' ? term.value : undefined,
    )
  }
  return { entries, open: !isClosed(view) }
}

/** What a `:placeholder` stands for; null where it is not known. */
export function valueOfPlaceholder(request: Request, placeholder: string): Term | null {
  const term = termOfMember(request, 'ExpressionAttributeValues')
  const field = term === null ? undefined : viewOf(term)?.fields.get(placeholder)
  return field ? field.term() : null
}

/** Where the value of a `:placeholder` is written. */
export function placeOfPlaceholder(request: Request, placeholder: string): Place | null {
  const term = termOfMember(request, 'ExpressionAttributeValues')
  return (term === null ? undefined : viewOf(term)?.fields.get(placeholder)?.valueAt) ?? null
}

export type ExpressionState<Kind extends ExpressionKind> =
  | { readonly state: 'absent' }
  | { readonly state: 'unknown' }
  /** `optional`: on some path there is none. */
  | {
      readonly state: 'known'
      readonly texts: readonly ParsedExpression<Kind>[]
      readonly optional: boolean
      readonly at: Place
    }

const MEMBER_OF_KIND: Readonly<Record<ExpressionKind, string>> = {
  KeyCondition: 'KeyConditionExpression',
  Filter: 'FilterExpression',
  Condition: 'ConditionExpression',
  Update: 'UpdateExpression',
  Projection: 'ProjectionExpression',
}

export function expressionOf<Kind extends ExpressionKind>(
  request: Request,
  kind: Kind,
): ExpressionState<Kind> {
  const member = memberOfRequest(request, MEMBER_OF_KIND[kind])
  if (member.state !== 'known') return { state: member.state }
  const options = alternatives(member.term)
  const real = options.filter(
    (option) => !(option.kind === 'literal' && option.value === undefined),
  )
  if (real.length === 0) return { state: 'absent' }
  const texts: ParsedExpression<Kind>[] = []
  for (const option of real) {
    const found = expressionsOf(kind, option)
    if (found === null) return { state: 'unknown' }
    texts.push(...found)
  }
  return {
    state: 'known',
    texts,
    optional: !member.certain || real.length < options.length,
    at: member.at,
  }
}
