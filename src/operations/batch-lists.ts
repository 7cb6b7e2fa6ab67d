import { expressionMembers, holesIn } from '../expressions/index.ts'
import { evaluate } from '../project/evaluate.ts'
import { valueOf } from '../project/module.ts'
import { alternatives } from '../project/term.ts'
import type { Place, Term } from '../project/term.ts'
import { viewOf } from '../project/view.ts'
import type { OperationKind } from '../requests/operation-kind.ts'
import { entriesIn } from './entries.ts'
import type { Spelling } from './recognise.ts'
import { memberOfRequest, requestOf } from './request.ts'
import { widerTextsOf } from './source-text.ts'
import type { SourceText } from './source-text.ts'
import { holeAt } from './source-map.ts'
import { expressionText } from './text.ts'

/** A list of a request of which DynamoDB takes so many elements and no more. */
export interface LimitedList {
  readonly term: Term
  readonly at: Place
  /** What its elements are, as a message says it. */
  readonly elements: string
  /** What takes them: an operation, or IN. */
  readonly taker: string
  readonly most: number
}

interface Limit {
  readonly member: string
  /** The list is told for each table, in this member of the table's entry, or as the entry itself. */
  readonly perTable?: 'Keys' | 'itself'
  readonly elements: string
  readonly most: number
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const LIMITS: Readonly<Partial<Record<OperationKind, Limit>>> = {
  BatchWriteItem: {
    member: 'RequestItems',
    perTable: 'itself',
    elements: 'puts and deletes',
    most: 25,
  },
  BatchGetItem: { member: 'RequestItems', perTable: 'Keys', elements: 'keys', most: 100 },
  TransactWriteItems: { member: 'TransactItems', elements: 'actions', most: 100 },
  TransactGetItems: { member: 'TransactItems', elements: 'reads', most: 100 },
  BatchExecuteStatement: { member: 'Statements', elements: 'statements', most: 25 },
  ExecuteTransaction: { member: 'TransactStatements', elements: 'statements', most: 100 },
}

/** How many values IN compares with. */
const MOST_OPERANDS = 100

/** The lists of a batch or transaction, as far as they are known. */
export function batchLists({ kind, request }: Spelling): readonly LimitedList[] {
  const limit = LIMITS[kind]
  if (!limit) return []
  const member = memberOfRequest(requestOf(request), limit.member)
  if (member.state !== 'known') return []
  const { elements, most, perTable } = limit
  const list = { elements, most, taker: kind }
  if (!perTable) return [{ ...list, term: member.term, at: member.at }]
  return tableEntries(member.term).flatMap(({ term, at }) => {
    if (perTable === 'itself') return [{ ...list, term, at }]
    const keys = viewOf(term)?.fields.get(perTable)
    return keys ? [{ ...list, term: keys.term(), at: keys.valueAt }] : []
  })
}

/** What RequestItems holds for each table. */
function tableEntries(items: Term): readonly { readonly term: Term; readonly at: Place }[] {
  return alternatives(items).flatMap((option) => {
    if (option.kind !== 'object') return []
    const { frame, value } = option.ref
    const node = valueOf(frame.module, value)
    if (node.kind !== 'object') return []
    return node.entries.flatMap((entry) =>
      entry.kind === 'spread'
        ? []
        : [
            {
              term: evaluate({ frame, value: entry.value }),
              at: { ...entry.valueAt, module: frame.module },
            },
          ],
    )
  })
}

/** The lists that the expressions of a call put into the brackets of an IN. */
export function operandLists(spelling: Spelling): readonly LimitedList[] {
  return entriesIn(spelling).flatMap(({ term }) => {
    const request = requestOf(term)
    return expressionMembers.flatMap(([name, kind]) => {
      const member = memberOfRequest(request, name)
      if (member.state !== 'known') return []
      // A literal has no holes.
      const built = alternatives(member.term).filter(({ kind }) => kind !== 'literal')
      const texts = built.flatMap((option) => widerTextsOf(option) ?? [])
      return texts.flatMap((text) =>
        holesIn(kind, expressionText(text)).flatMap(({ offset, role }) =>
          role === 'list' ? listAt(text, offset) : [],
        ),
      )
    })
  })
}

function listAt(text: SourceText, offset: number): readonly LimitedList[] {
  const piece = holeAt(text, offset)
  const list = piece?.term ? joinedList(piece.term) : null
  const at = piece?.at ?? placeOfList(piece?.term)
  return list === null || !at
    ? []
    : [{ term: list, at, elements: 'values', taker: 'IN', most: MOST_OPERANDS }]
}

/** The list that a text is made of. */
function joinedList(term: Term): Term | null {
  if (term.kind === 'joined') return term.of
  return term.kind === 'derived' && term.operator === 'toString' ? (term.from[0] ?? null) : null
}

function placeOfList(term: Term | null | undefined): Place | null {
  if (term?.kind !== 'joined' && term?.kind !== 'derived') return null
  const { frame, value } = term.ref
  const at = frame.module.facts.places[value]
  return at ? { ...at, module: frame.module } : null
}
